//! What a text may hold, and the nearest known word to a wrong one. Shared by names, the ledger and documents.

/// Control, bidirectional-override and invisible characters.
pub(crate) fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// True for text of several lines without [`is_forbidden`] characters, line ends and tabs apart.
pub(crate) fn is_clean_prose(text: &str) -> bool {
    !text.chars().any(|c| is_forbidden(c) && !matches!(c, '\n' | '\r' | '\t'))
}

pub(crate) const MAX_URL: usize = 2_000;

/// True for an absolute http or https URL with a host and without a user name, white space, quotes or angle brackets.
pub(crate) fn is_web_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain =
        |c: char| !c.is_whitespace() && !is_forbidden(c) && !matches!(c, '<' | '>' | '"' | '\\' | '`' | '\'' | '{' | '}' | '|' | '^');
    (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
        && text.len() <= MAX_URL
        && is_host(host)
        && text.chars().all(plain)
}

fn is_host(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((name, port)) if name.contains(':') && name.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '.')) => {
                (name, port)
            }
            _ => return false,
        },
        None => {
            let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
            if name.split('.').any(str::is_empty) || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_')) {
                return false;
            }
            (name, port)
        }
    };
    let port_is_good = port.is_empty() || port.strip_prefix(':').is_some_and(|digits| digits.parse::<u16>().is_ok());
    !name.is_empty() && port_is_good
}

/// The known word that comes nearest to a wrong one, where one is near enough to be meant.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    known
        .into_iter()
        .map(|word| (strsim::jaro_winkler(&wrong, &word.to_lowercase()), word))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|(a, left), (b, right)| a.total_cmp(b).then_with(|| right.cmp(left)))
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_url_is_absolute_http_with_a_host() {
        let good = [
            "https://example.org",
            "http://example.org:8080/a?b=c#d",
            "HTTPS://example.org/ü",
            "https://bücher.example/",
            "http://localhost:3000",
            "http://[::1]:8080/x",
            "http://10.0.0.1",
            "https://git.example/a_b/~c/d@v1",
        ];
        for url in good {
            assert!(is_web_url(url), "{url}");
        }
        let bad = [
            "",
            "example.org",
            "//example.org",
            "javascript:alert(1)",
            "ftp://example.org",
            "javascript://example.org/%0aalert(1)",
            "https://",
            "https:///path",
            "https://user@example.org",
            "https://example.org:80:80",
            "https://example.org:99999",
            "https://exa mple.org",
            "https://example.org/a b",
            "https://example.org/\"onclick",
            "https://example.org/<b>",
            "https://a..b",
            "https://[zz]/",
            "https://example.org\\@evil.example",
            "https://example.org/\u{202e}gpj",
        ];
        for url in bad {
            assert!(!is_web_url(url), "{url}");
        }
        assert!(!is_web_url(&format!("https://example.org/{}", "a".repeat(MAX_URL))));
    }

    #[test]
    fn the_nearest_word_is_the_likest_or_none() {
        let known = ["rest", "rate-limiting", "load-testing"];
        assert_eq!(nearest("rate-limitting", known), Some("rate-limiting"));
        assert_eq!(nearest("REST", known), Some("rest"));
        assert_eq!(nearest("quantum", known), None);
    }
}
