//! Packs: plugins as files, which version is active, and how their calls went.

use domain::ids::PackId;
use domain::time::Instant;

use crate::{Conn, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPack {
    /// `publisher/name`.
    pub plugin: String,
    pub version: String,
    /// SHA-256 of the archive, hexadecimal.
    pub digest: String,
    pub manifest_json: String,
    pub archive: Vec<u8>,
    /// `roles`, `scoring` or `both`.
    pub kind: String,
    pub now: Instant,
}

/// An installed pack without its archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackRow {
    pub id: PackId,
    pub plugin: String,
    pub version: String,
    pub digest: String,
    pub manifest_json: String,
    pub kind: String,
    /// Bytes of the archive.
    pub size: i64,
    /// The version that the plugin's pointer names.
    pub active: bool,
    /// Whether the plugin is switched on; of all its versions alike.
    pub enabled: bool,
    pub installed_at: Instant,
}

/// One call of a plugin, as it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallStats {
    pub ok: bool,
    pub fuel: u64,
    /// Bytes.
    pub memory: u64,
    /// Bytes.
    pub output: u64,
    pub log_lines: u32,
    pub micros: u64,
    /// Stable code and detail.
    pub error: Option<(String, String)>,
    pub at: Instant,
}

/// All calls of a pack together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackStats {
    pub calls: u64,
    pub failures: u64,
    pub fuel_total: u64,
    pub fuel_max: u64,
    pub memory_max: u64,
    pub output_max: u64,
    pub log_lines_max: u32,
    pub micros_total: u64,
    pub micros_max: u64,
    pub last_call_at: Option<Instant>,
    /// Code, detail and when.
    pub last_error: Option<(String, String, Instant)>,
}

/// Keeps a pack, not active; the first version of a plugin enables it. The same digest again returns the id that it has;
/// the same version with another digest fails with `pack_differs`.
pub fn install(conn: &mut Conn<'_>, new: &NewPack) -> Result<PackId> {
    todo!()
}

/// By plugin, then oldest installation first.
pub fn list(conn: &mut Conn<'_>) -> Result<Vec<PackRow>> {
    todo!()
}

/// Points the plugin at a version.
pub fn activate(conn: &mut Conn<'_>, plugin: &str, version: &str) -> Result<()> {
    todo!()
}

pub fn set_enabled(conn: &mut Conn<'_>, plugin: &str, enabled: bool) -> Result<()> {
    todo!()
}

/// The active pack of a plugin, enabled or not (look at `enabled`); none when no version was activated.
pub fn active(conn: &mut Conn<'_>, plugin: &str) -> Result<Option<PackRow>> {
    todo!()
}

pub fn by_digest(conn: &mut Conn<'_>, digest: &str) -> Result<Option<PackRow>> {
    todo!()
}

pub fn archive(conn: &mut Conn<'_>, id: PackId) -> Result<Vec<u8>> {
    todo!()
}

pub fn record_call(conn: &mut Conn<'_>, id: PackId, call: &CallStats) -> Result<()> {
    todo!()
}

/// All zero before the first call.
pub fn stats(conn: &mut Conn<'_>, id: PackId) -> Result<PackStats> {
    todo!()
}
