//! A plain HTTP client: keeps cookies, follows nothing by itself, sends what a browser would send from our own pages.

use std::time::Duration;

use serde_json::Value;
use ureq::http::Response;
use ureq::{Agent, Body};

/// One visitor, with cookies of their own, or one machine with a token.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    base: String,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Client {
    /// `base` is the address with its path, without a slash at its end.
    pub fn new(base: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .new_agent();
        Self { agent, base: base.trim_end_matches('/').to_owned(), headers: Vec::new() }
    }

    /// The same visitor with a further header on every request.
    pub fn with_header(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    /// A machine with a token.
    pub fn bearer(&self, token: &str) -> Self {
        Self::new(&self.base).with_header("authorization", &format!("Bearer {token}"))
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn get(&self, path: &str) -> Answer {
        self.try_get(path).unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    pub fn try_get(&self, path: &str) -> Result<Answer, ureq::Error> {
        let mut request = self.agent.get(self.url(path));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        Answer::read(request.call()?)
    }

    /// Sends a form as a browser does from a page of ours.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.post(self.url(path));
        for (name, value) in self.own_origin().into_iter().chain(self.headers.clone()) {
            request = request.header(&name, &value);
        }
        let sent = request.send_form(fields.iter().copied());
        sent.and_then(Answer::read).unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    /// Sends JSON as a machine does.
    pub fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.try_send(method, path, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// Sends JSON from a page of ours: what a cookie needs beside it.
    pub fn own(&self, method: &str, path: &str, body: &Value) -> Answer {
        let mut client = self.clone();
        client.headers.extend(self.own_origin());
        client.send(method, path, body)
    }

    pub fn try_send(&self, method: &str, path: &str, body: &Value) -> Result<Answer, ureq::Error> {
        let url = self.url(path);
        let mut request = match method {
            "POST" => self.agent.post(url),
            "PUT" => self.agent.put(url),
            "PATCH" => self.agent.patch(url),
            "DELETE" => return self.try_delete(path),
            other => panic!("{other} carries no JSON"),
        };
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        Answer::read(request.send_json(body)?)
    }

    fn try_delete(&self, path: &str) -> Result<Answer, ureq::Error> {
        let mut request = self.agent.delete(self.url(path));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        Answer::read(request.call()?)
    }

    fn own_origin(&self) -> Vec<(String, String)> {
        let origin = self.base.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        let says = |name: &str| self.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        [("origin", origin.as_str()), ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")]
            .into_iter()
            .filter(|(name, _)| !says(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// A path below the base; an address or a path that already has the base's path stays as it is.
    fn url(&self, path: &str) -> String {
        if path.starts_with("http://") || path.starts_with("https://") {
            return path.to_owned();
        }
        let (origin, base_path) = match self.base.splitn(4, '/').nth(3) {
            Some(base_path) => (self.base[..self.base.len() - base_path.len() - 1].to_owned(), format!("/{base_path}")),
            None => (self.base.clone(), String::new()),
        };
        if !base_path.is_empty() && (path == base_path || path.starts_with(&format!("{base_path}/"))) {
            return format!("{origin}{path}");
        }
        format!("{}{path}", self.base)
    }
}

impl Answer {
    fn read(mut response: Response<Body>) -> Result<Self, ureq::Error> {
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(64 << 20).read_to_vec()?;
        Ok(Self { status, headers, body })
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in: {}", self.text()))
    }

    /// Fails unless the status is that.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:?}\n{}", self.headers, self.text().chars().take(2_000).collect::<String>());
        self
    }

    /// Where a redirect leads.
    #[track_caller]
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_else(|| panic!("no redirect but {}: {}", self.status, self.text()))
    }
}
