//! Files that are handed in with work: looked at, kept with it, read by whoever may see it.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::attachment::{self, check};
use domain::ids::{AccountId, PublicId};
use domain::time::Instant;
use sha2::{Digest, Sha256};
use store::attachments::{Attachment, NewAttachment};

use crate::body::SentFile;
use crate::caller::Signed;
use crate::errors::{Error, Field};
use crate::services::ledger::Written;
use crate::state::State;

/// Files by the number of their entry.
pub type Files = BTreeMap<u32, Vec<Attachment>>;

/// A file that cannot be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongFile {
    pub name: String,
    pub code: &'static str,
}

/// Looks at files, all of them, away from the thread that answers: their bytes are read and hashed.
pub async fn look(state: &State, sent: Vec<SentFile>) -> Result<Result<Vec<NewAttachment>, Vec<WrongFile>>, Error> {
    let (dice, now) = (Arc::clone(&state.dice), state.clock.now());
    let looked = tokio::task::spawn_blocking(move || {
        let (mut good, mut wrong) = (Vec::new(), Vec::new());
        for SentFile { name, content } in sent {
            match checked(&name, content, dice.public_id(), now) {
                Ok(file) => good.push(file),
                Err(code) => wrong.push(WrongFile { name: domain::account::strip(&name).chars().take(80).collect(), code }),
            }
        }
        if wrong.is_empty() { Ok(good) } else { Err(wrong) }
    });
    looked.await.map_err(Error::machine)
}

/// A file as it will be kept, or why it is not taken.
pub fn checked(name: &str, content: Vec<u8>, id: PublicId, now: Instant) -> Result<NewAttachment, &'static str> {
    let file = check(name, &content)?;
    Ok(NewAttachment { public_id: id, file, sha256: Sha256::digest(&content).into(), content: content.into(), added_at: now })
}

/// Files that cannot be taken, as one error of their field.
pub fn refused(field: &str, wrong: &[WrongFile]) -> Error {
    Error::Fields(wrong.iter().map(|wrong| Field::new(field, wrong.code)).collect())
}

/// Says a rule about files beside their field; any other error stays what it is.
pub fn beside(field: &'static str, error: Error) -> Error {
    match error {
        Error::Rule(code) if attachment::FIELD_CODES.contains(&code) => Error::field(field, code),
        other => other,
    }
}

/// Adds files to one's own submission, for a transaction.
pub fn attaching(
    state: &State,
    account: AccountId,
    entry: u32,
    files: Vec<NewAttachment>,
) -> impl Fn(&mut store::Conn<'_>) -> store::Result<Vec<Attachment>> + Send + 'static {
    let quota = state.instance.attachment_quota;
    move |conn| {
        store::attachments::attach(conn, account, entry, &files, quota)?;
        let mut kept = store::attachments::of_entries(conn, account, &[entry])?.remove(&entry).unwrap_or_default();
        kept.retain(|kept| files.iter().any(|file| file.public_id == kept.public_id));
        Ok(kept)
    }
}

/// Of these entries of one learner.
pub async fn list(state: &State, account: AccountId, written: &[Written]) -> Result<Files, Error> {
    let entries: Vec<u32> = written.iter().map(|(_, entry, _)| entry.seq).collect();
    Ok(state.store.read(move |conn| store::attachments::of_entries(conn, account, &entries)).await?)
}

/// A file of one of these entries, with its bytes.
pub async fn content(state: &State, account: AccountId, entries: Vec<u32>, file: PublicId) -> Result<(Attachment, Vec<u8>), Error> {
    Ok(state.store.scan(move |conn| store::attachments::content(conn, account, &entries, file)).await?)
}

/// Takes a file of one's own away.
pub async fn remove(state: &State, who: &Signed, entry: PublicId, file: PublicId) -> Result<(), Error> {
    let account = who.account.id;
    let act = move |conn: &mut store::Conn<'_>| {
        let (_, entry, _) = store::ledger::by_public_id(conn, account, entry)?;
        store::attachments::detach(conn, account, entry.seq, file)
    };
    Ok(state.store.write(act).await?)
}

/// What one has of what one may have: bytes.
pub async fn used(state: &State, who: &Signed) -> Result<(u64, u64), Error> {
    let (account, quota) = (who.account.id, state.instance.attachment_quota);
    let room = state.store.read(move |conn| store::attachments::room(conn, account, 0, quota)).await?;
    Ok((room.bytes, quota))
}

/// Whether files of one's own entry may be added and removed by now.
pub async fn may_change(state: &State, who: &Signed, written: &Written) -> Result<(bool, bool), Error> {
    let (account, seq, is_blanked) = (who.account.id, written.1.seq, written.2.is_none());
    let read = state.store.read(move |conn| {
        let facts = store::ledger::facts(conn, account)?;
        let is_reviewed = store::attachments::is_reviewed(conn, account, seq)?;
        let (add, remove) = (attachment::may_add(&facts, seq, is_reviewed, is_blanked), attachment::may_remove(&facts, seq, is_reviewed));
        Ok((add.is_ok(), remove.is_ok()))
    });
    Ok(read.await?)
}
