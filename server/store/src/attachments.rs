//! Files that were handed in with work. What lists them never reads their bytes: those stand in a table of their own, and
//! are asked for one file at a time, in a [`crate::Store::scan`].

use std::collections::BTreeMap;
use std::sync::Arc;

use diesel::dsl::{count_star, sum};
use diesel::prelude::*;
use domain::attachment::{AttachmentKind, CheckedFile, Room, has_room, may_add, may_remove};
use domain::ids::{AccountId, PublicId};
use domain::ledger::FieldError;
use domain::time::Instant;

use crate::rows::{self, one};
use crate::schema::{attachment_contents, attachments, evidence_payloads};
use crate::{Conn, Error, Result, ledger, reviews};

/// A file to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttachment {
    pub public_id: PublicId,
    pub file: CheckedFile,
    pub sha256: [u8; 32],
    pub content: Arc<[u8]>,
    pub added_at: Instant,
}

/// A file, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub public_id: PublicId,
    /// Number of the entry that it belongs to.
    pub entry: u32,
    pub name: String,
    pub kind: AttachmentKind,
    /// Bytes.
    pub size: u32,
    pub sha256: [u8; 32],
    pub added_at: Instant,
}

/// Adds files to work that was handed in before. Fails with a code of [`domain::attachment`]. Holds the ledger, as an answer
/// of a reviewer does: of a file and a review at once, and of two files of which only one fits, the first counts and the other
/// is told.
pub fn attach(conn: &mut Conn<'_>, account: AccountId, entry: u32, new: &[NewAttachment], quota: u64) -> Result<()> {
    ledger::hold(conn, account)?;
    let facts = ledger::facts(conn, account)?;
    let (is_reviewed, is_blanked) = (is_reviewed(conn, account, entry)?, is_blanked(conn, account, entry)?);
    may_add(&facts, entry, is_reviewed, is_blanked).map_err(rule)?;
    add(conn, account, entry, new, quota)
}

/// Takes a file away, under the same lock.
pub fn detach(conn: &mut Conn<'_>, account: AccountId, entry: u32, public_id: PublicId) -> Result<()> {
    ledger::hold(conn, account)?;
    let facts = ledger::facts(conn, account)?;
    may_remove(&facts, entry, is_reviewed(conn, account, entry)?).map_err(rule)?;
    let seq = rows::signed(entry)?;
    let removed = on_backend!(conn, c => diesel::delete(
            attachments::table
                .filter(attachments::public_id.eq(public_id.bytes().as_slice()))
                .filter(attachments::account.eq(account.0))
                .filter(attachments::entry.eq(seq)),
        )
        .execute(c))?;
    one(removed, "attachment")
}

fn rule(why: FieldError) -> Error {
    Error::Rule(why.code)
}

/// Somebody, here or outside, has answered.
pub fn is_reviewed(conn: &mut Conn<'_>, account: AccountId, entry: u32) -> Result<bool> {
    let requests = reviews::list(conn, account, Some(&[entry]), None, i64::from(i32::MAX))?;
    Ok(requests.iter().any(|request| request.answer.is_some()))
}

fn is_blanked(conn: &mut Conn<'_>, account: AccountId, entry: u32) -> Result<bool> {
    let seq = rows::signed(entry)?;
    let at: Option<Option<i64>> = on_backend!(conn, c => evidence_payloads::table
        .find((account.0, seq))
        .select(evidence_payloads::redacted_at)
        .first(c)
        .optional())?;
    Ok(at.flatten().is_some())
}

/// Keeps files of an entry that this transaction holds the ledger for. Fails with `attachments_too_many` and
/// `attachments_quota`.
pub fn add(conn: &mut Conn<'_>, account: AccountId, entry: u32, new: &[NewAttachment], quota: u64) -> Result<()> {
    let files: Vec<CheckedFile> = new.iter().map(|new| new.file.clone()).collect();
    has_room(room(conn, account, entry, quota)?, &files).map_err(rule)?;
    let entry = rows::signed(entry)?;
    for attachment in new {
        let size = rows::signed(attachment.file.size)?;
        let kept = on_backend!(conn, c => diesel::insert_into(attachments::table)
            .values((
                attachments::public_id.eq(attachment.public_id.bytes().as_slice()),
                attachments::account.eq(account.0),
                attachments::entry.eq(entry),
                attachments::name.eq(attachment.file.name.as_str()),
                attachments::kind.eq(attachment.file.kind.word()),
                attachments::size.eq(size),
                attachments::sha256.eq(attachment.sha256.as_slice()),
                attachments::added_at.eq(attachment.added_at.micros()),
            ))
            .returning(attachments::id)
            .get_result::<i64>(c));
        let id = kept.map_err(|why| Error::from(why).naming("entry"))?;
        on_backend!(conn, c => diesel::insert_into(attachment_contents::table)
            .values((attachment_contents::id.eq(id), attachment_contents::content.eq(&attachment.content[..])))
            .execute(c))?;
    }
    Ok(())
}

/// What there is by now. `entry` is the number of an entry that may get more.
pub fn room(conn: &mut Conn<'_>, account: AccountId, entry: u32, quota: u64) -> Result<Room> {
    let entry = rows::signed(entry)?;
    let (files, bytes): (i64, Option<i64>) = on_backend!(conn, c => {
        let files = attachments::table
            .filter(attachments::account.eq(account.0))
            .filter(attachments::entry.eq(entry))
            .select(count_star())
            .first(c)?;
        let bytes = attachments::table.filter(attachments::account.eq(account.0)).select(sum(attachments::size)).first(c)?;
        (files, bytes)
    });
    Ok(Room { files: usize::try_from(files).unwrap_or(usize::MAX), bytes: rows::unsigned_long(bytes.unwrap_or_default()), quota })
}

/// Files of these entries of one learner, by entry, in the order in which they came.
pub fn of_entries(conn: &mut Conn<'_>, account: AccountId, entries: &[u32]) -> Result<BTreeMap<u32, Vec<Attachment>>> {
    let entries: Vec<i32> = entries.iter().map(|&entry| rows::signed(entry)).collect::<Result<_>>()?;
    let rows: Vec<Row> = on_backend!(conn, c => attachments::table
        .filter(attachments::account.eq(account.0))
        .filter(attachments::entry.eq_any(entries))
        .order(attachments::id)
        .select(Row::as_select())
        .load(c))?;
    let mut of: BTreeMap<u32, Vec<Attachment>> = BTreeMap::new();
    for row in rows {
        let attachment = row.attachment()?;
        of.entry(attachment.entry).or_default().push(attachment);
    }
    Ok(of)
}

/// All files of a learner, in the order in which they came.
pub fn of_account(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Attachment>> {
    let rows: Vec<Row> = on_backend!(conn, c => attachments::table
        .filter(attachments::account.eq(account.0))
        .order(attachments::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::attachment).collect()
}

/// A file with its bytes: of one of these entries, else it is not there.
pub fn content(conn: &mut Conn<'_>, account: AccountId, entries: &[u32], public_id: PublicId) -> Result<(Attachment, Vec<u8>)> {
    let entries: Vec<i32> = entries.iter().map(|&entry| rows::signed(entry)).collect::<Result<_>>()?;
    let found: Option<(Row, Vec<u8>)> = on_backend!(conn, c => attachments::table
        .inner_join(attachment_contents::table)
        .filter(attachments::public_id.eq(public_id.bytes().as_slice()))
        .filter(attachments::account.eq(account.0))
        .filter(attachments::entry.eq_any(entries))
        .select((Row::as_select(), attachment_contents::content))
        .first(c)
        .optional())?;
    let (row, content) = found.ok_or(Error::NotThere("attachment"))?;
    Ok((row.attachment()?, content))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = attachments, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    public_id: Vec<u8>,
    entry: i32,
    name: String,
    kind: String,
    size: i32,
    sha256: Vec<u8>,
    added_at: i64,
}

impl Row {
    fn attachment(self) -> Result<Attachment> {
        Ok(Attachment {
            public_id: rows::public_id(&self.public_id)?,
            entry: rows::unsigned(self.entry)?,
            name: self.name,
            kind: rows::word(&self.kind)?,
            size: rows::unsigned(self.size)?,
            sha256: rows::hash(&self.sha256)?,
            added_at: Instant::from_micros(self.added_at),
        })
    }
}
