//! Compiled plugins on disk. What lies there is machine code that runs without further checks, so it is sealed, and
//! whatever does not fit is a miss.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use hmac::{Hmac, Mac};
use sha2::Sha256;
use wasmtime::Engine;
use wasmtime::component::Component;

use crate::engine::fingerprint;
use crate::text::sha256;

/// A folder of artefacts: `<fingerprint>/<sha256 of the component>.cwasm`, each after its seal.
pub(crate) struct Cache {
    folder: PathBuf,
    key: [u8; 32],
    fingerprint: String,
}

const SEAL: usize = 32;

impl Cache {
    /// `key` is the instance's secret; artefacts that another instance sealed are misses.
    pub(crate) fn new(folder: &Path, key: [u8; 32], engine: &Engine) -> Self {
        Self { folder: folder.to_owned(), key, fingerprint: fingerprint(engine) }
    }

    pub(crate) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The compiled form of a component, if it is there and nobody has touched it.
    pub(crate) fn get(&self, engine: &Engine, component: &[u8]) -> Option<Component> {
        let name = sha256(component);
        let sealed = fs::read(self.path(&name)).ok()?;
        let (seal, artefact) = sealed.split_at_checked(SEAL)?;
        if self.mac(&name, artefact)?.verify_slice(seal).is_err() {
            tracing::warn!(component = name, "a compiled plugin does not bear our seal; it is compiled again");
            return None;
        }
        load(engine, artefact).inspect_err(|error| tracing::warn!(component = name, %error, "a compiled plugin does not load")).ok()
    }

    /// Keeps an artefact: written aside and renamed, readable by the owner only.
    pub(crate) fn put(&self, component: &[u8], artefact: &[u8]) -> io::Result<()> {
        let name = sha256(component);
        let mac = self.mac(&name, artefact).ok_or_else(|| io::Error::other("no seal"))?;
        let path = self.path(&name);
        let folder = path.parent().ok_or_else(|| io::Error::other("no folder"))?;
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        // The folder may have been there already, with other rights.
        for folder in [self.folder.as_path(), folder] {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
        let aside = folder.join(format!("{name}.{}.new", std::process::id()));
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
        file.write_all(&mac.finalize().into_bytes())?;
        file.write_all(artefact)?;
        file.sync_all()?;
        fs::rename(&aside, path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(&self.fingerprint).join(format!("{name}.cwasm"))
    }

    fn mac(&self, name: &str, artefact: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        for part in [self.fingerprint.as_bytes(), name.as_bytes(), artefact] {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        Some(mac)
    }
}

/// Loads an artefact that was made by our own compiler: fresh from it, or from the cache under its seal.
#[allow(unsafe_code, reason = "wasmtime trusts an artefact; the two callers have it from our compiler or under our seal")]
pub(crate) fn load(engine: &Engine, artefact: &[u8]) -> wasmtime::Result<Component> {
    // SAFETY: `artefact` is the unmodified result of `Engine::precompile_component`: `Host` passes what its compiler has
    // just written, `Cache::get` what passed the check of its HMAC. wasmtime itself checks version and settings.
    unsafe { Component::deserialize(engine, artefact) }
}
