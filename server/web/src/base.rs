//! The base URL that Waymark is reached under, and every link below it.

use std::sync::Arc;

use crate::route::Route;

/// Scheme, host with port, and path of the instance. The path is empty or begins with a slash and does not end with one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    https: bool,
    host: String,
    path: String,
}

impl BaseUrl {
    /// Reads `https://school.example/waymark`. Query, fragment, user names and a trailing slash's emptiness are not links'
    /// business: the first three are refused, the last is dropped.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong =
            |why: &str| format!("the base URL “{text}” {why}; write one like https://school.example or https://school.example/waymark");
        let (https, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(wrong("begins with neither http:// nor https://")),
        };
        if rest.contains(['?', '#', '@', '\\', ' ']) || rest.chars().any(|c| c.is_control() || !c.is_ascii()) {
            return Err(wrong("holds a character that cannot stand there"));
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let in_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if host.is_empty() || !host.chars().all(in_host) {
            return Err(wrong("names no host"));
        }
        // Browsers leave the scheme's own port out of `Origin`.
        let host = host.strip_suffix(if https { ":443" } else { ":80" }).unwrap_or(host);
        let path = path.trim_end_matches('/');
        let in_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '_' | '~');
        if !path.chars().all(in_path) || path.split('/').any(|part| part == "." || part == "..") || path.contains("//") {
            return Err(wrong("has a path that is not plain"));
        }
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        Ok(Self { https, host: host.to_ascii_lowercase(), path })
    }

    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Host, with the port where it is not the scheme's own.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Empty, or like `/waymark`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// `https://school.example`: what browsers send as `Origin`.
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.https { "https" } else { "http" }, self.host)
    }
}

/// The origin and the path: `https://school.example/waymark`, without a trailing slash.
impl std::fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.origin(), self.path)
    }
}

/// Makes links from the route table and the base URL; nothing else in this crate writes a path.
#[derive(Clone)]
pub struct Links {
    base: Arc<BaseUrl>,
    table: Arc<[&'static Route]>,
}

impl Links {
    pub fn new(base: Arc<BaseUrl>, table: Arc<[&'static Route]>) -> Self {
        Self { base, table }
    }

    /// The path of the route `name`, with `args` in the places of its pattern, in order.
    ///
    /// A name or a number of arguments that the table does not know is a bug that a test finds; here it leads home.
    pub fn path(&self, name: &str, args: &[&str]) -> String {
        let made = self.table.iter().find(|route| route.name == name).and_then(|route| fill(route.pattern, args));
        debug_assert!(made.is_some(), "no route is called {name} and takes {} arguments", args.len());
        format!("{}{}", self.base.path(), made.as_deref().unwrap_or("/"))
    }

    /// As [`Links::path`], with scheme and host: for mails, and for what is copied out of the browser.
    pub fn absolute(&self, name: &str, args: &[&str]) -> String {
        format!("{}{}", self.base.origin(), self.path(name, args))
    }

    pub fn base(&self) -> &BaseUrl {
        &self.base
    }
}

/// Puts arguments into a pattern; `None` when their number differs. `{x:.+}` takes slashes as they are.
fn fill(pattern: &str, args: &[&str]) -> Option<String> {
    let mut path = String::with_capacity(pattern.len() + 32);
    let mut args = args.iter();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, behind) = after.split_once('}')?;
        path.push_str(before);
        encode(args.next()?, inside.contains(':'), &mut path);
        rest = behind;
    }
    path.push_str(rest);
    args.next().is_none().then_some(path)
}

/// Percent-encodes all but RFC 3986's unreserved characters, and slashes where they are kept.
fn encode(text: &str, keep_slashes: bool, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') || (keep_slashes && byte == b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// Percent-encodes a value for a query string.
pub fn query_value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode(text, false, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_keeps_scheme_host_and_path() {
        for (text, shown, path) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", ""),
            ("https://School.example/", "https://school.example", ""),
            ("https://school.example/way/mark/", "https://school.example/way/mark", "/way/mark"),
            ("http://[::1]:8080", "http://[::1]:8080", ""),
            ("https://school.example:443/x", "https://school.example/x", "/x"),
            ("http://school.example:80", "http://school.example", ""),
            ("http://school.example:443", "http://school.example:443", ""),
        ] {
            let base = BaseUrl::parse(text).unwrap();
            assert_eq!((base.to_string().as_str(), base.path()), (shown, path));
        }
    }

    #[test]
    fn what_is_no_base_url_is_refused_with_a_sentence() {
        for text in [
            "",
            "school.example",
            "ftp://x.example",
            "https://",
            "https://a@b.example",
            "https://a.example/?x",
            "https://a.example/../b",
            "https://a.example/ü",
        ] {
            let why = BaseUrl::parse(text).unwrap_err();
            assert!(why.contains("write one like"), "{why}");
        }
    }

    #[test]
    fn arguments_fill_a_pattern_in_order_and_encoded() {
        assert_eq!(fill("/paths/{path}/requirements/{id}", &["ab", "c d/é"]).unwrap(), "/paths/ab/requirements/c%20d%2F%C3%A9");
        assert_eq!(fill("/roles/{role:.+}", &["acme/x/y"]).unwrap(), "/roles/acme/x/y");
        assert_eq!(fill("/login", &[]).unwrap(), "/login");
        assert!(fill("/login", &["x"]).is_none());
        assert!(fill("/paths/{path}", &[]).is_none());
    }
}
