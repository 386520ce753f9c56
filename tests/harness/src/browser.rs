//! Chromium, as a person uses it. Calls block: a story reads from top to bottom.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::environment::{offered, variable};

const PATIENCE: Duration = Duration::from_secs(30);

/// A browser window with an empty profile. Closed when dropped.
pub struct Browser {
    client: Option<fantoccini::Client>,
    runtime: Runtime,
    driver: Child,
    /// Where the driver takes commands that the standard does not know.
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// `None` (with a word on stderr) where there is no Chromium; a failure where it is required.
    pub fn open() -> Option<Self> {
        let chromium = offered("WAYMARK_TEST_CHROMIUM", "Chromium")?;
        let chromedriver = offered("WAYMARK_TEST_CHROMEDRIVER", "driver of Chromium")?;
        let mut driver = Command::new(chromedriver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver runs");
        let port = port_of(&mut driver);
        let profile = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=en",
            "--window-size=1280,900",
            &format!("--user-data-dir={}", profile.path().display()),
        ];
        let capabilities = json!({
            "goog:chromeOptions": { "binary": chromium, "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!() };
        let connected = runtime.block_on(async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities).connect(&format!("http://127.0.0.1:{port}")).await
        });
        match connected {
            Ok(client) => {
                let id = runtime.block_on(client.session_id()).expect("a session").expect("a session's id");
                let session = format!("http://127.0.0.1:{port}/session/{id}");
                Some(Self { client: Some(client), runtime, driver, session, _profile: profile })
            }
            Err(error) => {
                let _ = driver.kill();
                let _ = driver.wait();
                panic!("Chromium does not start: {error}");
            }
        }
    }

    pub fn goto(&self, url: &str) {
        self.wait(self.client().goto(url), url);
    }

    pub fn url(&self) -> String {
        self.wait(self.client().current_url(), "the address").to_string()
    }

    pub fn title(&self) -> String {
        self.wait(self.client().title(), "the title")
    }

    pub fn source(&self) -> String {
        self.wait(self.client().source(), "the page's source")
    }

    /// The text that a person sees of the first element that matches, once there is one.
    pub fn text(&self, css: &str) -> String {
        let element = self.find(css);
        self.wait(element.text(), css)
    }

    /// The texts of all elements that match now.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let elements = self.wait(self.client().find_all(Locator::Css(css)), css);
        elements.iter().map(|element| self.wait(element.text(), css)).collect()
    }

    pub fn count(&self, css: &str) -> usize {
        self.wait(self.client().find_all(Locator::Css(css)), css).len()
    }

    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let element = self.find(css);
        self.wait(element.attr(name), css)
    }

    /// Types into a field, over what was there.
    pub fn fill(&self, css: &str, text: &str) {
        let field = self.find(css);
        self.wait(field.clear(), css);
        self.wait(field.send_keys(text), css);
    }

    pub fn choose(&self, css: &str, value: &str) {
        let field = self.find(css);
        self.wait(field.select_by_value(value), css);
    }

    /// As [`Browser::choose`], by what the option says.
    pub fn choose_text(&self, css: &str, text: &str) {
        let field = self.find(css);
        self.wait(field.select_by_label(text), css);
    }

    pub fn click(&self, css: &str) {
        let element = self.find(css);
        self.wait(element.click(), css);
    }

    /// Clicks the link or button with that text.
    pub fn click_on(&self, text: &str) {
        let path = format!("//*[self::a or self::button or self::summary][contains(normalize-space(.), {})]", quoted(text));
        let element = self.wait(self.client().wait().at_most(PATIENCE).for_element(Locator::XPath(&path)), text);
        self.wait(element.click(), text);
    }

    /// Waits until the page shows that text somewhere.
    pub fn sees(&self, text: &str) {
        let path = format!("//body[contains(normalize-space(.), {})]", quoted(text));
        self.wait(self.client().wait().at_most(PATIENCE).for_element(Locator::XPath(&path)), text);
    }

    pub fn run(&self, script: &str) -> Value {
        self.wait(self.client().execute(script, Vec::new()), script)
    }

    /// As [`Browser::run`], for a script that calls its last argument with what it found.
    pub fn run_async(&self, script: &str) -> Value {
        self.wait(self.client().execute_async(script, Vec::new()), script)
    }

    pub fn resize(&self, width: u32, height: u32) {
        self.wait(self.client().set_window_size(width, height), "the window's size");
    }

    /// A command of the DevTools protocol, which can do what WebDriver cannot: narrow windows, dark pages, whole pictures.
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.driver("goog/cdp/execute", json!({ "cmd": command, "params": parameters }))
    }

    /// What the console has said since it was asked last: errors of scripts, refusals of the content security policy.
    pub fn console(&self) -> Vec<String> {
        let said = self.driver("se/log", json!({ "type": "browser" }));
        let line =
            |entry: &Value| format!("{} {}", entry["level"].as_str().unwrap_or_default(), entry["message"].as_str().unwrap_or_default());
        said.as_array().map(|entries| entries.iter().map(line).collect()).unwrap_or_default()
    }

    fn driver(&self, command: &str, body: Value) -> Value {
        let sent = ureq::post(format!("{}/{command}", self.session)).send_json(body);
        let mut answer = sent.unwrap_or_else(|error| panic!("{command}: {error}"));
        answer.body_mut().with_config().limit(64 << 20).read_json::<Value>().unwrap_or_else(|error| panic!("{command}: {error}"))["value"]
            .take()
    }

    /// Keeps a picture of the page under target/shots, for people to look at; gives its file.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let png = self.wait(self.client().screenshot(), "a picture");
        let test = std::env::current_exe().unwrap();
        let target = test.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "debug" || name == "release"));
        let folder = variable("WAYMARK_TEST_SHOTS").map_or_else(|| target.unwrap_or(&test).with_file_name("shots"), PathBuf::from);
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("{name}.png"));
        std::fs::write(&file, png).unwrap();
        file
    }

    fn find(&self, css: &str) -> Element {
        self.wait(self.client().wait().at_most(PATIENCE).for_element(Locator::Css(css)), css)
    }

    fn client(&self) -> &fantoccini::Client {
        self.client.as_ref().expect("the window is open")
    }

    fn wait<T, E: std::fmt::Display>(&self, work: impl Future<Output = Result<T, E>>, what: &str) -> T {
        self.runtime.block_on(work).unwrap_or_else(|error| {
            let page = self.runtime.block_on(self.client().source()).unwrap_or_default();
            let page: String = page.chars().take(4_000).collect();
            panic!("{what}: {error}\nThe page:\n{page}")
        })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let _ = self.runtime.block_on(client.close());
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// chromedriver takes a free port and prints it.
fn port_of(driver: &mut Child) -> u16 {
    let stdout = driver.stdout.take().unwrap();
    let (tell, hear) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                let _ = tell.send(port.trim_end_matches('.').parse::<u16>());
            }
        }
    });
    hear.recv_timeout(PATIENCE).expect("chromedriver says its port").expect("a port")
}

/// A string in an XPath, which knows no escapes.
fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}
