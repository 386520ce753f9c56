//! Raw HTML in Markdown, found without a parser of HTML: documents may not hold any.

/// The first raw HTML in a Markdown text (CommonMark 0.31, sections 4.6 and 6.6), some characters of it. Code, autolinks
/// and escaped brackets are none. Where code is indented by blanks only, this is stricter than CommonMark.
pub(crate) fn raw_html(text: &str) -> Option<String> {
    let mut fence: Option<(char, usize)> = None;
    let mut paragraph = String::new();
    for line in text.lines() {
        if let Some((mark, length)) = fence {
            let end = line.trim();
            if end.chars().count() >= length && end.chars().all(|c| c == mark) {
                fence = None;
            }
            continue;
        }
        fence = opens_fence(line);
        if fence.is_some() || line.trim().is_empty() {
            if let Some(found) = in_paragraph(&paragraph) {
                return Some(found);
            }
            paragraph.clear();
        } else {
            paragraph.push_str(line);
            paragraph.push('\n');
        }
    }
    in_paragraph(&paragraph)
}

fn opens_fence(line: &str) -> Option<(char, usize)> {
    let inner = line.trim_start_matches(' ');
    let mark = inner.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = inner.chars().take_while(|&c| c == mark).count();
    let is_fence = line.len() - inner.len() <= 3 && length >= 3 && !(mark == '`' && inner[length..].contains('`'));
    is_fence.then_some((mark, length))
}

fn in_paragraph(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '`', '<']) {
        let here = &rest[at..];
        rest = if here.starts_with('\\') {
            let mut chars = here.chars();
            chars.next();
            chars.next();
            chars.as_str()
        } else if here.starts_with('`') {
            after_code(here)
        } else if let Some(length) = autolink(here) {
            &here[length..]
        } else if here[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            return Some(here.chars().take(12).collect::<String>().replace('\n', " ").trim_end().to_owned());
        } else {
            &here[1..]
        };
    }
    None
}

/// What follows a code span, or the run of backticks that opens none.
fn after_code(text: &str) -> &str {
    let run = |text: &str| text.bytes().take_while(|&b| b == b'`').count();
    let length = run(text);
    let mut at = length;
    while let Some(next) = text[at..].find('`') {
        at += next;
        let found = run(&text[at..]);
        at += found;
        if found == length {
            return &text[at..];
        }
    }
    &text[length..]
}

/// Length of `<https://…>` or `<someone@example.org>` at the start of the text.
fn autolink(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    let inner = &text[1..end];
    let is_url = inner.split_once(':').is_some_and(|(scheme, _)| matches!(scheme, "http" | "https" | "mailto"));
    let is_mail = inner.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && inner.bytes().all(|b| b.is_ascii_alphanumeric() || b".@_+-".contains(&b))
    });
    let is_one = !inner.contains(|c: char| c.is_whitespace() || c == '<') && (is_url || is_mail);
    is_one.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::raw_html;

    #[test]
    fn raw_html_is_found_and_code_is_not_taken_for_it() {
        let clean = [
            "plain",
            "a < b and b > a, 1 <2",
            "`<b>` and ``a ` <i>``",
            "see <https://example.org/a?b=c> or <a.b@example.org>",
            r"escaped \<b>",
            "```html\n<b>bold</b>\n```\nafter",
            "~~~\n<b>\n\n</b>\n~~~",
            "````\n```\n<b>\n````",
            "<- arrow",
            "Vec&lt;u8&gt;",
        ];
        for text in clean {
            assert_eq!(raw_html(text), None, "{text}");
        }
        let raw = [
            "a <b>bold</b>",
            "<!-- note -->",
            "</div>",
            "<?php",
            "<script src=x>",
            "a ` b\n\n<i> ` c",
            "`` ` <b>",
            r"\\<b>",
            r"\`<b>`",
            "```\ncode\n```\n<b>",
            "``` a ` b\n<b>\n```",
            "<javascript:alert(1)>",
            "<a href='mailto:x@y.z'>",
            "1 <x and <b",
        ];
        for text in raw {
            assert!(raw_html(text).is_some(), "{text}");
        }
    }
}
