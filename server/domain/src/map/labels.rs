//! Texts in the picture. Nothing measures a font here: widths are those of the widest font that systems show pages in.

/// Characters of a line of a station's label.
const LINE: usize = 14;
/// A text may be squeezed to this share of its estimated width, in per cent; what is longer is cut.
const SQUEEZE: i32 = 72;

/// A line of text that is at most as wide as its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted {
    pub text: String,
    /// It might be wider than its place: draw it at just this width (`textLength`).
    pub squeeze: Option<i32>,
}

/// A text for a place `room` units wide, at a font size in tenths of a unit.
pub fn fit(text: &str, tenths: i32, bold: bool, room: i32) -> Fitted {
    let mut shown = text.to_owned();
    let longest = room * 100 / SQUEEZE;
    if width(&shown, tenths, bold) > longest {
        while width(&shown, tenths, bold) > longest - tenths / 10 && shown.pop().is_some() {}
        shown.truncate(shown.trim_end().len());
        shown.push('…');
    }
    let squeeze = (width(&shown, tenths, bold) > room).then_some(room);
    Fitted { text: shown, squeeze }
}

/// Estimated width in units, rounded up.
fn width(text: &str, tenths: i32, bold: bool) -> i32 {
    let ems: i32 = text.chars().map(advance).sum();
    let ems = if bold { ems + ems / 9 } else { ems };
    (ems * tenths + 999) / 1_000
}

/// Hundredths of the font size that a character takes in DejaVu Sans, the widest of the fonts that systems show pages in.
fn advance(c: char) -> i32 {
    match c {
        'i' | 'j' | 'l' | '\'' => 28,
        ' ' | '.' | ',' | ':' | ';' | '|' | '/' | '·' | 'I' => 34,
        'f' | 't' | 'r' | '-' | '(' | ')' | '[' | ']' | '!' => 41,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | '–' => 59,
        'm' | 'M' | 'W' | '%' | '@' | '…' => 100,
        'w' => 82,
        'a'..='z' | '0'..='9' | 'E' | 'F' | 'J' | 'L' | 'P' | 'S' | 'T' | 'Y' => 64,
        _ if c.is_ascii() => 79,
        // Combining marks take no room of their own, but few texts have them.
        _ if c < '\u{1100}' => 79,
        _ => 110,
    }
}

/// A station's label: at most two lines. Short ones and single words stay on one; the break is at the space that keeps the
/// longer line shortest; a single long word breaks at its hyphen; what does not fit is cut.
pub(super) fn label(text: &str, bold: bool, room: i32) -> Vec<Fitted> {
    lines(text, LINE).into_iter().map(|line| fit(&line, 120, bold, room)).collect()
}

/// A lane's label.
pub(super) fn lane_label(text: &str, room: i32) -> Vec<Fitted> {
    let whole = fit(text, 135, true, room);
    if whole.squeeze.is_none() {
        return vec![whole];
    }
    lines(text, 20).into_iter().map(|line| fit(&line, 135, true, room)).collect()
}

fn lines(text: &str, most: usize) -> Vec<String> {
    let count = |text: &str| text.chars().count();
    if count(text) <= 12 || (!text.contains(' ') && count(text) <= most) {
        return vec![text.to_owned()];
    }
    let at_space = text.match_indices(' ').map(|(at, _)| (&text[..at], &text[at + 1..]));
    let at_hyphen = text.match_indices('-').map(|(at, _)| (&text[..=at], &text[at + 1..]));
    let breaks: Vec<(&str, &str)> = if text.contains(' ') { at_space.collect() } else { at_hyphen.collect() };
    let longer = |(a, b): &(&str, &str)| count(a).max(count(b));
    match breaks.iter().min_by_key(|halves| longer(halves)) {
        None => vec![cut(text, most)],
        Some(halves) if longer(halves) <= most => vec![halves.0.to_owned(), halves.1.to_owned()],
        Some(_) => {
            // Too long for two lines: the first takes what it can.
            let (first, rest) = breaks.iter().rev().find(|(first, _)| count(first) <= most).copied().unwrap_or((text, ""));
            [first, rest].into_iter().filter(|line| !line.is_empty()).map(|line| cut(line, most)).collect()
        }
    }
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_break_where_both_lines_stay_short() {
        let table: &[(&str, &[&str])] = &[
            ("SQL", &["SQL"]),
            ("Code review", &["Code review"]),
            ("Documentation", &["Documentation"]),
            ("System design basics", &["System", "design basics"]),
            ("Production-style", &["Production-", "style"]),
            ("Incident response", &["Incident", "response"]),
            ("Donaudampfschiffahrt", &["Donaudampfsch…"]),
            ("Requirements that nobody shortened", &["Requirements", "that nobody s…"]),
            ("Donaudampfschiffahrt is long", &["Donaudampfsch…"]),
        ];
        for (text, wanted) in table {
            assert_eq!(lines(text, 14), *wanted, "{text}");
        }
    }

    #[test]
    fn what_might_be_wider_than_its_place_is_squeezed_and_what_is_far_wider_is_cut() {
        assert_eq!(fit("Redis", 120, false, 84), Fitted { text: "Redis".to_owned(), squeeze: None });
        assert_eq!(fit("Documentation", 120, false, 84), Fitted { text: "Documentation".to_owned(), squeeze: Some(84) });
        assert_eq!(fit("WWWWWWWWWWWWWW", 120, false, 84), Fitted { text: "WWWWWWWW…".to_owned(), squeeze: Some(84) });
        assert_eq!(fit("", 120, false, 84).text, "");
    }
}
