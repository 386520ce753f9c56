//! The plain part: lines of at most 72 characters.

/// Characters a line (RFC 3676, 4.2 asks for at most 78).
pub(crate) const WIDTH: usize = 72;

/// `text` in lines, the first one after `first`, the others after `rest`. Words that fit no line are broken.
pub(crate) fn wrap(text: &str, first: &str, rest: &str) -> String {
    let mut lines = vec![first.to_owned()];
    let mut fresh = true;
    for word in text.split_whitespace() {
        let mut word = word;
        loop {
            let Some(line) = lines.last_mut() else { return String::new() };
            let (used, blank) = (line.chars().count(), usize::from(!fresh));
            let room = WIDTH.saturating_sub(used + blank);
            let length = word.chars().count();
            if length <= room {
                if !fresh {
                    line.push(' ');
                }
                line.push_str(word);
                fresh = false;
                break;
            }
            if fresh {
                let cut = word.char_indices().nth(room.max(1)).map_or(word.len(), |(at, _)| at);
                line.push_str(&word[..cut]);
                word = &word[cut..];
            }
            lines.push(rest.to_owned());
            fresh = true;
        }
    }
    lines.join("\n")
}

/// A rendered template with no blanks at line ends, at most two empty lines in a row and one line end at the end.
pub(crate) fn finished(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty <= 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// `text` with blanks up to `width` characters.
pub(crate) fn padded(text: &str, width: usize) -> String {
    format!("{text:width$}")
}
