//! How every page looks to a browser: in light and dark, on a phone, a tablet and a desk, with the demo's data and with
//! none, in each language. Nothing scrolls sideways, nothing lies on anything else, nothing is cut off, the console is
//! silent, axe finds nothing, no page is too heavy. The pictures are kept under `target/shots/looks` for people to see.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::Engine;
use harness::{Browser, Client, Person, Server, TestDb, binary, variable};
use serde_json::{Value, json};

use crate::links::crawl;

const AXE: &str = include_str!("looks/axe.min.js");
const CHECKS: &str = include_str!("looks/checks.js");

/// Bytes over the wire at the most: a page with all that it needs, and once the browser has what pages share.
const FIRST: u64 = 100_000;
const AFTER: u64 = 30_000;

/// How a page is looked at.
#[derive(Clone, Copy)]
struct Look {
    width: u32,
    dark: bool,
    language: &'static str,
    /// axe reads the page too: once in each theme is enough, and once in the narrow layout.
    axe: bool,
}

const LOOKS: [Look; 8] = [
    Look { width: 1280, dark: false, language: "en", axe: true },
    Look { width: 1280, dark: true, language: "en", axe: true },
    Look { width: 768, dark: false, language: "en", axe: false },
    Look { width: 768, dark: true, language: "en", axe: false },
    Look { width: 390, dark: false, language: "en", axe: true },
    Look { width: 390, dark: true, language: "en", axe: false },
    Look { width: 1280, dark: false, language: "de", axe: false },
    Look { width: 390, dark: false, language: "de", axe: false },
];

impl Look {
    /// Nothing is cached for it.
    fn is_first(self) -> bool {
        self.width == 1280 && !self.dark && self.language == "en"
    }
}

#[test]
fn every_page_looks_right_with_the_demos_data() {
    if binary().is_none() {
        return;
    }
    let Some(browser) = Browser::open() else { return };
    let db = TestDb::sqlite();
    let server = Server::try_start_as(&db, &["serve", "--demo"], &[]).unwrap_or_else(|failed| panic!("{}", failed.said));
    let said = server.said().text();
    let password = said.split(['“', '”']).nth(1).expect("the password of all").to_owned();
    let mut gallery = Gallery::new(&browser, &server, "demo");
    let mut people: Vec<&str> =
        said.lines().skip_while(|line| !line.contains(&password)).skip(1).take_while(|line| line.starts_with("  ")).collect();
    // Of each kind the first one who has it shows it: a learner what is their own, a mentor what is a cohort's.
    people.sort_by_key(|line| match line {
        line if line.ends_with("learner") => 0,
        line if line.contains("mentor") => 1,
        _ => 2,
    });
    for username in people.iter().filter_map(|line| line.split_whitespace().next()) {
        gallery.look_at_all(username, &password);
    }
    gallery.look_at_strangers();
    gallery.holds();
}

#[test]
fn every_page_looks_right_with_no_data() {
    if binary().is_none() {
        return;
    }
    let Some(browser) = Browser::open() else { return };
    let db = TestDb::sqlite();
    let server = Server::start(&db);
    let admin = Person::admin(&server, &db, "grace");
    let mut gallery = Gallery::new(&browser, &server, "none");
    gallery.look_at_all(&admin.username, &admin.password);
    gallery.look_at_strangers();
    gallery.holds();
}

/// Everything that was seen, and what was wrong with it.
struct Gallery<'a> {
    browser: &'a Browser,
    server: &'a Server,
    data: &'static str,
    /// Kinds of pages that were looked at: the demo's people share most.
    seen: BTreeSet<String>,
    wrong: Vec<String>,
    looks: usize,
    /// Pages that nobody has to sign in for.
    open: Vec<String>,
}

/// A page that only a form leads to: where one begins, what is clicked, one page after another, and how they are called.
const WALKS: [(&str, &[(&str, &str)]); 2] = [
    ("/start?role=full-stack-developer", &[("main form button.go", "start-know"), ("main form button.go", "start-check")]),
    ("/practice/card", &[("main form button.go", "practice-reveal")]),
];

impl<'a> Gallery<'a> {
    fn new(browser: &'a Browser, server: &'a Server, data: &'static str) -> Self {
        Self { browser, server, data, seen: BTreeSet::new(), wrong: Vec::new(), looks: 0, open: Vec::new() }
    }

    /// Every kind of page that a person can reach by links and forms, as they see it.
    fn look_at_all(&mut self, username: &str, password: &str) {
        let own = Person::sign_in(&self.server.client(), username, password);
        let mut pages = fullest_of_each_kind(&own.client);
        pages.push("/search?q=cache".to_owned());
        pages.push("/no/such/page".to_owned());
        self.open.extend(links_for_others(&own, self.server.base()));
        self.sign_in(username, password);
        self.visit(&pages);
        for (from, steps) in WALKS {
            if self.seen.insert(format!("walk {from}")) {
                LOOKS.into_iter().for_each(|look| self.walk(from, steps, look));
            }
        }
    }

    /// What people see who have not signed in.
    fn look_at_strangers(&mut self) {
        self.browser.devtools("Network.clearBrowserCookies", json!({}));
        let mut pages = ["/login", "/reset", "/offline"].map(str::to_owned).to_vec();
        pages.append(&mut self.open);
        self.visit(&pages);
    }

    fn sign_in(&self, username: &str, password: &str) {
        self.browser.devtools("Network.clearBrowserCookies", json!({}));
        // The last look was in another language.
        self.speak("en");
        self.browser.goto(&format!("{}/login", self.server.base()));
        self.browser.fill("input[name=username]", username);
        self.browser.fill("input[name=password]", password);
        self.browser.click("main form button.go");
        self.browser.sees(if self.data == "demo" { "Today" } else { "Welcome" });
    }

    fn visit(&mut self, pages: &[String]) {
        let new: Vec<String> = pages.iter().filter(|page| self.seen.insert(kind_of(page))).cloned().collect();
        for look in LOOKS {
            self.dress(look);
            for page in &new {
                self.browser.goto(&format!("{}{page}", self.server.base()));
                self.look_at(page, look);
            }
        }
    }

    fn walk(&mut self, from: &str, steps: &[(&str, &str)], look: Look) {
        self.dress(look);
        self.browser.goto(&format!("{}{from}", self.server.base()));
        for (click, name) in steps {
            // So that the click waits for the next page, and not for what is on this one already.
            self.browser.run("document.querySelector('main').id = 'left'");
            self.browser.run(&format!("document.querySelector('{click}').click()"));
            self.browser.text("#main");
            self.look_at(name, look);
        }
    }

    fn dress(&self, look: Look) {
        let size = json!({ "width": look.width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.browser.devtools("Emulation.setDeviceMetricsOverride", size);
        // Or pictures are as much narrower as a scroll bar is wide.
        self.browser.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true }));
        let scheme = if look.dark { "dark" } else { "light" };
        self.browser.devtools("Emulation.setEmulatedMedia", json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }));
        self.speak(look.language);
        self.browser.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": look.is_first() }));
    }

    /// Which language the browser asks for from here on.
    fn speak(&self, language: &str) {
        self.browser.devtools("Network.enable", json!({}));
        // What passes through the app's worker is measured as it is unpacked, not as it came over the wire.
        self.browser.devtools("Network.setBypassServiceWorker", json!({ "bypass": true }));
        self.browser.devtools("Network.setExtraHTTPHeaders", json!({ "headers": { "Accept-Language": language } }));
    }

    /// At the page that the browser shows.
    fn look_at(&mut self, page: &str, look: Look) {
        let browser = self.browser;
        let theme = if look.dark { "dark" } else { "light" };
        let at = format!("{} {} {theme} {page}", look.width, look.language);
        let mut found: Vec<String> = sentences(&browser.run(CHECKS));
        let weight = browser.run(
            "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                .reduce((sum, entry) => sum + entry.transferSize, 0)",
        );
        let (weight, most) = (weight.as_u64().unwrap_or(u64::MAX), if look.is_first() { FIRST } else { AFTER });
        if weight > most {
            found.push(format!("weighs {weight} bytes, more than {most}"));
        }
        let said = browser.console().into_iter().filter(|line| !line.starts_with("INFO") && !line.starts_with("DEBUG"));
        // Chromium says of each page that is not there that it is not there.
        found.extend(said.filter(|line| !line.contains("/no/such/page")));
        if look.axe {
            found.extend(axe(browser));
        }
        self.picture(page, look.width, theme, look.language);
        self.looks += 1;
        self.wrong.extend(found.into_iter().map(|what| format!("{at}: {what}")));
    }

    /// The whole page, however long.
    fn picture(&self, page: &str, width: u32, theme: &str, language: &str) {
        let png = self
            .browser
            .devtools("Page.captureScreenshot", json!({ "format": "png", "captureBeyondViewport": true, "optimizeForSpeed": true }));
        let png = base64::engine::general_purpose::STANDARD.decode(png["data"].as_str().expect("a picture")).expect("base64");
        let folder = shots().join(self.data);
        std::fs::create_dir_all(&folder).unwrap();
        let name = kind_of(page).trim_matches('/').replace(['/', '?', '=', '&', '.'], "-");
        let name = if name.is_empty() { "home".to_owned() } else { name };
        std::fs::write(folder.join(format!("{name}-{width}-{theme}-{language}.png")), png).unwrap();
    }

    fn holds(&self) {
        assert!(self.looks > 60, "hardly a page was looked at: {}", self.looks);
        assert!(self.wrong.is_empty(), "{} of {} looks:\n{}", self.wrong.len(), self.looks, self.wrong.join("\n"));
    }
}

fn shots() -> std::path::PathBuf {
    let test = std::env::current_exe().unwrap();
    let target = test.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "debug" || name == "release"));
    let kept = target.unwrap_or(&test).with_file_name("shots");
    variable("WAYMARK_TEST_SHOTS").map_or(kept, |folder| Path::new(&folder).to_path_buf()).join("looks")
}

/// What one hands to somebody who has no account: an invitation, and the link to a review of the last submission.
fn links_for_others(own: &Person, base: &str) -> Vec<String> {
    let invitation = json!({ "name": "Nadia", "admin": false });
    let mut made = vec![own.send("POST", "/api/v1/admin/invitations", &invitation)];
    let ledger = own.client.get("/api/v1/evidence?limit=100").expect(200).json();
    let submission = ledger["items"].as_array().into_iter().flatten().find(|entry| entry["kind"] == "submission");
    if let Some(id) = submission.and_then(|entry| entry["id"].as_str()) {
        let ask = json!({ "reviewer": "Bo Lindqvist", "message": "Please look at the errors." });
        made.push(own.send("POST", &format!("/api/v1/evidence/{id}/reviews"), &ask).expect(201));
    }
    let links = made.into_iter().filter(|answer| answer.status == 201);
    links.map(|answer| answer.json()["link"].as_str().expect("a link").trim_start_matches(base).to_owned()).collect()
}

/// Paths of pages, of each kind the one with the most on it, from everything that links lead to.
fn fullest_of_each_kind(client: &Client) -> Vec<String> {
    let mut kinds: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for page in crawl(client, "/", "").into_keys() {
        let answer = client.get(&page);
        let html = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        // A mail's preview is no page of ours: it stands in a frame, with a policy of its own.
        if answer.status == 200 && html && !page.contains("/preview") {
            let size = answer.text().len();
            let fullest = kinds.entry(kind_of(&page)).or_default();
            if size > fullest.0 {
                *fullest = (size, page);
            }
        }
    }
    kinds.into_values().map(|(_, page)| page).collect()
}

/// A page's path without what differs from one of its kind to the next: ids, and what a query says.
fn kind_of(page: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let mut parts: Vec<&str> = path.split('/').collect();
    for i in 0..parts.len() {
        let part = parts[i];
        let is_id = part.len() >= 16 && part.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        let is_number = !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        let below = i.checked_sub(1).map_or("", |before| parts[before]);
        if is_id || is_number || ["requirements", "roles", "plugins", "unsubscribe", "invite", "review"].contains(&below) {
            parts[i] = "x";
        }
    }
    let keys: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).filter(|key| !key.is_empty()).take(1).collect();
    if keys.is_empty() { parts.join("/") } else { format!("{}?{}", parts.join("/"), keys.join("&")) }
}

/// What axe finds against WCAG 2.2 A and AA and its own best practices.
fn axe(browser: &Browser) -> Vec<String> {
    browser.run(AXE);
    let found = browser.run_async(
        "const tell = arguments[arguments.length - 1];
         const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
         axe.run(document, { runOnly: tags, resultTypes: ['violations'], iframes: false })
            .then((found) => tell(found.violations.map((rule) => rule.id + ' (' + rule.help + '): ' +
                rule.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | '))))
            .catch((error) => tell(['axe failed: ' + error]))",
    );
    sentences(&found)
}

fn sentences(found: &Value) -> Vec<String> {
    found.as_array().expect("a list").iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
}
