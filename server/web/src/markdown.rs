//! Markdown from people, templates and packs as harmless HTML: pulldown-cmark writes it, ammonia has the last word.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Options, Parser, html};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::new();
    let tags = [
        "p",
        "br",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "h3",
        "h4",
        "del",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ];
    builder
        .tags(HashSet::from(tags))
        .tag_attributes([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))].into())
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// The same of one line, without a paragraph around it: for headings and lists.
pub fn line_to_html(line: &str) -> String {
    let html = to_html(line);
    let html = html.trim();
    match html.strip_prefix("<p>").and_then(|inner| inner.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => html.to_owned(),
    }
}

/// HTML of `text`: paragraphs, lists, links to http, https and mail, code, tables. Headings start at the third rank, so
/// that a page's outline stays whole; pictures, raw HTML and everything else are left out.
pub fn to_html(text: &str) -> String {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).map(|event| match event {
        pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { id, classes, attrs, .. }) => {
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { level: pulldown_cmark::HeadingLevel::H3, id, classes, attrs })
        }
        pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Heading(_)) => {
            pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Heading(pulldown_cmark::HeadingLevel::H3))
        }
        pulldown_cmark::Event::Html(raw) | pulldown_cmark::Event::InlineHtml(raw) => pulldown_cmark::Event::Text(raw),
        other => other,
    });
    let mut written = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut written, parser);
    CLEANER.clean(&written).to_string()
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn what_people_write_becomes_harmless() {
        for (text, expected) in [
            ("a *b* `c`", "<p>a <em>b</em> <code>c</code></p>"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("[x](javascript:alert(1))", "<p><a rel=\"noopener noreferrer nofollow\">x</a></p>"),
            ("![x](https://e.example/x.png)", "<p></p>"),
            ("# big", "<h3>big</h3>"),
            ("<https://e.example>", "<p><a href=\"https://e.example\" rel=\"noopener noreferrer nofollow\">https://e.example</a></p>"),
        ] {
            assert_eq!(to_html(text).trim(), expected, "{text}");
        }
    }
}
