use super::*;
use crate::ledger::retract;
use crate::samples::{claim, entry, today};
use crate::subject::Trust;
use crate::time::Instant;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 16];

#[test]
fn a_file_is_what_its_bytes_say() {
    for (content, kind) in [
        (b"%PDF-1.7\n".as_slice(), Some(AttachmentKind::Pdf)),
        (PNG, Some(AttachmentKind::Png)),
        (JPEG, Some(AttachmentKind::Jpeg)),
        ("Grüße,\r\n\tWelt\u{c}".as_bytes(), Some(AttachmentKind::Text)),
        (b"\xef\xbb\xbfwith a mark", Some(AttachmentKind::Text)),
        // Served as text, and nothing else, so it does no harm.
        (b"<script>alert(1)</script>", Some(AttachmentKind::Text)),
        (b"a\0b", None),
        (b"\x1b[31mred", None),
        (b"\xff\xfeh\0i\0", None),
        (b"MZ\x90\0", None),
        (b"PK\x03\x04", None),
        (b"GIF89a\x01", None),
        (b"caf\xe9", None),
        (b"\x89PNG\n", None),
        (b" %PDF-1.7 \0", None),
    ] {
        assert_eq!(AttachmentKind::of(content), kind, "{}", String::from_utf8_lossy(content));
    }
}

#[test]
fn a_file_that_cannot_be_taken_is_refused_with_its_reason() {
    let largest = vec![b'a'; MAX_BYTES];
    assert_eq!(check("a.txt", &largest).unwrap().size, 10_485_760);
    let larger = vec![b'a'; MAX_BYTES + 1];
    for (name, content, code) in [
        ("a.txt", b"".as_slice(), "attachment_empty"),
        ("a.txt", &larger, "attachment_too_large"),
        ("a.txt", b"\0", "attachment_kind_unknown"),
        ("a.pdf", PNG, "attachment_name_differs"),
        ("A.PDF", b"text", "attachment_name_differs"),
        ("a.png", JPEG, "attachment_name_differs"),
        ("notes.txt", b"%PDF-1.7", "attachment_name_differs"),
    ] {
        assert_eq!(check(name, content), Err(code), "{name}");
    }
}

#[test]
fn a_name_is_harmless_and_says_what_the_file_is() {
    let long = "x".repeat(300);
    for (name, content, expected) in [
        ("report.pdf", b"%PDF-1.7".as_slice(), "report.pdf"),
        ("Report.PDF", b"%PDF-1.7", "Report.pdf"),
        ("photo.JPEG", JPEG, "photo.jpeg"),
        ("photo", JPEG, "photo.jpg"),
        ("C:\\Users\\Ada\\plan.md", b"# Plan", "plan.md"),
        ("../../etc/passwd", b"root", "passwd.txt"),
        // What a browser would run from a disk is a text there too.
        ("page.html", b"<script>", "page.html.txt"),
        ("run.sh", b"rm -rf", "run.sh.txt"),
        ("sum.csv", b"=1+1", "sum.csv.txt"),
        ("a\r\nSet-Cookie: x=\"1\".txt", b"x", "aSet-Cookie- x=-1-.txt"),
        ("gpj.\u{202e}exe.txt", b"x", "gpj.exe.txt"),
        ("  two   words .txt", b"x", "two words.txt"),
        ("", b"x", "file.txt"),
        (".", b"x", "file.txt"),
        (".txt", b"x", "txt.txt"),
        ("...", PNG, "file.png"),
        ("日本語.png", PNG, "日本語.png"),
        (long.as_str(), b"x", &format!("{}.txt", "x".repeat(96))),
    ] {
        assert_eq!(check(name, content).unwrap().name, expected, "{name:?}");
    }
}

#[test]
fn files_belong_to_a_submission_that_stands_and_nobody_has_judged() {
    let submission = |seq| entry(seq, EvidenceKind::Submission, Trust::Linked, &["criterion:has-tests"]);
    let mut ledger = vec![submission(1), submission(2), claim(3, &["criterion:has-tests"])];
    let taken_back = retract(&ledger, 2, today(), Instant::from_micros(1), None).unwrap().numbered(4);
    ledger.push(taken_back);
    let code = |result: Result<(), FieldError>| result.err().map(|error| error.code);
    for (seq, reviewed, blanked, add, remove) in [
        (1, false, false, None, None),
        (1, true, false, Some("attachments_closed"), Some("attachments_closed")),
        (1, false, true, Some("attachments_closed"), None),
        (2, false, false, Some("attachments_closed"), None),
        (2, true, false, Some("attachments_closed"), None),
        (3, false, false, Some("only_submissions"), None),
        (9, false, false, Some("attachments_closed"), None),
    ] {
        assert_eq!(code(may_add(&ledger, seq, reviewed, blanked)), add, "{seq} {reviewed} {blanked}");
        assert_eq!(code(may_remove(&ledger, seq, reviewed)), remove, "{seq} {reviewed}");
    }
}

#[test]
fn there_is_room_for_five_files_and_for_what_the_quota_leaves() {
    let file = |size| CheckedFile { name: "a.txt".to_owned(), kind: AttachmentKind::Text, size };
    let held = |files, bytes| Room { files, bytes, quota: 100 };
    let code = |held, more: &[CheckedFile]| has_room(held, more).err().map(|error| error.code);
    assert_eq!(code(held(0, 0), &[file(60), file(40)]), None);
    assert_eq!(code(held(0, 0), &[file(60), file(41)]), Some("attachments_quota"));
    assert_eq!(code(held(1, 100), &[file(1)]), Some("attachments_quota"));
    assert_eq!(code(held(4, 0), &[file(1)]), None);
    assert_eq!(code(held(4, 0), &[file(1), file(1)]), Some("attachments_too_many"));
}

#[test]
fn archives_hold_every_file_once_in_order_and_no_more_than_fits() {
    let mib = 1 << 20;
    assert_eq!(archives(&[]), []);
    assert_eq!(archives(&[mib, 1]), std::iter::once(0..2).collect::<Vec<_>>());
    assert_eq!(archives(&[40 * mib, 8 * mib, 1, 48 * mib, 2]), [0..2, 2..3, 3..4, 4..5]);
    assert_eq!(archives(&[10 * mib; 9]), [0..4, 4..8, 8..9]);
}
