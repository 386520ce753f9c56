//! Packs: plugins as files, which version is active, and how their calls went.

use diesel::dsl::case_when;
use diesel::prelude::*;
use domain::ids::PackId;
use domain::time::Instant;

use crate::rows::{one, signed, signed_long, unsigned, unsigned_long};
use crate::schema::{pack_stats, packs, plugins};
use crate::{Conn, Error, Result, instance};

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
    if let Some(known) = by_digest(conn, &new.digest)? {
        return Ok(known.id);
    }
    let size = i64::try_from(new.archive.len()).unwrap_or(i64::MAX);
    let id = on_backend!(conn, c => {
        diesel::insert_into(plugins::table)
            .values((plugins::plugin.eq(&new.plugin), plugins::enabled.eq(true)))
            .on_conflict_do_nothing()
            .execute(c)?;
        diesel::insert_into(packs::table)
            .values((
                packs::plugin.eq(&new.plugin),
                packs::version.eq(&new.version),
                packs::digest.eq(&new.digest),
                packs::kind.eq(&new.kind),
                packs::manifest.eq(&new.manifest_json),
                packs::size.eq(size),
                packs::active.eq(false),
                packs::installed_at.eq(new.now.micros()),
                packs::archive.eq(&new.archive),
            ))
            .returning(packs::id)
            .get_result(c)
    })?;
    instance::bump(conn)?;
    Ok(PackId(id))
}

/// By plugin, then oldest installation first.
pub fn list(conn: &mut Conn<'_>) -> Result<Vec<PackRow>> {
    let rows: Vec<(Row, bool)> = on_backend!(conn, c => packs::table
        .inner_join(plugins::table)
        .order((packs::plugin, packs::id))
        .select((Row::as_select(), plugins::enabled))
        .load(c))?;
    Ok(rows.into_iter().map(pack).collect())
}

/// Points the plugin at a version; what was active before stays installed.
pub fn activate(conn: &mut Conn<'_>, plugin: &str, version: &str) -> Result<()> {
    let versions = packs::plugin.eq(plugin);
    let changed = on_backend!(conn, c => {
        diesel::update(packs::table.filter(versions).filter(packs::active.eq(true))).set(packs::active.eq(false)).execute(c)?;
        diesel::update(packs::table.filter(versions).filter(packs::version.eq(version))).set(packs::active.eq(true)).execute(c)
    })?;
    one(changed, "pack")?;
    instance::bump(conn)
}

pub fn set_enabled(conn: &mut Conn<'_>, plugin: &str, enabled: bool) -> Result<()> {
    let changed = on_backend!(conn, c => diesel::update(plugins::table.find(plugin)).set(plugins::enabled.eq(enabled)).execute(c))?;
    one(changed, "plugin")?;
    instance::bump(conn)
}

/// The active pack of a plugin, enabled or not (look at `enabled`); none when no version was activated.
pub fn active(conn: &mut Conn<'_>, plugin: &str) -> Result<Option<PackRow>> {
    let row: Option<(Row, bool)> = on_backend!(conn, c => packs::table
        .inner_join(plugins::table)
        .filter(packs::plugin.eq(plugin))
        .filter(packs::active.eq(true))
        .select((Row::as_select(), plugins::enabled))
        .first(c)
        .optional())?;
    Ok(row.map(pack))
}

pub fn by_digest(conn: &mut Conn<'_>, digest: &str) -> Result<Option<PackRow>> {
    let row: Option<(Row, bool)> = on_backend!(conn, c => packs::table
        .inner_join(plugins::table)
        .filter(packs::digest.eq(digest))
        .select((Row::as_select(), plugins::enabled))
        .first(c)
        .optional())?;
    Ok(row.map(pack))
}

pub fn archive(conn: &mut Conn<'_>, id: PackId) -> Result<Vec<u8>> {
    let archive: Option<Vec<u8>> = on_backend!(conn, c => packs::table.find(id.0).select(packs::archive).first(c).optional())?;
    archive.ok_or(Error::NotThere("pack"))
}

/// The larger of a column and a value: the databases name that function differently.
macro_rules! larger {
    ($column:ident, $value:expr) => {
        case_when(pack_stats::$column.lt($value), $value.into_sql::<diesel::dsl::SqlTypeOf<pack_stats::$column>>())
            .otherwise(pack_stats::$column)
    };
}

/// Adds a call to the pack's numbers.
pub fn record_call(conn: &mut Conn<'_>, id: PackId, call: &CallStats) -> Result<()> {
    let (fuel, memory, output, micros) =
        (signed_long(call.fuel), signed_long(call.memory), signed_long(call.output), signed_long(call.micros));
    let (lines, failures, at) = (signed(call.log_lines)?, i64::from(!call.ok), call.at.micros());
    on_backend!(conn, c => {
        let known = diesel::update(pack_stats::table.find(id.0))
            .set((
                pack_stats::calls.eq(pack_stats::calls + 1),
                pack_stats::failures.eq(pack_stats::failures + failures),
                pack_stats::fuel_total.eq(pack_stats::fuel_total + fuel),
                pack_stats::fuel_max.eq(larger!(fuel_max, fuel)),
                pack_stats::memory_max.eq(larger!(memory_max, memory)),
                pack_stats::output_max.eq(larger!(output_max, output)),
                pack_stats::log_lines_max.eq(larger!(log_lines_max, lines)),
                pack_stats::micros_total.eq(pack_stats::micros_total + micros),
                pack_stats::micros_max.eq(larger!(micros_max, micros)),
                pack_stats::last_call_at.eq(at),
            ))
            .execute(c)?;
        if known == 0 {
            diesel::insert_into(pack_stats::table)
                .values((
                    pack_stats::pack.eq(id.0),
                    pack_stats::calls.eq(1_i64),
                    pack_stats::failures.eq(failures),
                    pack_stats::fuel_total.eq(fuel),
                    pack_stats::fuel_max.eq(fuel),
                    pack_stats::memory_max.eq(memory),
                    pack_stats::output_max.eq(output),
                    pack_stats::log_lines_max.eq(lines),
                    pack_stats::micros_total.eq(micros),
                    pack_stats::micros_max.eq(micros),
                    pack_stats::last_call_at.eq(at),
                ))
                .execute(c)?;
        }
        if let Some((code, detail)) = &call.error {
            diesel::update(pack_stats::table.find(id.0))
                .set((
                    pack_stats::last_error_code.eq(code),
                    pack_stats::last_error_detail.eq(detail),
                    pack_stats::last_error_at.eq(at),
                ))
                .execute(c)?;
        }
    });
    Ok(())
}

/// All zero before the first call.
pub fn stats(conn: &mut Conn<'_>, id: PackId) -> Result<PackStats> {
    let row: Option<StatsRow> = on_backend!(conn, c => pack_stats::table.find(id.0).select(StatsRow::as_select()).first(c).optional())?;
    let Some(row) = row else { return Ok(PackStats::default()) };
    let error = row.last_error_code.zip(row.last_error_detail).zip(row.last_error_at);
    Ok(PackStats {
        calls: unsigned_long(row.calls),
        failures: unsigned_long(row.failures),
        fuel_total: unsigned_long(row.fuel_total),
        fuel_max: unsigned_long(row.fuel_max),
        memory_max: unsigned_long(row.memory_max),
        output_max: unsigned_long(row.output_max),
        log_lines_max: unsigned(row.log_lines_max)?,
        micros_total: unsigned_long(row.micros_total),
        micros_max: unsigned_long(row.micros_max),
        last_call_at: Some(Instant::from_micros(row.last_call_at)),
        last_error: error.map(|((code, detail), at)| (code, detail, Instant::from_micros(at))),
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = packs, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    plugin: String,
    version: String,
    digest: String,
    manifest: String,
    kind: String,
    size: i64,
    active: bool,
    installed_at: i64,
}

fn pack((row, enabled): (Row, bool)) -> PackRow {
    PackRow {
        id: PackId(row.id),
        plugin: row.plugin,
        version: row.version,
        digest: row.digest,
        manifest_json: row.manifest,
        kind: row.kind,
        size: row.size,
        active: row.active,
        enabled,
        installed_at: Instant::from_micros(row.installed_at),
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = pack_stats, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct StatsRow {
    calls: i64,
    failures: i64,
    fuel_total: i64,
    fuel_max: i64,
    memory_max: i64,
    output_max: i64,
    log_lines_max: i32,
    micros_total: i64,
    micros_max: i64,
    last_call_at: i64,
    last_error_code: Option<String>,
    last_error_detail: Option<String>,
    last_error_at: Option<i64>,
}
