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
    let people: Vec<&str> = said
        .lines()
        .skip_while(|line| !line.contains(&password))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    for username in people {
        gallery.look_at_all(username, &password);
    }
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
}

impl<'a> Gallery<'a> {
    fn new(browser: &'a Browser, server: &'a Server, data: &'static str) -> Self {
        Self { browser, server, data, seen: BTreeSet::new(), wrong: Vec::new(), looks: 0 }
    }

    /// Every kind of page that a person can reach by links, as they see it.
    fn look_at_all(&mut self, username: &str, password: &str) {
        let strangers: Vec<String> = ["/login"].map(str::to_owned).to_vec();
        let own = Person::sign_in(&self.server.client(), username, password);
        let pages = one_of_each_kind(&own.client);
        self.browser.devtools("Network.clearBrowserCookies", json!({}));
        self.visit(&strangers);
        // The last look was in another language.
        self.speak("en");
        self.browser.goto(&format!("{}/login", self.server.base()));
        self.browser.fill("input[name=username]", username);
        self.browser.fill("input[name=password]", password);
        self.browser.click("main form button.go");
        self.browser.sees(if self.data == "demo" { "Today" } else { "Welcome" });
        self.visit(&pages);
    }

    fn visit(&mut self, pages: &[String]) {
        let new: Vec<String> = pages.iter().filter(|page| self.seen.insert(kind_of(page))).cloned().collect();
        for look in LOOKS {
            let size = json!({ "width": look.width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
            self.browser.devtools("Emulation.setDeviceMetricsOverride", size);
            let scheme = if look.dark { "dark" } else { "light" };
            self.browser
                .devtools("Emulation.setEmulatedMedia", json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }));
            self.speak(look.language);
            for page in &new {
                self.look_at(page, look);
            }
        }
    }

    /// Which language the browser asks for from here on.
    fn speak(&self, language: &str) {
        self.browser.devtools("Network.enable", json!({}));
        self.browser.devtools("Network.setExtraHTTPHeaders", json!({ "headers": { "Accept-Language": language } }));
    }

    fn look_at(&mut self, page: &str, look: Look) {
        let browser = self.browser;
        let theme = if look.dark { "dark" } else { "light" };
        let at = format!("{} {} {theme} {page}", look.width, look.language);
        let first = look.width == 1280 && !look.dark && look.language == "en";
        browser.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": first }));
        browser.goto(&format!("{}{page}", self.server.base()));
        let mut found: Vec<String> = sentences(&browser.run(CHECKS));
        let weight = browser.run(
            "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                .reduce((sum, entry) => sum + entry.transferSize, 0)",
        );
        let (weight, most) = (weight.as_u64().unwrap_or(u64::MAX), if first { FIRST } else { AFTER });
        if weight > most {
            found.push(format!("weighs {weight} bytes, more than {most}"));
        }
        found.extend(browser.console().into_iter().filter(|line| !line.starts_with("INFO") && !line.starts_with("DEBUG")));
        if look.axe {
            found.extend(axe(browser));
        }
        self.picture(page, look.width, theme, look.language);
        self.looks += 1;
        self.wrong.extend(found.into_iter().map(|what| format!("{at}: {what}")));
    }

    /// The whole page, however long.
    fn picture(&self, page: &str, width: u32, theme: &str, language: &str) {
        let png = self.browser.devtools("Page.captureScreenshot", json!({ "format": "png", "captureBeyondViewport": true }));
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

/// Paths of pages, one of each kind, from everything that links lead to.
fn one_of_each_kind(client: &Client) -> Vec<String> {
    let mut kinds: BTreeMap<String, String> = BTreeMap::new();
    for page in crawl(client, "/", "").into_keys() {
        let answer = client.get(&page);
        let html = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        // A mail's preview is no page of ours: it stands in a frame, with a policy of its own.
        if answer.status == 200 && html && !page.contains("/preview") {
            kinds.entry(kind_of(&page)).or_insert(page);
        }
    }
    kinds.into_values().collect()
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
        if is_id || is_number || ["requirements", "roles", "plugins", "unsubscribe"].contains(&below) {
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
