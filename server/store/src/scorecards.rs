//! Scorecards: every score that was shown, with all that is needed to compute it again.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::ids::{AccountId, PathId, RevisionId, ScorecardId};
use domain::progress::ScorePoint;
pub use domain::scoring::Terms;
use domain::scoring::{Attribute, Kept, Outlook, PROJECTION_VERSION, Score};
use domain::time::{Day, Instant};
use sha2::{Digest, Sha256};

use crate::rows;
use crate::schema::{paths, revisions, scorecards};
use crate::{Conn, Error, Result};

/// What makes two scores of a path the same.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    /// Hash of the template revision.
    pub revision: &'a str,
    pub rule_digest: &'a str,
    pub projection: u32,
    pub terms: Terms<'a>,
    pub ledger_seq: u32,
    pub today: Day,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredScore {
    pub id: ScorecardId,
    pub path: PathId,
    pub account: AccountId,
    pub revision: RevisionId,
    pub settings: Vec<Attribute>,
    pub target_level: String,
    pub chosen: BTreeSet<String>,
    pub mentored: bool,
    pub score: Score,
    pub made_at: Instant,
}

impl StoredScore {
    /// For those who ask whether it still holds.
    pub fn kept(&self) -> Kept<'_> {
        let Self { target_level, chosen, mentored, .. } = self;
        let terms = Terms { settings: &self.settings, target_level, chosen, mentored: *mentored };
        Kept { score: &self.score, revision: self.revision, terms }
    }
}

/// Keeps a score as the path's last one; one with the same [`Key`] is not kept twice. Where another was made since (the path
/// took over another revision that day, and went back) it is numbered anew, for the last number of a day is what that day
/// ended with. Fails with `NotThere("revision")` when
/// the store does not have the template, with `NotThere("reference")` when there is no such path.
pub fn save(conn: &mut Conn<'_>, path: PathId, score: &Score, terms: Terms<'_>, made_at: Instant) -> Result<ScorecardId> {
    let revision: Option<i64> = on_backend!(conn, c => revisions::table
        .filter(revisions::hash.eq(&score.revision))
        .select(revisions::id)
        .first(c)
        .optional())?;
    let revision = revision.ok_or(Error::NotThere("revision"))?;
    let key = Key {
        revision: &score.revision,
        rule_digest: &score.rule.digest,
        projection: score.projection,
        terms,
        ledger_seq: score.ledger_seq,
        today: score.today,
    };
    let values = (
        scorecards::path.eq(path.0),
        scorecards::revision.eq(revision),
        scorecards::rule_digest.eq(&score.rule.digest),
        scorecards::settings_hash.eq(settings_hash(key.terms, key.projection)?),
        scorecards::ledger_seq.eq(rows::signed(score.ledger_seq)?),
        scorecards::today.eq(score.today.number()),
        scorecards::claimed.eq(rows::signed(score.claimed.readiness)?),
        scorecards::proven.eq(rows::signed(score.proven.readiness)?),
        scorecards::made_at.eq(made_at.micros()),
        scorecards::fuel.eq(score.fuel.map(rows::signed_long)),
        scorecards::mentored.eq(terms.mentored),
        scorecards::target_level.eq(terms.target_level),
        scorecards::settings.eq(rows::to_json(terms.settings)?),
        scorecards::chosen.eq(rows::to_json(terms.chosen)?),
        scorecards::score.eq(rows::to_json(score)?),
        scorecards::outlook.eq(rows::to_json(&Outlook::from(score))?),
    );
    for _ in 0..2 {
        let saved: Option<i64> = on_backend!(conn, c => diesel::insert_into(scorecards::table)
            .values(values.clone())
            .on_conflict_do_nothing()
            .returning(scorecards::id)
            .get_result(c)
            .optional())?;
        if let Some(id) = saved {
            return Ok(ScorecardId(id));
        }
        let Some(id) = find_id(conn, path, &key)? else { continue };
        let later: i64 = on_backend!(conn, c => scorecards::table
            .filter(scorecards::path.eq(path.0))
            .filter(scorecards::today.eq(score.today.number()))
            .filter(scorecards::id.gt(id.0))
            .count()
            .get_result(c))?;
        if later == 0 {
            return Ok(id);
        }
        on_backend!(conn, c => diesel::delete(scorecards::table.find(id.0)).execute(c))?;
    }
    // Somebody else has kept it in the meantime.
    find_id(conn, path, &key)?.ok_or_else(|| Error::Machine("a scorecard in the way is not there".to_owned()))
}

/// Of the latest day, and there the last one made.
pub fn latest(conn: &mut Conn<'_>, path: PathId) -> Result<Option<StoredScore>> {
    on_or_before(conn, path, Day::MAX)
}

pub fn find(conn: &mut Conn<'_>, path: PathId, key: &Key<'_>) -> Result<Option<StoredScore>> {
    let Some(id) = find_id(conn, path, key)? else { return Ok(None) };
    let row: Option<(Row, i64)> = on_backend!(conn, c => scorecards::table
        .inner_join(paths::table)
        .filter(scorecards::id.eq(id.0))
        .select((Row::as_select(), paths::account))
        .first(c)
        .optional())?;
    row.map(stored).transpose()
}

/// What a path's score of that day says of what comes next, if one is stored that was made of the very same things:
/// `terms`, the path's revision, that rule, and the ledger up to `ledger_seq`.
pub fn outlook(
    conn: &mut Conn<'_>,
    path: PathId,
    revision: RevisionId,
    rule_digest: &str,
    terms: Terms<'_>,
    (ledger_seq, today): (u32, Day),
) -> Result<Option<Outlook>> {
    let hash = settings_hash(terms, PROJECTION_VERSION)?;
    let stored: Option<(i64, Option<String>)> = on_backend!(conn, c => scorecards::table
        .filter(scorecards::path.eq(path.0))
        .filter(scorecards::revision.eq(revision.0))
        .filter(scorecards::rule_digest.eq(rule_digest))
        .filter(scorecards::settings_hash.eq(hash))
        .filter(scorecards::ledger_seq.eq(rows::signed(ledger_seq)?))
        .filter(scorecards::today.eq(today.number()))
        .select((scorecards::id, scorecards::outlook))
        .first(c)
        .optional())?;
    let Some((id, outlook)) = stored else { return Ok(None) };
    if let Some(outlook) = outlook.and_then(|text| rows::from_json(&text).ok()) {
        return Ok(Some(outlook));
    }
    // Older than the column, or than what an outlook is today; the score itself is always there.
    let text: String = on_backend!(conn, c => scorecards::table.find(id).select(scorecards::score).first(c))?;
    Ok(Some(Outlook::from(&rows::from_json::<Score>(&text)?)))
}

/// The last score of each day since `from`, oldest first: numbers, and what they were measured by.
pub fn history(conn: &mut Conn<'_>, path: PathId, from: Day) -> Result<Vec<ScorePoint>> {
    let rows: Vec<PointRow> = on_backend!(conn, c => scorecards::table
        .filter(scorecards::path.eq(path.0))
        .filter(scorecards::today.ge(from.number()))
        .order((scorecards::today, scorecards::id))
        .select(PointRow::as_select())
        .load(c))?;
    let mut days: Vec<ScorePoint> = Vec::new();
    for row in rows {
        let point = row.point()?;
        match days.last_mut() {
            Some(last) if last.day == point.day => *last = point,
            _ => days.push(point),
        }
    }
    Ok(days)
}

/// The numbers of the last score of that day or of the nearest day before it, without its cards.
pub fn point_on_or_before(conn: &mut Conn<'_>, path: PathId, day: Day) -> Result<Option<ScorePoint>> {
    let row: Option<PointRow> = on_backend!(conn, c => scorecards::table
        .filter(scorecards::path.eq(path.0))
        .filter(scorecards::today.le(day.number()))
        .order((scorecards::today.desc(), scorecards::id.desc()))
        .select(PointRow::as_select())
        .first(c)
        .optional())?;
    row.map(PointRow::point).transpose()
}

/// The last score of that day or of the nearest day before it.
pub fn on_or_before(conn: &mut Conn<'_>, path: PathId, day: Day) -> Result<Option<StoredScore>> {
    let row: Option<(Row, i64)> = on_backend!(conn, c => scorecards::table
        .inner_join(paths::table)
        .filter(scorecards::path.eq(path.0))
        .filter(scorecards::today.le(day.number()))
        .order((scorecards::today.desc(), scorecards::id.desc()))
        .select((Row::as_select(), paths::account))
        .first(c)
        .optional())?;
    row.map(stored).transpose()
}

/// A stored score as verification wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForVerify {
    pub stored: StoredScore,
    /// The first column that does not repeat what the score itself says: histories and look-ups read the columns only.
    pub torn: Option<&'static str>,
}

/// All scores by key, for verification.
pub fn page_for_verify(conn: &mut Conn<'_>, after: Option<ScorecardId>, limit: i64) -> Result<Vec<ForVerify>> {
    let rows: Vec<(Row, i64, Columns)> = on_backend!(conn, c => scorecards::table
        .inner_join(paths::table)
        .filter(scorecards::id.gt(after.map_or(0, |id| id.0)))
        .order(scorecards::id)
        .limit(limit)
        .select((Row::as_select(), paths::account, Columns::as_select()))
        .load(c))?;
    rows.into_iter().map(for_verify).collect()
}

fn for_verify((row, account, columns): (Row, i64, Columns)) -> Result<ForVerify> {
    let id = row.id;
    let stored = stored((row, account)).map_err(|error| match error {
        Error::Machine(cause) => Error::Machine(format!("score {id} cannot be read: {cause}")),
        other => other,
    })?;
    let score = &stored.score;
    let terms = Terms { settings: &stored.settings, target_level: &stored.target_level, chosen: &stored.chosen, mentored: stored.mentored };
    let key = Key {
        revision: &score.revision,
        rule_digest: &score.rule.digest,
        projection: score.projection,
        terms,
        ledger_seq: score.ledger_seq,
        today: score.today,
    };
    let torn = [
        ("claimed", columns.claimed != rows::signed(score.claimed.readiness)?),
        ("proven", columns.proven != rows::signed(score.proven.readiness)?),
        ("rule_digest", columns.rule_digest != score.rule.digest),
        ("settings_hash", columns.settings_hash != settings_hash(key.terms, key.projection)?),
        ("ledger_seq", columns.ledger_seq != rows::signed(score.ledger_seq)?),
        ("today", columns.today != score.today.number()),
        ("outlook", columns.outlook.is_some_and(|text| rows::from_json(&text).ok() != Some(Outlook::from(score)))),
    ];
    let torn = torn.into_iter().find(|(_, differs)| *differs).map(|(column, _)| column);
    Ok(ForVerify { stored, torn })
}

fn find_id(conn: &mut Conn<'_>, path: PathId, key: &Key<'_>) -> Result<Option<ScorecardId>> {
    let settings_hash = settings_hash(key.terms, key.projection)?;
    let id: Option<i64> = on_backend!(conn, c => scorecards::table
        .inner_join(revisions::table)
        .filter(scorecards::path.eq(path.0))
        .filter(revisions::hash.eq(key.revision))
        .filter(scorecards::rule_digest.eq(key.rule_digest))
        .filter(scorecards::settings_hash.eq(settings_hash))
        .filter(scorecards::ledger_seq.eq(rows::signed(key.ledger_seq)?))
        .filter(scorecards::today.eq(key.today.number()))
        .select(scorecards::id)
        .first(c)
        .optional())?;
    Ok(id.map(ScorecardId))
}

/// SHA-256 over what was asked for, in one order.
fn settings_hash(terms: Terms<'_>, projection: u32) -> Result<Vec<u8>> {
    let text = rows::to_json(&(terms.settings, terms.target_level, terms.chosen, terms.mentored, projection))?;
    Ok(Sha256::digest(text).to_vec())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = scorecards, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    path: i64,
    revision: i64,
    made_at: i64,
    fuel: Option<i64>,
    mentored: bool,
    target_level: String,
    settings: String,
    chosen: String,
    score: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = scorecards, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct PointRow {
    today: i32,
    claimed: i32,
    proven: i32,
    revision: i64,
    rule_digest: String,
    target_level: String,
}

impl PointRow {
    fn point(self) -> Result<ScorePoint> {
        Ok(ScorePoint {
            day: Day::from_number(self.today),
            claimed: rows::unsigned(self.claimed)?,
            proven: rows::unsigned(self.proven)?,
            revision: RevisionId(self.revision),
            rule_digest: self.rule_digest,
            target_level: self.target_level,
        })
    }
}

/// What the columns repeat of the score.
#[derive(Queryable, Selectable)]
#[diesel(table_name = scorecards, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Columns {
    rule_digest: String,
    settings_hash: Vec<u8>,
    ledger_seq: i32,
    today: i32,
    claimed: i32,
    proven: i32,
    outlook: Option<String>,
}

fn stored((row, account): (Row, i64)) -> Result<StoredScore> {
    let mut score: Score = rows::from_json(&row.score)?;
    score.fuel = row.fuel.map(rows::unsigned_long);
    Ok(StoredScore {
        id: ScorecardId(row.id),
        path: PathId(row.path),
        account: AccountId(account),
        revision: RevisionId(row.revision),
        settings: rows::from_json(&row.settings)?,
        target_level: row.target_level,
        chosen: rows::from_json(&row.chosen)?,
        mentored: row.mentored,
        score,
        made_at: Instant::from_micros(row.made_at),
    })
}
