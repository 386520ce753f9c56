//! Packs as files: a gzipped tar, entries sorted, times zero. Read with caps and refused whole; written to the same bytes
//! everywhere.

use std::collections::BTreeMap;
use std::io::{self, Read};

use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};

use crate::manifest::Manifest;
use crate::refusal::Refusal;
use crate::text::{plain, sha256};

/// Most files in a pack.
pub const MAX_FILES: usize = 64;
/// Most bytes of a pack, unpacked.
pub const MAX_UNPACKED: usize = 40 << 20;
/// Most bytes that one packed byte may unpack to.
pub const MAX_RATIO: usize = 100;

/// A pack whose manifest was read and whose files are what the manifest says.
#[derive(Clone, Debug)]
pub struct Pack {
    pub manifest: Manifest,
    /// SHA-256 of the archive, hexadecimal.
    pub digest: String,
    /// All files but the manifest, by their name in the pack.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Pack {
    /// Reads an archive.
    ///
    /// # Errors
    /// `archive` (not a gzipped tar, too much in it, links, names that lead elsewhere, files that do not belong in a
    /// pack), `manifest`, `hash_mismatch`.
    pub fn read(archive: &[u8]) -> Result<Self, Refusal> {
        let mut files = unpack(archive)?;
        let text = files.remove(MANIFEST).ok_or_else(|| refuse("it holds no plugin.toml"))?;
        let text = String::from_utf8(text).map_err(|_| refuse("plugin.toml is not UTF-8"))?;
        let manifest = Manifest::parse(&text)?;
        check_hashes(&manifest, &files).map_err(|refusal| refusal.of(&manifest.id))?;
        Ok(Self { manifest, digest: sha256(archive), files })
    }

    /// A file's text; none where it is missing.
    ///
    /// # Errors
    /// It is not UTF-8.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let Some(bytes) = self.files.get(name) else { return Ok(None) };
        let text = std::str::from_utf8(bytes);
        text.map(Some).map_err(|_| Refusal::new("documents", format!("{name} is not UTF-8"), "Save it as UTF-8").of(&self.manifest.id))
    }

    /// Name without folder and ending, and text, of the files in a folder with an ending.
    ///
    /// # Errors
    /// One of them is not UTF-8.
    pub fn texts(&self, folder: &str, ending: &str) -> Result<Vec<(&str, &str)>, Refusal> {
        let mut texts = Vec::new();
        for name in self.files.keys() {
            if let Some(stem) = name.strip_prefix(folder).and_then(|name| name.strip_suffix(ending))
                && let Some(text) = self.text(name)?
            {
                texts.push((stem, text));
            }
        }
        Ok(texts)
    }
}

const MANIFEST: &str = "plugin.toml";
const SINGLE: &[&str] = &[MANIFEST, "component.wasm", "skills.toml", "README.md", "LICENSE", "CHANGELOG.md", "signature"];
const FOLDERS: &[(&str, &str)] = &[("templates/", ".toml"), ("questions/", ".toml"), ("messages/", ".ftl"), ("fixtures/", ".json")];

/// True for names that may stand in a pack.
pub(crate) fn belongs(name: &str) -> bool {
    let stem = |stem: &str| {
        !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')) && !stem.starts_with('.')
    };
    SINGLE.contains(&name)
        || FOLDERS.iter().any(|(folder, ending)| name.strip_prefix(folder).and_then(|name| name.strip_suffix(ending)).is_some_and(stem))
}

fn refuse(what: impl Into<String>) -> Refusal {
    Refusal::new("archive", what, "Pack it again with `waymark plugin build`")
}

fn unpack(archive: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Refusal> {
    let most = MAX_UNPACKED.min(archive.len().saturating_mul(MAX_RATIO));
    let mut reader = tar::Archive::new(Capped { inner: GzDecoder::new(archive), left: most });
    let broken = |error: io::Error| refuse(format!("it cannot be unpacked: {}", plain(&error.to_string(), 200)));
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    // Raw: long names and the like come as entries of their own kind, and are refused by it.
    for entry in reader.entries().map_err(broken)?.raw(true) {
        let mut entry = entry.map_err(broken)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let shown = plain(&name, 80);
        if entry.header().entry_type() != tar::EntryType::Regular {
            return Err(refuse(format!("“{shown}” is not a plain file")));
        }
        if !belongs(&name) {
            return Err(refuse(format!("“{shown}” does not belong in a pack")));
        }
        if files.last_key_value().is_some_and(|(last, _)| *last >= name) {
            return Err(refuse(format!("“{shown}” stands out of order")));
        }
        if files.len() == MAX_FILES {
            return Err(refuse(format!("it holds more than {MAX_FILES} files")));
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(broken)?;
        files.insert(name, bytes);
    }
    let mut rest = reader.into_inner();
    io::copy(&mut rest, &mut io::sink()).map_err(broken)?;
    if !rest.inner.into_inner().is_empty() {
        return Err(refuse("something follows the archive"));
    }
    Ok(files)
}

/// Fails once more than `left` bytes were read.
struct Capped<R> {
    inner: R,
    left: usize,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read).ok_or_else(|| {
            io::Error::other(format!("it unpacks to more than {} MiB, or to more than {MAX_RATIO} times its size", MAX_UNPACKED >> 20))
        })?;
        Ok(read)
    }
}

fn check_hashes(manifest: &Manifest, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Refusal> {
    let refuse = |what: String| Err(Refusal::new("hash_mismatch", what, "Get the pack again from its publisher, or pack it again"));
    for (name, bytes) in files.iter().filter(|(name, _)| *name != "signature") {
        match manifest.files.get(name) {
            Some(hash) if *hash == sha256(bytes) => {}
            Some(_) => return refuse(format!("{name} is not the file that plugin.toml names")),
            None => return refuse(format!("plugin.toml does not name {name}")),
        }
    }
    match manifest.files.keys().find(|name| !files.contains_key(*name)) {
        Some(missing) => refuse(format!("{} is missing", plain(missing, 80))),
        None => Ok(()),
    }
}

/// Writes a pack: `manifest` is the author's `plugin.toml`, without `[files]`; `files` are all others. The same content
/// gives the same bytes.
///
/// # Errors
/// What [`Pack::read`] would refuse.
pub fn write(manifest: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, Refusal> {
    if !Manifest::parse(manifest)?.files.is_empty() {
        return Err(Refusal::new("manifest", "plugin.toml has [files] already", "Remove it: packing writes it"));
    }
    let mut text = format!("{}\n\n[files]\n", manifest.trim_end());
    for (name, bytes) in files.iter().filter(|(name, _)| *name != "signature") {
        text += &format!("\"{name}\" = \"{}\"\n", sha256(bytes));
    }
    let mut all: BTreeMap<&str, &[u8]> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    all.insert(MANIFEST, text.as_bytes());
    let archive = archive(&all).map_err(|error| refuse(error.to_string()))?;
    Pack::read(&archive)?;
    Ok(archive)
}

fn archive(files: &BTreeMap<&str, &[u8]>) -> io::Result<Vec<u8>> {
    // 255: no operating system, so that none leaves its mark.
    let gzip = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    let mut tar = tar::Builder::new(gzip);
    for (name, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_path(name)?;
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_entry_type(tar::EntryType::Regular);
        header.set_cksum();
        tar.append(&header, *bytes)?;
    }
    tar.into_inner()?.finish()
}
