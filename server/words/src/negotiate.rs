//! Which language: a tag as asked for, else the same without its region (RFC 4647, 3.4 lookup).

use crate::{Lang, PSEUDO};

/// The language of that tag, or the nearest without its last subtags.
pub(crate) fn find<'a>(languages: &'a [Lang], wanted: &str) -> Option<&'a Lang> {
    let mut tag = wanted.trim();
    loop {
        if let Some(language) = languages.iter().find(|language| language.tag().eq_ignore_ascii_case(tag)) {
            return Some(language);
        }
        tag = tag.rsplit_once('-')?.0;
    }
}

/// The best of an `Accept-Language` header (RFC 9110, 12.5.4): highest quality first, in the header's order among equals.
pub(crate) fn best<'a>(languages: &'a [Lang], header: &str) -> Option<&'a Lang> {
    let mut wanted: Vec<(u32, &str)> = header.split(',').filter_map(range).take(20).collect();
    wanted.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
    // Nobody's browser asks for the pseudo-locale by accident, so it is reached through here too.
    wanted.iter().find_map(|(_, tag)| if *tag == "*" { languages.iter().find(|l| l.tag() != PSEUDO) } else { find(languages, tag) })
}

/// Quality in thousandths, and the tag; nothing for quality 0 and for what is no range.
fn range(part: &str) -> Option<(u32, &str)> {
    let mut pieces = part.split(';').map(str::trim);
    let tag = pieces.next().filter(|tag| !tag.is_empty())?;
    let quality = match pieces.find_map(|piece| piece.strip_prefix("q=")) {
        None => 1000,
        Some(text) => (text.parse::<f64>().ok().filter(|q| (0.0..=1.0).contains(q))? * 1000.0) as u32,
    };
    (quality > 0).then_some((quality, tag))
}
