//! Files of work. The document names them; their bytes travel beside it, in archives (tar) of at most 48 MB.
//!
//! With the bytes in it the document would be twenty times as large as what an import reads in one go, and nobody's
//! evidence could be taken along any more. An archive is what anybody's computer opens, and each is small enough to be made
//! and taken in memory. Its first member says whose it is, the others are `<entry>/<sha256>/<name>`: the entry under the id
//! that it had where it was recorded first, so a file finds its work wherever that went.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use domain::account::Account;
use domain::attachment::{MAX_ARCHIVE, archives, check};
use domain::ids::PublicId;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::attachments::{Attachment, NewAttachment};

use super::{Finding, Report};
use crate::caller::Signed;
use crate::errors::Error;
use crate::services::Actor;
use crate::state::State;

const KIND: &str = "own-files";
const HEAD: &str = "waymark.json";
/// Most bytes of an archive: its files, and of each the lines that say what it is.
pub const MAX_BYTES: usize = MAX_ARCHIVE as usize + (16 << 20);

pub(super) fn export(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let ids: BTreeMap<u32, PublicId> = store::origins::ids(conn, account.id)?.into_iter().collect();
    let files = store::attachments::of_account(conn, account.id)?.into_iter().map(|file| {
        json!({
            "entry": ids.get(&file.entry),
            "name": file.name,
            "kind": file.kind.word(),
            "size": file.size,
            "sha256": hex(&file.sha256),
            "added_at": file.added_at,
        })
    });
    Ok(files.collect())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How many files each archive has, and their bytes together.
pub async fn parts(state: &State, who: &Signed) -> Result<Vec<(usize, u64)>, Error> {
    let account = who.account.id;
    let files = state.store.read(move |conn| store::attachments::of_account(conn, account)).await?;
    let bytes = |range: &Range<usize>| files[range.clone()].iter().map(|file| u64::from(file.size)).sum();
    Ok(ranges(&files).iter().map(|range| (range.len(), bytes(range))).collect())
}

fn ranges(files: &[Attachment]) -> Vec<Range<usize>> {
    archives(&files.iter().map(|file| file.size).collect::<Vec<u32>>())
}

/// Archive `part`, from 1. Fails with `NotThere("archive")`.
pub async fn archive(state: &State, who: &Signed, part: usize) -> Result<Vec<u8>, Error> {
    let (account, now) = (who.account.id, state.clock.now());
    let head = json!({ "waymark": KIND, "version": 1, "instance": state.instance_now().name, "exported_at": now });
    let made = state.store.scan(move |conn| {
        let ids: BTreeMap<u32, PublicId> = store::origins::ids(conn, account)?.into_iter().collect();
        let files = store::attachments::of_account(conn, account)?;
        let range = part.checked_sub(1).and_then(|at| ranges(&files).get(at).cloned()).ok_or(store::Error::NotThere("archive"))?;
        let mut archive = tar::Builder::new(Vec::new());
        let mut put = |path: &str, content: &[u8]| {
            let mut about = tar::Header::new_gnu();
            about.set_size(content.len() as u64);
            about.set_mode(0o644);
            about.set_mtime(u64::try_from(now.micros() / 1_000_000).unwrap_or_default());
            archive.append_data(&mut about, path, content).map_err(broken)
        };
        put(HEAD, head.to_string().as_bytes())?;
        for file in &files[range] {
            let Some(entry) = ids.get(&file.entry) else { continue };
            let (_, content) = store::attachments::content(conn, account, &[file.entry], file.public_id)?;
            put(&format!("{entry}/{}/{}", hex(&file.sha256), file.name), &content)?;
        }
        archive.into_inner().map_err(broken)
    });
    Ok(made.await?)
}

fn broken(why: std::io::Error) -> store::Error {
    store::Error::Machine(why.to_string())
}

/// True for what may be an archive; a document begins with a brace.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar")
}

/// An archive that was read and looked at.
#[derive(Clone, Debug)]
pub struct Archive {
    from: String,
    exported_at: String,
    files: Arc<[(PublicId, NewAttachment)]>,
    refused: Vec<Finding>,
}

/// Reads an archive, away from the thread that answers. Fails with `import_not_ours`.
pub async fn read(state: &State, bytes: Vec<u8>) -> Result<Archive, Error> {
    let (dice, now) = (Arc::clone(&state.dice), state.clock.now());
    let read = tokio::task::spawn_blocking(move || {
        let ours = |_| Error::Rule("import_not_ours");
        let (mut head, mut files, mut refused) = (None, Vec::new(), Vec::new());
        for member in tar::Archive::new(bytes.as_slice()).entries().map_err(ours)? {
            let mut member = member.map_err(ours)?;
            let path = String::from_utf8_lossy(&member.path_bytes()).into_owned();
            let mut content = Vec::new();
            member.read_to_end(&mut content).map_err(ours)?;
            if head.is_none() {
                let first = serde_json::from_slice::<Value>(&content).ok().filter(|first| path == HEAD && first["waymark"] == KIND);
                head = Some(first.ok_or(Error::Rule("import_not_ours"))?);
                continue;
            }
            let mut parts = path.splitn(3, '/');
            let (entry, sha256, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next());
            let digest: [u8; 32] = Sha256::digest(&content).into();
            let checked = match (entry.parse::<PublicId>(), name) {
                (Ok(entry), Some(name)) if hex(&digest) == sha256 => check(name, &content).map(|file| (entry, file)),
                _ => Err("file_damaged"),
            };
            match checked {
                Ok((entry, file)) => files.push((
                    entry,
                    NewAttachment { public_id: dice.public_id(), file, sha256: digest, content: content.into(), added_at: now },
                )),
                Err(code) => refused.push(Finding::refused(super::clipped(name.unwrap_or(&path)), "", code)),
            }
        }
        let head = head.ok_or(Error::Rule("import_not_ours"))?;
        let line = |key: &str| super::clipped(head[key].as_str().unwrap_or_default());
        Ok(Archive { from: line("instance"), exported_at: line("exported_at"), files: files.into(), refused })
    });
    read.await.map_err(Error::machine)?
}

/// Gives files to the entries that they belong to, for one transaction. What is there already does not come twice; what has no
/// entry here, or one that takes no files any more, or for which there is no room, is left out and said.
pub fn importing(
    state: &State,
    who: &Signed,
    actor: &Actor,
    archive: Archive,
) -> impl Fn(&mut store::Conn<'_>) -> store::Result<Report> + Send + 'static {
    let (account, quota) = (who.account.id, state.instance.attachment_quota);
    let row = actor.row("own_data.import", format!("account:{}", who.account.public_id), json!({ "from": archive.from }));
    move |conn| {
        store::ledger::hold(conn, account)?;
        let numbers: BTreeMap<PublicId, u32> = store::origins::ids(conn, account)?.into_iter().map(|(number, id)| (id, number)).collect();
        let (mut new, mut known, mut findings) = (0, 0, archive.refused.clone());
        let mut there = store::attachments::of_account(conn, account)?;
        for (entry, file) in archive.files.iter() {
            let Some(&number) = numbers.get(entry) else {
                findings.push(Finding::refused(file.file.name.clone(), "", "no_such_entry"));
                continue;
            };
            if there.iter().any(|other| (other.entry, other.sha256, &other.name) == (number, file.sha256, &file.file.name)) {
                known += 1;
                continue;
            }
            match store::attachments::attach(conn, account, number, std::slice::from_ref(file), quota) {
                Ok(()) => new += 1,
                Err(store::Error::Rule(code)) => {
                    findings.push(Finding::refused(file.file.name.clone(), "", code));
                    continue;
                }
                Err(other) => return Err(other),
            }
            there = store::attachments::of_account(conn, account)?;
        }
        findings.extend((new > 0).then(|| Finding::new("file_new", "", new)));
        findings.extend((known > 0).then(|| Finding::new("file_known", "", known)));
        store::audit::append(conn, &row)?;
        Ok(Report { from: archive.from.clone(), exported_at: archive.exported_at.clone(), dry_run: false, findings })
    }
}
