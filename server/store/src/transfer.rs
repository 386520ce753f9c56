//! Everything in one stream of JSON lines that either database writes and either reads: the export of an instance, and
//! the backup of one on PostgreSQL. Sessions, reset codes and idempotency keys are left out: nobody needs them
//! back.
//!
//! The first line names the format and the last migration; every other is `{"row": {…}, "table": "accounts"}`. Bytes are
//! hexadecimal.

use std::io::{BufRead, Write};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, sql_query};
use serde_json::{Map, Value, json};

use crate::rows::to_json;
use crate::{Conn, Error, Result};

const FORMAT: u32 = 1;
/// Rows that are in memory at once.
const PAGE: i64 = 500;

/// The same of one table: files are up to 20 MB each as JSON.
fn rows_at_once(table: &str) -> i64 {
    if table == "attachment_contents" { 1 } else { PAGE }
}

/// Tables and their keys; what others refer to comes first.
const TABLES: &[(&str, &[&str])] = &[
    ("accounts", &["id"]),
    ("erasures", &["public_id"]),
    ("tokens", &["id"]),
    ("cohorts", &["id"]),
    ("memberships", &["cohort", "account"]),
    ("member_spans", &["id"]),
    ("member_terms", &["cohort", "account"]),
    ("cohort_setups", &["cohort"]),
    ("cohort_holidays", &["cohort", "first_day"]),
    ("cohort_links", &["id"]),
    ("alert_settings", &["cohort"]),
    ("cohort_alerts", &["id"]),
    ("completion_rules", &["cohort"]),
    ("member_outcomes", &["cohort", "account"]),
    ("summary_links", &["id"]),
    ("summary_consents", &["link", "account"]),
    ("enrolled_accounts", &["account"]),
    ("invitations", &["id"]),
    ("plugins", &["plugin"]),
    ("packs", &["id"]),
    ("pack_stats", &["pack"]),
    ("catalogue_documents", &["pack"]),
    ("question_decks", &["pack", "deck"]),
    ("revisions", &["id"]),
    ("revision_origins", &["revision", "origin"]),
    ("cohort_roles", &["cohort", "role"]),
    ("cohort_plan", &["cohort", "role", "kind", "item"]),
    ("paths", &["id"]),
    ("cohort_upgrades", &["id"]),
    ("path_upgrades", &["id"]),
    ("path_pauses", &["path", "first_day"]),
    ("plans", &["path", "requirement"]),
    ("plan_links", &["path", "requirement", "position"]),
    ("plan_minutes", &["path", "requirement", "day"]),
    ("evidence", &["account", "seq"]),
    ("evidence_subjects", &["account", "seq", "position"]),
    ("evidence_payloads", &["account", "seq"]),
    ("attachments", &["id"]),
    ("attachment_contents", &["id"]),
    ("co_authors", &["id"]),
    ("review_requests", &["id"]),
    ("reviews", &["id"]),
    ("review_verdicts", &["review", "position"]),
    ("review_claims", &["request"]),
    ("review_drafts", &["request", "account"]),
    ("help_requests", &["id"]),
    ("help_claims", &["request"]),
    ("assessments", &["account", "seq"]),
    ("mentor_notes", &["id"]),
    ("mentor_messages", &["id"]),
    ("evidence_origins", &["account", "seq"]),
    ("withheld_entries", &["cohort", "account", "seq"]),
    ("scorecards", &["id"]),
    ("practice_decks", &["id"]),
    ("practice_cards", &["id"]),
    ("practice_states", &["account", "card"]),
    ("practice_reviews", &["id"]),
    ("practice_settings", &["account"]),
    ("practice_unsettled", &["account", "topic"]),
    ("interviews", &["id"]),
    ("interview_questions", &["interview", "position"]),
    ("digest_schedules", &["account", "kind"]),
    ("outbox", &["id"]),
    ("instance_settings", &["key"]),
    ("instance_secrets", &["name"]),
    ("instance_version", &["id"]),
    ("audit", &["id"]),
];

/// Writes everything; how many rows. In a read of the store it is one snapshot.
pub fn export(conn: &mut Conn<'_>, out: &mut dyn Write) -> Result<u64> {
    let mut rows = 0;
    line(out, &json!({ "waymark": "export", "format": FORMAT, "migration": last_migration(conn)? }))?;
    for (table, key) in TABLES {
        let columns = columns(conn, table)?;
        let mut after = 0;
        loop {
            let page = page(conn, table, key, &columns, after)?;
            for row in &page {
                let row: Value = serde_json::from_str(row).map_err(broken)?;
                // pages of a numbered table go by number, of others by how many came before
                after = if *key == ["id"] { row["id"].as_i64().unwrap_or_default() } else { after + 1 };
                line(out, &json!({ "table": table, "row": row }))?;
                rows += 1;
            }
            if (page.len() as i64) < rows_at_once(table) {
                break;
            }
        }
    }
    out.flush().map_err(broken)?;
    Ok(rows)
}

/// Reads an export into an empty, migrated database; how many rows. Goes into one transaction. Fails with
/// `import_not_empty`, with `import_other_schema` when the export was made at another migration, with
/// `import_malformed` for a line that is none of an export.
pub fn import(conn: &mut Conn<'_>, from: &mut dyn BufRead) -> Result<u64> {
    let accounts: Vec<Number> = query(conn, "SELECT COUNT(*) AS number FROM accounts")?;
    if accounts.first().is_none_or(|accounts| accounts.number > 0) {
        return Err(Error::Rule("import_not_empty"));
    }
    let mut lines = from.lines();
    let head: Value = parse(lines.next())?;
    if head["waymark"] != "export" || head["format"] != FORMAT {
        return Err(Error::Rule("import_malformed"));
    }
    if head["migration"] != last_migration(conn)?.as_str() {
        return Err(Error::Rule("import_other_schema"));
    }
    execute(conn, "DELETE FROM instance_version")?;
    let mut inserts: Vec<(&str, Vec<Column>, String)> = Vec::new();
    let mut rows = 0;
    for next in lines {
        let mut entry: Map<String, Value> = parse(Some(next))?;
        let table = entry.get("table").and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some(Value::Object(row)) = entry.remove("row") else { return Err(Error::Rule("import_malformed")) };
        if inserts.iter().all(|(known, ..)| *known != table) {
            let (name, _) = TABLES.iter().find(|(name, _)| *name == table).ok_or(Error::Rule("import_malformed"))?;
            let columns = columns(conn, name)?;
            let insert = insert(conn, name, &columns);
            inserts.push((name, columns, insert));
        }
        let Some((_, columns, insert)) = inserts.iter().find(|(known, ..)| *known == table) else { continue };
        if row.len() != columns.len() || columns.iter().any(|column| !row.contains_key(&column.name)) {
            return Err(Error::Rule("import_malformed"));
        }
        let row = to_json(&row)?;
        on_backend!(conn, c => sql_query(insert).bind::<Text, _>(&row).execute(c))?;
        rows += 1;
    }
    restart_numbers(conn)?;
    Ok(rows)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bytes,
    Truth,
    Number,
    Text,
}

struct Column {
    name: String,
    kind: Kind,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Only texts of this file are run as SQL, and names that the database itself gave.
fn query<T>(conn: &mut Conn<'_>, sql: &str) -> Result<Vec<T>>
where
    T: QueryableByName<diesel::sqlite::Sqlite> + QueryableByName<diesel::pg::Pg> + 'static,
{
    Ok(on_backend!(conn, c => sql_query(sql).load(c))?)
}

fn execute(conn: &mut Conn<'_>, sql: &str) -> Result<()> {
    on_backend!(conn, c => sql_query(sql).execute(c))?;
    Ok(())
}

fn last_migration(conn: &mut Conn<'_>) -> Result<String> {
    let last: Vec<Line> = query(conn, "SELECT MAX(version) AS line FROM __diesel_schema_migrations")?;
    last.into_iter().next().map(|last| last.line).ok_or(Error::NotThere("migration"))
}

fn columns(conn: &mut Conn<'_>, table: &str) -> Result<Vec<Column>> {
    let sql = match conn {
        Conn::Sqlite(_) => format!("SELECT name || ' ' || lower(type) AS line FROM pragma_table_info('{table}') ORDER BY cid"),
        Conn::Postgres(_) => format!(
            "SELECT column_name || ' ' || data_type AS line FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    let lines: Vec<Line> = query(conn, &sql)?;
    let column = |line: &Line| {
        let (name, kind) = line.line.split_once(' ').unwrap_or((&line.line, ""));
        let kind = match kind {
            "blob" | "bytea" => Kind::Bytes,
            "boolean" => Kind::Truth,
            "text" => Kind::Text,
            _ => Kind::Number,
        };
        Column { name: name.to_owned(), kind }
    };
    Ok(lines.iter().map(column).collect())
}

/// Rows as JSON objects.
fn page(conn: &mut Conn<'_>, table: &str, key: &[&str], columns: &[Column], after: i64) -> Result<Vec<String>> {
    let sqlite = matches!(conn, Conn::Sqlite(_));
    let value = |column: &Column| {
        let name = format!("\"{}\"", column.name);
        match (column.kind, sqlite) {
            // hex(NULL) is an empty text
            (Kind::Bytes, true) => format!("CASE WHEN {name} IS NOT NULL THEN lower(hex({name})) END"),
            (Kind::Bytes, false) => format!("encode({name}, 'hex')"),
            (Kind::Truth, true) => format!("json(CASE WHEN {name} THEN 'true' WHEN NOT {name} THEN 'false' ELSE 'null' END)"),
            _ => name,
        }
    };
    let pairs: Vec<String> = columns.iter().map(|column| format!("'{}', {}", column.name, value(column))).collect();
    let object = if sqlite { "json_object" } else { "json_build_object" };
    let text = if sqlite { "" } else { "::text" };
    let order = key.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ");
    let from = if key == ["id"] { format!("WHERE id > {after} ORDER BY {order}") } else { format!("ORDER BY {order}") };
    let skip = if key == ["id"] { 0 } else { after };
    let limit = rows_at_once(table);
    let sql = format!("SELECT {object}({}){text} AS line FROM \"{table}\" {from} LIMIT {limit} OFFSET {skip}", pairs.join(", "));
    Ok(query::<Line>(conn, &sql)?.into_iter().map(|line| line.line).collect())
}

/// One row from one JSON object.
fn insert(conn: &Conn<'_>, table: &str, columns: &[Column]) -> String {
    let sqlite = matches!(conn, Conn::Sqlite(_));
    let value = |column: &Column| match (column.kind, sqlite) {
        (Kind::Bytes, true) => format!("unhex(json_extract(j, '$.{}'))", column.name),
        (_, true) => format!("json_extract(j, '$.{}')", column.name),
        (Kind::Bytes, false) => format!("decode(j->>'{}', 'hex')", column.name),
        (Kind::Truth, false) => format!("(j->>'{}')::boolean", column.name),
        (Kind::Number, false) => format!("(j->>'{}')::bigint", column.name),
        (Kind::Text, false) => format!("j->>'{}'", column.name),
    };
    let names: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let values: Vec<String> = columns.iter().map(value).collect();
    let source = if sqlite { "(SELECT ? AS j)" } else { "(SELECT $1::json AS j) AS source" };
    format!("INSERT INTO \"{table}\" ({}) SELECT {} FROM {source}", names.join(", "), values.join(", "))
}

/// PostgreSQL's identities do not notice keys that were brought along; SQLite's do.
fn restart_numbers(conn: &mut Conn<'_>) -> Result<()> {
    if matches!(conn, Conn::Sqlite(_)) {
        return Ok(());
    }
    for (table, _) in TABLES.iter().filter(|(table, key)| *key == ["id"] && !["instance_version", "attachment_contents"].contains(table)) {
        execute(
            conn,
            &format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), COALESCE((SELECT MAX(id) FROM {table}), 0) + 1, false)"),
        )?;
    }
    Ok(())
}

fn parse<T: serde::de::DeserializeOwned>(line: Option<std::io::Result<String>>) -> Result<T> {
    let line = line.ok_or(Error::Rule("import_malformed"))?.map_err(broken)?;
    serde_json::from_str(&line).map_err(|_| Error::Rule("import_malformed"))
}

fn line(out: &mut dyn Write, value: &Value) -> Result<()> {
    writeln!(out, "{value}").map_err(broken)
}

fn broken(why: impl std::fmt::Display) -> Error {
    Error::Machine(why.to_string())
}
