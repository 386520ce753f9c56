//! The whole way, as a person walks it: the first admin's link, a path, a claim, its place in the ledger, receipts, another
//! rule from a plugin, a digest in a real mailbox, and every score made again from what was stored.

use std::net::TcpListener;

use harness::{Browser, Database, Server, SmtpSink, TestDb, cli_with, on_both_served, pack};

use crate::digests::becomes_due;

on_both_served! {
    fn a_claim_goes_from_a_form_to_a_digest_and_can_be_scored_again(db) {
        let (Some(browser), Some(sink)) = (Browser::open(), SmtpSink::postfix()) else { return };
        // One of the two stories is below a path.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let below = if db.kind() == Database::Postgres { "/school" } else { "" };
        let base = format!("http://127.0.0.1:{port}{below}");
        let mut settings = sink.settings();
        settings.push(("WAYMARK_SERVER__BIND", format!("127.0.0.1:{port}")));
        settings.push(("WAYMARK_SERVER__BASE_URL", base.clone()));
        let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let server = Server::start_with(&db, &settings);
        let shot = |name: &str| drop(browser.screenshot(&format!("journey-{:?}-{name}", db.kind())));

        becomes_the_first_admin(&browser, &server, &base);
        shot("1-home");

        // A path on the built-in role.
        browser.goto(&format!("{base}/start?role=backend-developer"));
        browser.click("#wish button");
        browser.sees("Back-End Developer");
        let path = browser.attribute(".strips a[href*='/requirements/python']", "href").expect("the way to Python");
        let path = path.trim_start_matches(below).trim_end_matches("/requirements/python").to_owned();
        shot("2-path");

        // One key leads to the search, and results come while one types.
        browser.run("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }))");
        assert_eq!(browser.run("return document.activeElement.id"), "find");
        browser.goto(&format!("{base}/search"));
        browser.fill("#q", "contain dock");
        browser.sees("Docker");
        assert_eq!(browser.attribute("#found a[href*='/requirements/docker']", "href"), Some(format!("{below}{path}/requirements/docker")));

        // A claim, by the form, without a script's help.
        browser.goto(&format!("{base}{path}/requirements/python"));
        browser.click("input[name=kind][value=claim]");
        browser.fill("textarea[name=note]", "Two years of <b>services</b> & tests");
        browser.click("form[action$='/requirements/python/evidence'] button");
        browser.sees("It is in your ledger");
        shot("3-requirement");
        browser.goto(&format!("{base}/ledger"));
        browser.sees("Two years of");
        shot("4-ledger");

        // Receipts: they sum to the number shown, and the claim has points.
        browser.goto(&format!("{base}{path}/readiness?all=1"));
        let sums = receipts(&browser);
        assert!(sums.of("r-python") > 0, "the claim earned nothing");
        shot("5-readiness");
        let before = rule_shown(&browser);
        assert!(before.starts_with("waymark/default"), "{before}");

        // Another rule, from the plugin that ships.
        let installed = cli_with(&db, &settings, &["plugin", "install", pack("waymark/recency").to_str().unwrap()], "");
        assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
        browser.goto(&format!("{base}{path}/settings"));
        wait_for_the_rule(&browser, &format!("{base}{path}/settings"));
        browser.choose("select[name=rule]", "waymark/recency");
        browser.click(&format!("form[action$='{path}/settings'] button.go"));
        browser.sees("Saved");
        browser.goto(&format!("{base}{path}/readiness?all=1"));
        let after = rule_shown(&browser);
        assert!(after.starts_with("waymark/recency"), "{after}");
        assert_eq!(browser.count("#stand-in"), 0, "the built-in rule stands in: {}", browser.source());
        assert!(receipts(&browser).of("r-python") > 0, "a claim of today earns nothing by recency");
        shot("6-by-plugin");

        // A digest, read from a mail server of another make.
        browser.goto(&format!("{base}/settings/digest"));
        browser.click("input[name=cadence][value=daily]");
        browser.run("document.querySelector('input[name=time]').value = '07:00'");
        browser.click("form[action$='/settings/digest'] button.go");
        browser.sees("Saved");
        shot("7-digest");
        becomes_due(&db);
        let ran = cli_with(&db, &settings, &["digest", "run"], "");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let mail = sink.wait_for(1).remove(0);
        assert_eq!(mail.to, ["grace@example.org"]);
        let words = mail.words();
        assert!(words.contains("Grace") && words.contains("Python"), "{words}");
        let link = format!("{base}{path}");
        assert!(words.contains(&link) || words.contains(&format!("{base}/")), "no link below {base} in:\n{words}");
        browser.goto(&format!("{base}/settings/digest"));
        assert_eq!(browser.text("section[aria-labelledby=ls] .tag").to_lowercase(), "sent");

        // Everything that was shown can be made again, to the byte, by another process.
        let verified = cli_with(&db, &settings, &["rescore", "--verify"], "");
        let said = String::from_utf8_lossy(&verified.stdout).into_owned();
        assert!(verified.status.success(), "{said}\n{}", String::from_utf8_lossy(&verified.stderr));
        let scores: usize = said.split_whitespace().next().and_then(|count| count.parse().ok()).expect("a number of scores");
        assert!(scores >= 2, "{said}");
        // And a score that was tampered with is found.
        db.sql(&tamper(&db));
        let verified = cli_with(&db, &settings, &["rescore", "--verify"], "");
        assert!(!verified.status.success(), "a forged score was not noticed");
        assert_eq!(server.stop().code(), Some(0));
    }
}

fn becomes_the_first_admin(browser: &Browser, server: &Server, base: &str) {
    let said = server.said().text();
    let link =
        said.split_whitespace().find(|word| word.contains("/setup/")).unwrap_or_else(|| panic!("no link for the first admin in:\n{said}"));
    assert!(link.starts_with(base), "{link} is not below {base}");
    browser.goto(link);
    browser.fill("input[name=name]", "Grace Hopper");
    browser.fill("input[name=username]", "grace");
    browser.fill("input[name=mail]", "grace@example.org");
    browser.choose_text("select[name=zone]", "Europe/Lisbon");
    browser.fill("input[name=password]", "correct horse battery staple");
    browser.fill("input[name=again]", "correct horse battery staple");
    browser.click("form button");
    browser.sees("Grace");
    // The link worked once.
    let again = server.client().get(link);
    assert!(again.status >= 400, "the link still works: {}", again.status);
}

fn rule_shown(browser: &Browser) -> String {
    browser.text("#rule")
}

/// The server sees what the command line installed within five seconds; a page asked for later shows it.
#[allow(clippy::disallowed_methods, reason = "two processes share nothing but the database")]
fn wait_for_the_rule(browser: &Browser, page: &str) {
    for _ in 0..40 {
        if browser.count("select[name=rule] option[value='waymark/recency']") == 1 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(250));
        browser.goto(page);
    }
    panic!("the plugin's rule is not on offer");
}

/// Points of each receipt by the row's id.
struct Receipts(Vec<(String, u32)>);

impl Receipts {
    fn of(&self, row: &str) -> u32 {
        self.0.iter().find(|(id, _)| id == row).map(|(_, points)| *points).unwrap_or_else(|| panic!("no receipt {row}"))
    }
}

/// Reads the table of receipts, and holds it to its sum.
fn receipts(browser: &Browser) -> Receipts {
    let rows = browser.run(
        "return [...document.querySelectorAll('#receipts tbody tr')].map(row => [row.id, \
         row.cells[row.cells.length - 3].firstChild.textContent || row.cells[row.cells.length - 3].textContent])",
    );
    let number = |text: &str| -> u32 {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or_else(|_| panic!("no number in {text:?}"))
    };
    let rows: Vec<(String, u32)> = rows
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row[0].as_str().unwrap_or_default().to_owned(), number(row[1].as_str().unwrap_or_default())))
        .collect();
    let (sum, rows) = rows.split_last().expect("a row for the sum");
    assert!(rows.len() > 20, "only {} receipts", rows.len());
    assert_eq!(rows.iter().map(|(_, points)| points).sum::<u32>(), sum.1, "the receipts do not sum to what is shown");
    Receipts(rows.to_vec())
}

/// Raises the readiness inside of a stored card.
fn tamper(db: &TestDb) -> String {
    let last = "(select max(id) from scorecards)";
    let stored = db.sql(&format!("select score from scorecards where id = {last}"));
    let mut score: serde_json::Value = serde_json::from_str(stored.trim()).expect("a score");
    score["claimed"]["readiness"] = 9_999.into();
    format!("update scorecards set score = '{}' where id = {last}", score.to_string().replace('\'', "''"))
}
