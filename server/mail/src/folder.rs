//! Mail as files: where no server is configured, and for whoever wants to look.

use std::path::{Path, PathBuf};

use tokio::fs;
use tokio::io::AsyncWriteExt;

use crate::{Outgoing, SendError};

/// Writes each mail as `<stamp>-<message-id>.eml`, whole or not at all.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder is made with the first mail.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) async fn write(&self, outgoing: &Outgoing, bytes: Vec<u8>) -> Result<(), SendError> {
        let failed =
            |error: std::io::Error| SendError::passing(format!("the mail folder {} cannot be written: {error}", self.path.display()));
        self.put(&file_name(outgoing), &bytes).await.map_err(failed)
    }

    /// Deletes every file, whole or half, that was written for one of these Message-IDs; says how many. A folder that is not
    /// there holds none. Blocks.
    pub fn forget(&self, message_ids: &[String]) -> std::io::Result<usize> {
        let entries = match std::fs::read_dir(&self.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            entries => entries?,
        };
        let endings: Vec<String> = message_ids.iter().map(|id| format!("Z-{}.eml", in_file_name(id))).collect();
        let mut gone = 0;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = name.strip_suffix(".part").unwrap_or(&name);
            if endings.iter().any(|ending| name.ends_with(ending.as_str())) {
                std::fs::remove_file(entry.path())?;
                gone += 1;
            }
        }
        if gone > 0 {
            std::fs::File::open(&self.path)?.sync_all()?;
        }
        Ok(gone)
    }

    /// Aside, fsync, rename, fsync of the folder: after `Ok` the mail survives a power cut, and nobody ever sees half of
    /// one.
    async fn put(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        fs::create_dir_all(&self.path).await?;
        let aside = self.path.join(format!(".{name}.part"));
        let mut file = fs::File::create(&aside).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        drop(file);
        fs::rename(&aside, self.path.join(name)).await?;
        fs::File::open(&self.path).await?.sync_all().await
    }
}

/// `20261122T183000Z-<id>.eml`: sorts by time, and a second try of the same mail at another time is a second file.
fn file_name(outgoing: &Outgoing) -> String {
    let stamp: String =
        outgoing.date.to_string().chars().take_while(|&c| c != '.' && c != 'Z').filter(|c| !matches!(c, '-' | ':')).collect();
    format!("{stamp}Z-{}.eml", in_file_name(&outgoing.message_id))
}

/// A Message-ID without its brackets and without what a file name may not hold.
fn in_file_name(message_id: &str) -> String {
    let id = message_id.trim_matches(['<', '>']);
    id.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '@') { c } else { '_' }).take(120).collect()
}
