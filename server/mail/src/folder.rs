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
    let id = outgoing.message_id.trim_matches(['<', '>']);
    let id: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '@') { c } else { '_' }).take(120).collect();
    format!("{stamp}Z-{id}.eml")
}
