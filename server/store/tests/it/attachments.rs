//! Files of work: kept apart from the ledger, bounded, closed by a review, gone with what they belong to.

use std::sync::Arc;

use domain::attachment::{AttachmentKind, CheckedFile, MAX_FILES};
use domain::ids::{AccountId, PublicId};
use store::attachments::NewAttachment;
use store::{Error, Store, attachments, ledger, transfer};

use crate::mentoring::{World, answer, handed_in, world};
use crate::support::{Database, at, at_once, each_backend, each_database, fresh_id, postgres_url, read, retraction, write};

const QUOTA: u64 = 1_000;

pub fn file(name: &str, content: &[u8]) -> NewAttachment {
    let file = CheckedFile { name: name.to_owned(), kind: AttachmentKind::Text, size: content.len() as u32 };
    NewAttachment { public_id: fresh_id(), file, sha256: [7; 32], content: Arc::from(content), added_at: at(2) }
}

fn attach(store: &Store, account: AccountId, entry: u32, new: NewAttachment) -> Result<PublicId, Error> {
    let id = new.public_id;
    write(store, move |conn| attachments::attach(conn, account, entry, std::slice::from_ref(&new), QUOTA)).map(|()| id)
}

fn names(store: &Store, account: AccountId, entry: u32) -> Vec<String> {
    let files = read(store, |conn| attachments::of_entries(conn, account, &[entry])).remove(&entry).unwrap_or_default();
    files.into_iter().map(|file| file.name).collect()
}

#[test]
fn a_file_is_read_by_whose_it_is_and_of_which_entry_it_is() {
    each_backend(|store| {
        let World { ada, mira, .. } = world(store);
        handed_in(store, ada, 1);
        handed_in(store, ada, 2);
        let content: Vec<u8> = (0..=255).collect();
        let id = attach(store, ada, 1, file("a.txt", &content)).unwrap();
        attach(store, ada, 1, file("b.txt", b"b")).unwrap();
        assert_eq!(names(store, ada, 1), ["a.txt", "b.txt"]);
        assert_eq!(read(store, |conn| attachments::of_account(conn, ada)).len(), 2);
        let (found, bytes) = read(store, |conn| attachments::content(conn, ada, &[1, 2], id));
        assert_eq!((found.name.as_str(), found.size, bytes), ("a.txt", 256, content));
        let lost = |account, entries: &[u32], id| store.read_blocking(|conn| attachments::content(conn, account, entries, id)).unwrap_err();
        for (account, entries, id) in [(ada, &[2][..], id), (mira, &[1], id), (ada, &[], id), (ada, &[1], fresh_id())] {
            assert_eq!(lost(account, entries, id), Error::NotThere("attachment"));
        }
        write(store, move |conn| attachments::detach(conn, ada, 1, id)).unwrap();
        assert_eq!(names(store, ada, 1), ["b.txt"]);
        assert_eq!(write(store, move |conn| attachments::detach(conn, ada, 1, id)).unwrap_err(), Error::NotThere("attachment"));
    });
}

#[test]
fn there_are_so_many_files_and_bytes_and_no_more() {
    each_backend(|store| {
        let World { ada, .. } = world(store);
        handed_in(store, ada, 1);
        handed_in(store, ada, 2);
        let large = attach(store, ada, 2, file("large.txt", &[b'a'; 990])).unwrap();
        assert_eq!(attach(store, ada, 1, file("more.txt", &[b'a'; 11])), Err(Error::Rule("attachments_quota")), "over all entries");
        write(store, move |conn| attachments::detach(conn, ada, 2, large)).unwrap();
        for _ in 0..MAX_FILES {
            attach(store, ada, 1, file("a.txt", b"a")).unwrap();
        }
        assert_eq!(attach(store, ada, 1, file("a.txt", b"a")), Err(Error::Rule("attachments_too_many")));
        assert_eq!(attach(store, ada, 9, file("a.txt", b"a")), Err(Error::Rule("attachments_closed")));
    });
}

#[test]
fn of_two_files_at_once_of_which_one_fits_one_is_kept() {
    each_backend(|store| {
        let World { ada, .. } = world(store);
        handed_in(store, ada, 1);
        let add =
            |new: NewAttachment| move |conn: &mut store::Conn<'_>| attachments::attach(conn, ada, 1, std::slice::from_ref(&new), QUOTA);
        let (one, other) = at_once(store, add(file("one.txt", &[b'a'; 600])), add(file("other.txt", &[b'b'; 600])));
        assert_eq!((one, other), (Ok(()), Err(Error::Rule("attachments_quota"))));
        assert_eq!(names(store, ada, 1), ["one.txt"]);
    });
}

#[test]
fn of_a_review_and_a_file_at_once_the_review_is_of_what_was_seen() {
    each_backend(|store| {
        let World { cohort, ada, mira, .. } = world(store);
        let request = handed_in(store, ada, 1);
        let seen = attach(store, ada, 1, file("seen.txt", b"seen")).unwrap();
        let late = file("late.txt", b"late");
        let (review, added) = at_once(
            store,
            move |conn| answer(conn, cohort, &request, mira, 5),
            move |conn| attachments::attach(conn, ada, 1, std::slice::from_ref(&late), QUOTA),
        );
        assert_eq!((review.map(|_| ()), added), (Ok(()), Err(Error::Rule("attachments_closed"))));
        assert_eq!(write(store, move |conn| attachments::detach(conn, ada, 1, seen)), Err(Error::Rule("attachments_closed")));
        assert_eq!(names(store, ada, 1), ["seen.txt"]);
    });
}

#[test]
fn a_retraction_keeps_the_files_until_they_are_removed_and_blanking_takes_them() {
    each_backend(|store| {
        let World { ada, .. } = world(store);
        handed_in(store, ada, 1);
        let id = attach(store, ada, 1, file("a.txt", b"a")).unwrap();
        attach(store, ada, 1, file("b.txt", b"b")).unwrap();
        write(store, move |conn| ledger::append(conn, ada, &retraction(1), fresh_id())).unwrap();
        assert_eq!(attach(store, ada, 1, file("c.txt", b"c")), Err(Error::Rule("attachments_closed")));
        write(store, move |conn| attachments::detach(conn, ada, 1, id)).unwrap();
        assert_eq!(names(store, ada, 1), ["b.txt"]);
        let entry = read(store, |conn| ledger::public_ids(conn, ada, &[1]))[&1];
        write(store, move |conn| ledger::redact(conn, ada, entry, at(9))).unwrap();
        assert_eq!(names(store, ada, 1), [""; 0]);
        assert_eq!(read(store, |conn| attachments::room(conn, ada, 1, QUOTA)).bytes, 0);
    });
}

#[test]
fn files_move_from_one_database_to_the_other_byte_by_byte() {
    each_database(|from| {
        let source = from.open();
        source.migrate().unwrap();
        let World { ada, .. } = world(&source);
        handed_in(&source, ada, 1);
        let content: Vec<u8> = (0..=255).cycle().take(900).collect();
        let ids: Vec<PublicId> =
            (0..3).map(|n| attach(&source, ada, 1, file(&format!("{n}.txt"), &content[n..300 + n])).unwrap()).collect();
        let mut text = Vec::new();
        read(&source, |conn| transfer::export(conn, &mut text));
        for to in std::iter::once(Database::sqlite()).chain(postgres_url().map(|url| Database::postgres(&url))) {
            let target = to.open();
            target.migrate().unwrap();
            let text = text.clone();
            write(&target, move |conn| transfer::import(conn, &mut text.as_slice())).unwrap();
            for (n, id) in ids.iter().enumerate() {
                let (_, bytes) = read(&target, |conn| attachments::content(conn, ada, &[1], *id));
                assert_eq!(bytes, content[n..300 + n]);
            }
            attach(&target, ada, 1, file("new.txt", b"new")).unwrap();
        }
    });
}
