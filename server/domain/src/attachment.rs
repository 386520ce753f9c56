//! Files that are handed in with work: which are taken, what they are called, how many there may be.
//!
//! What a file is follows from its bytes alone. Three signatures and a look at the text are all that the four kinds need;
//! a library of signatures knows hundreds that would be refused, and none for plain text.

use crate::ledger::{Entry, EvidenceKind, FieldError, standing};
use crate::subject::words;
use crate::text::is_forbidden;

/// What can be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttachmentKind {
    Pdf,
    Png,
    Jpeg,
    Text,
}

words!(AttachmentKind { Pdf = "pdf", Png = "png", Jpeg = "jpeg", Text = "text" });

/// Bytes of one file.
pub const MAX_BYTES: usize = 10 << 20;
/// Files of one submission.
pub const MAX_FILES: usize = 5;
/// Characters of a file's name, its ending among them.
pub const MAX_NAME: usize = 100;

/// Codes of this module that the ledger's own list lacks.
pub const FIELD_CODES: &[&str] = &[
    "attachment_empty",
    "attachment_kind_unknown",
    "attachment_name_differs",
    "attachment_too_large",
    "attachments_closed",
    "attachments_quota",
    "attachments_too_many",
    "only_submissions",
];

impl AttachmentKind {
    /// What the file is, by its bytes; none for what is not taken.
    pub fn of(content: &[u8]) -> Option<Self> {
        if content.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else if content.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if content.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else {
            is_plain_text(content).then_some(Self::Text)
        }
    }

    /// Its `Content-Type`, the only one that it is ever served with.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// Endings that say this kind; the first is put where there is none of them.
    const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            // Nothing that a program runs or computes when it is opened from a disk.
            Self::Text => &["txt", "md", "log"],
        }
    }
}

/// UTF-8 without control characters other than tabs and line ends. What directs or hides text is fine in a file, which is
/// never shown inside of a page.
fn is_plain_text(content: &[u8]) -> bool {
    let is_fine = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    std::str::from_utf8(content).is_ok_and(|text| text.chars().all(is_fine))
}

/// A file that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedFile {
    pub name: String,
    pub kind: AttachmentKind,
    pub size: u32,
}

/// Looks at a file. `name` is what the sender calls it. A name that promises another kind than the bytes are is refused: one
/// of the two is a mistake, and whoever sent it knows which.
pub fn check(name: &str, content: &[u8]) -> Result<CheckedFile, &'static str> {
    if content.is_empty() {
        return Err("attachment_empty");
    }
    if content.len() > MAX_BYTES {
        return Err("attachment_too_large");
    }
    let kind = AttachmentKind::of(content).ok_or("attachment_kind_unknown")?;
    let name = clean_name(name, kind).ok_or("attachment_name_differs")?;
    Ok(CheckedFile { name, kind, size: u32::try_from(content.len()).map_err(|_| "attachment_too_large")? })
}

/// The last part of the name, without what directs text, breaks lines or means something to a file system, with an ending
/// that says what the file is. None where the ending says that it is another of our kinds.
fn clean_name(name: &str, kind: AttachmentKind) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%') { '-' } else { c })
        .filter(|c| !is_forbidden(*c))
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.trim_matches(['.', ' ']);
    let (stem, ending) = match plain.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, ending.to_lowercase()),
        _ => (plain, String::new()),
    };
    let says = AttachmentKind::ALL.iter().find(|kind| kind.endings().contains(&ending.as_str()));
    if says.is_some_and(|says| *says != kind) {
        return None;
    }
    let (stem, ending) = if says.is_some() { (stem, ending) } else { (plain, kind.endings()[0].to_owned()) };
    let stem: String = stem.chars().take(MAX_NAME - 1 - ending.chars().count()).collect();
    let stem = stem.trim_end_matches(['.', ' ']);
    Some(format!("{}.{ending}", if stem.is_empty() { "file" } else { stem }))
}

/// What there is by now of an entry and of its learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Files of the entry.
    pub files: usize,
    /// Bytes of all files of the learner.
    pub bytes: u64,
    /// What the learner may have, in bytes.
    pub quota: u64,
}

/// Whether files may be added to entry `seq`: it is a submission that stands, nobody has said anything about it yet, and what
/// was written with it was not blanked. Reviewers say what they say of what they saw.
pub fn may_add(ledger: &[Entry], seq: u32, is_reviewed: bool, is_blanked: bool) -> Result<(), FieldError> {
    let entry = standing(ledger).into_iter().find(|entry| entry.seq == seq);
    let refuse = |code| Err(FieldError::new("file", code));
    match entry {
        Some(entry) if entry.kind != EvidenceKind::Submission => refuse("only_submissions"),
        Some(_) if !is_reviewed && !is_blanked => Ok(()),
        _ => refuse("attachments_closed"),
    }
}

/// Whether a file of entry `seq` may be taken away: as long as one may be added, and once the entry was taken back.
pub fn may_remove(ledger: &[Entry], seq: u32, is_reviewed: bool) -> Result<(), FieldError> {
    let stands = standing(ledger).iter().any(|entry| entry.seq == seq);
    if stands && is_reviewed { Err(FieldError::new("file", "attachments_closed")) } else { Ok(()) }
}

/// Whether there is room for some more files.
pub fn has_room(room: Room, more: &[CheckedFile]) -> Result<(), FieldError> {
    let bytes: u64 = more.iter().map(|file| u64::from(file.size)).sum();
    if room.files + more.len() > MAX_FILES {
        Err(FieldError::new("file", "attachments_too_many"))
    } else if room.bytes + bytes > room.quota {
        Err(FieldError::new("file", "attachments_quota"))
    } else {
        Ok(())
    }
}

/// Bytes of the files in one archive: what an instance takes in one go when somebody moves.
pub const MAX_ARCHIVE: u64 = 48 << 20;

/// Files in archives that are no larger than that, in their order; from their sizes, the places of the files of each.
pub fn archives(sizes: &[u32]) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    let mut bytes = 0;
    for (at, size) in sizes.iter().enumerate() {
        bytes += u64::from(*size);
        match found.last_mut().filter(|_| bytes <= MAX_ARCHIVE) {
            Some(last) => last.end = at + 1,
            None => {
                bytes = u64::from(*size);
                found.push(at..at + 1);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
