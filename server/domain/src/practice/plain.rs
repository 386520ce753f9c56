//! HTML of an Anki note as text: cards are shown as text, so nothing of it is ever markup here.

/// Line breaks of blocks are kept, tags go, entities become their characters.
pub(super) fn text_of_html(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((tag, behind)) = tag(rest) {
            if is_block(tag) && !text.ends_with('\n') {
                text.push('\n');
            }
            rest = behind;
        } else if let Some((character, behind)) = entity(rest) {
            text.push(character);
            rest = behind;
        } else {
            text.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// A tag or comment at the beginning, its name, and what follows it.
fn tag(text: &str) -> Option<(&str, &str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some(("", comment.split_once("-->").map_or("", |(_, behind)| behind)));
    }
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(())?;
    let end = inner.find('>')?;
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    Some((name, &inner[end + 1..]))
}

fn is_block(name: &str) -> bool {
    ["br", "div", "p", "li", "ul", "ol", "tr", "table", "pre", "hr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"]
        .iter()
        .any(|block| name.eq_ignore_ascii_case(block))
}

fn entity(text: &str) -> Option<(char, &str)> {
    let (name, behind) = text.strip_prefix('&')?.split_once(';')?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(number)?
        }
    };
    Some((character, behind))
}

/// `[sound:…]` is a file that stayed behind.
pub(super) fn without_sounds(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("[sound:") {
        let Some((_, after)) = behind.split_once(']') else { break };
        kept.push_str(before);
        rest = after;
    }
    kept.push_str(rest);
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text_with_its_lines() {
        for (html, text) in [
            ("What is <b>idempotent</b>?", "What is idempotent?"),
            ("one<br>two<br/>three", "one\ntwo\nthree"),
            ("<div>one</div><div>two</div>", "one\ntwo"),
            ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
            ("a &lt; b &amp;&amp; c &gt; d&nbsp;&#233;&#x2713;", "a < b && c > d é✓"),
            ("x < y and 1<2", "x < y and 1<2"),
            ("AT&T &unknown; &#xFFFFFFFF;", "AT&T &unknown; &#xFFFFFFFF;"),
            ("<script>alert(1)</script>", "alert(1)"),
            ("<img src=\"a.png\">", ""),
            ("a<!-- hidden -->b", "ab"),
        ] {
            assert_eq!(text_of_html(html), text, "{html}");
        }
        assert_eq!(without_sounds("say [sound:a.mp3] it"), "say  it");
        assert_eq!(without_sounds("[sound:a.mp3]"), "");
    }
}
