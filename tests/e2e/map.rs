//! The map in a browser: on a phone and on a desk nothing scrolls sideways and no link lies upon another.

use harness::{Browser, Person, Server, TestDb, binary, cli, pack};
use serde_json::json;

/// What a frame shows: boxes of what can be clicked and of texts that stand for it, and how far it scrolls sideways.
const LOOK: &str = "
    const page = document.querySelector('iframe').contentDocument;
    page.querySelectorAll('details.strip, .also > details').forEach((strip) => { strip.open = true; });
    const box = (element) => { const r = element.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
    const seen = (element) => element.getClientRects().length > 0;
    const parts = '.hit, .fold, .bar-bg, text, :scope > use, .pin';
    const links = [...page.querySelectorAll('.map a, .strips a')].filter(seen);
    const whole = page.documentElement;
    return {
        wide: whole.scrollWidth - whole.clientWidth,
        window: whole.clientWidth,
        drawn: seen(page.querySelector('.map')),
        links: links.map((link) => ({
            to: link.getAttribute('href'),
            at: link.closest('.map') ? [...link.querySelectorAll(parts)].map(box) : [box(link)],
        })),
    };";

#[test]
fn on_a_phone_and_on_a_desk_no_link_of_the_map_lies_upon_another_and_nothing_scrolls_sideways() {
    if binary().is_none() {
        return;
    }
    let Some(browser) = Browser::open() else { return };
    let db = TestDb::sqlite();
    assert!(cli(&db, &["migrate"], "").status.success());
    let installed = cli(&db, &["plugin", "install", pack("waymark/site-reliability").to_str().unwrap()], "");
    assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    let server = Server::start(&db);
    let ada = Person::new(&server, &db, "ada");
    let base = server.client().base().to_owned();
    browser.goto(&format!("{base}/login"));
    browser.fill("input[name=username]", &ada.username);
    browser.fill("input[name=password]", &ada.password);
    browser.click("main form button");
    browser.text("nav");
    for (role, levels) in [
        ("backend-developer", ["junior", "backend-developer", "architect"]),
        ("full-stack-developer", ["junior", "full-stack-developer", "lead"]),
        ("platform-engineer", ["junior", "platform-engineer", "staff"]),
        ("waymark/site-reliability/site-reliability-engineer", ["associate", "engineer", "principal"]),
    ] {
        let made = ada.send("POST", "/api/v1/paths", &json!({ "role": role, "target_level": levels[0] })).expect(201).json();
        let path = made["id"].as_str().unwrap();
        for level in levels {
            ada.send("PATCH", &format!("/api/v1/paths/{path}"), &json!({ "target_level": level })).expect(200);
            for (width, drawn) in [(1_280, true), (390, false)] {
                frame(&browser, &format!("{base}/paths/{path}"), width);
                look(&browser, &format!("{role} up to {level} at {width}"), drawn);
            }
        }
    }
}

/// Shows a page in a frame of just that width: windows of browsers have a least one.
fn frame(browser: &Browser, address: &str, width: u32) {
    browser.run(&format!(
        "const frame = document.createElement('iframe'); frame.width = {width}; frame.height = 800;
         frame.onload = () => frame.setAttribute('data-loaded', '');
         frame.src = '{address}'; document.body.replaceChildren(frame);"
    ));
    browser.attribute("iframe[data-loaded]", "src");
}

/// Left, top, right and bottom of a part of a link: its sign, its label, its pin.
type Box4 = [f64; 4];

fn look(browser: &Browser, what: &str, drawn: bool) {
    let seen = browser.run(LOOK);
    assert_eq!(seen["wide"], 0, "{what}: the page scrolls sideways");
    assert_eq!(seen["drawn"], drawn, "{what}: the picture is there on a desk only");
    let window = seen["window"].as_f64().unwrap();
    let part = |part: &serde_json::Value| -> Box4 { [0, 1, 2, 3].map(|side| part[side].as_f64().unwrap()) };
    let at = |link: &serde_json::Value| -> Vec<Box4> { link["at"].as_array().unwrap().iter().map(part).collect() };
    let links: Vec<(String, Vec<Box4>)> =
        seen["links"].as_array().unwrap().iter().map(|link| (link["to"].as_str().unwrap_or_default().to_owned(), at(link))).collect();
    assert!(links.len() > 40, "{what}: only {} links", links.len());
    for (n, (to, a)) in links.iter().enumerate() {
        assert!(!a.is_empty() && a.iter().all(|a| a[0] >= 0.0 && a[2] <= window), "{what}: {to} reaches out of the window: {a:?}");
        for (other, b) in &links[n + 1..] {
            // Half a pixel of rounding is no overlap.
            let apart = |a: &Box4, b: &Box4| a[2] <= b[0] + 0.5 || b[2] <= a[0] + 0.5 || a[3] <= b[1] + 0.5 || b[3] <= a[1] + 0.5;
            assert!(a.iter().all(|a| b.iter().all(|b| apart(a, b))), "{what}: {to} at {a:?} and {other} at {b:?}");
        }
    }
}
