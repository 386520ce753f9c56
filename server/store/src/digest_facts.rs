//! What a learner's digest is made of: everything that has to be loaded for it, in one read.

use std::collections::BTreeSet;

use domain::account::Account;
use domain::cohort::{MemberState, is_paused};
use domain::digest::{AnsweredReview, DigestKind, Question, since};
use domain::ids::AccountId;
use domain::ledger::Entry;
use domain::path::{Path, RuleChoice};
use domain::scoring::{DefaultRule, Outlook, ScoringRule};
use domain::time::{Day, Instant};

use crate::digests::Schedule;
use crate::practice::Practice;
use crate::scorecards::{StoredScore, Terms};
use crate::{Conn, Result, accounts, cohorts, digests, ledger, origins, paths, plans, practice, questions, reviews, scorecards};

/// A learner, what they recorded, and where they stand.
#[derive(Clone, Debug)]
pub struct DigestFacts {
    pub account: Account,
    pub schedule: Option<Schedule>,
    /// All entries recorded until `now`, in order.
    pub ledger: Vec<Entry>,
    /// Numbers of entries that were brought along from elsewhere.
    pub brought: BTreeSet<u32>,
    /// The sending before.
    pub since: Instant,
    pub since_day: Day,
    /// The learner's own day.
    pub today: Day,
    /// Oldest first.
    pub paths: Vec<PathFacts>,
    /// Answered since the sending before, oldest first.
    pub reviews: Vec<AnsweredReview>,
    /// Asked since then and open, oldest first.
    pub questions: Vec<Question>,
    /// None for who never answered a card.
    pub practice: Option<Practice>,
}

/// One path, with the scores that are there.
#[derive(Clone, Debug)]
pub struct PathFacts {
    pub path: Path,
    /// See [`mentored`].
    pub mentored: bool,
    /// The last score of a path that a plugin's rule scores, whatever it was made of.
    pub latest: Option<StoredScore>,
    /// Of a path that the built-in rule scores: what its stored score says, if that still holds.
    pub stored: Option<Outlook>,
    /// Claimed and proven of the last score of `since_day` or a day before it; none for a path that is younger.
    pub before: Option<(u32, u32)>,
    /// Requirements that the learner leaves out for now.
    pub skipped: BTreeSet<String>,
    /// The path is paused, or the learner is in its cohort.
    pub rests: bool,
}

/// Loads the facts for the digest that is due at `due_at`, as they are at `now`. Fails with `NotThere("account")`; a
/// tombstone has no paths.
pub fn load(conn: &mut Conn<'_>, account: AccountId, kind: DigestKind, due_at: Instant, now: Instant) -> Result<DigestFacts> {
    let account = accounts::by_id(conn, account)?;
    let schedule = digests::schedule(conn, account.id, kind)?;
    let since = schedule.as_ref().map_or(due_at.plus_seconds(-7 * 86_400), |schedule| since(schedule.rule, &account.zone, due_at));
    let (since_day, today) = (since.day_in(&account.zone), now.day_in(&account.zone));
    let mut ledger = ledger::facts(conn, account.id)?;
    ledger.retain(|entry| entry.recorded_at <= now);
    let brought = origins::brought(conn, account.id)?;
    let paths = paths::list(conn, account.id)?
        .into_iter()
        .map(|path| {
            let before = if path.started_on <= since_day { scorecards::point_on_or_before(conn, path.id, since_day)? } else { None };
            let (skipped, rests) = (plans::get(conn, path.id)?, rests(conn, &path, today)?);
            let scored = with_scores(conn, path, &ledger, today)?;
            Ok(PathFacts {
                skipped: skipped.into_iter().filter(|(_, plan)| plan.skipped).map(|(id, _)| id).collect(),
                before: before.map(|point| (point.claimed, point.proven)),
                rests,
                ..scored
            })
        })
        .collect::<Result<_>>()?;
    let reviews = reviews::answered(conn, account.id, since, now, &account.zone)?;
    let questions = questions::asked(conn, account.id, since, now)?;
    let practice = practice::begun(conn, account.id, today)?;
    Ok(DigestFacts { account, schedule, ledger, brought, since, since_day, today, paths, reviews, questions, practice })
}

/// A path with the score that is stored of it; nothing is left out of it, and it does not rest.
pub fn with_scores(conn: &mut Conn<'_>, path: Path, ledger: &[Entry], today: Day) -> Result<PathFacts> {
    let mentored = mentored(conn, &path)?;
    let (latest, stored) = match &path.rule {
        RuleChoice::Plugin(_) => (scorecards::latest(conn, path.id)?, None),
        RuleChoice::BuiltIn => {
            let terms = Terms { settings: &[], target_level: &path.target_level, chosen: &path.chosen, mentored };
            let (rule, seq) = (DefaultRule.identity(), ledger.last().map_or(0, |entry| entry.seq));
            (None, scorecards::outlook(conn, path.id, path.revision, &rule.digest, terms, (seq, today))?)
        }
    };
    Ok(PathFacts { path, mentored, latest, stored, before: None, skipped: BTreeSet::new(), rests: false })
}

/// Somebody else in the path's cohort is an active mentor or lead. A path without one cannot earn more than *linked*.
pub fn mentored(conn: &mut Conn<'_>, path: &Path) -> Result<bool> {
    match path.cohort {
        Some(cohort) => cohorts::has_guide(conn, cohort, path.account),
        None => Ok(false),
    }
}

/// A path rests on its own, or with a learner who is paused in its cohort.
fn rests(conn: &mut Conn<'_>, path: &Path, today: Day) -> Result<bool> {
    if is_paused(&paths::pauses(conn, path.id)?, today) {
        return Ok(true);
    }
    let Some(cohort) = path.cohort else { return Ok(false) };
    let spans = cohorts::spans(conn, cohort, path.account)?;
    Ok(spans.last().is_some_and(|span| span.state == MemberState::Paused))
}
