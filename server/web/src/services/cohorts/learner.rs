//! What a mentor sees of a learner: path, receipts, the entries that they cite, reviews. Read-only; what is withheld is not
//! in it, nor are notes on requirements, minutes and other paths.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::cohort::{MemberCalendar, MemberState, Standing, Why};
use domain::ids::PublicId;
use domain::ledger::{Entry, Payload};
use domain::path::{Path, RequirementStanding, standing_of};
use domain::policy::Act;
use domain::scoring::{DefaultRule, Scope, Score, score};
use domain::template::{RequirementIndex, Template};
use domain::time::Day;
use store::cohorts::Wanted;
use store::ledger::LedgerFilter;
use store::reviews::Request;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::cohorts::scored::visible;
use crate::services::cohorts::{Board, Member, Opened, board, member};
use crate::services::readiness;
use crate::state::State;

/// A learner of a cohort, for those who guide them.
pub struct Seen {
    pub member: Member,
    pub why: Why,
    pub last_active: Option<Day>,
    pub path: Option<LearnerPath>,
    /// The name of the primary mentor.
    pub mentor: Option<String>,
    /// When the member's own plan ends.
    pub plan_ends: Option<Day>,
}

/// The path in the cohort's role.
pub struct LearnerPath {
    pub path: Path,
    pub template: Arc<Template>,
    pub score: Score,
    /// In the template's order, without what the learner marked as begun: that is a plan and stays with them.
    pub standings: Vec<RequirementStanding>,
    /// Entries that the receipts cite, newest first, with what was written; no payload: blanked.
    pub entries: Vec<(PublicId, Entry, Option<Payload>)>,
    /// Of submissions that are shown, newest first.
    pub reviews: Vec<Request>,
}

/// A learner as the cohort sees them. Who is no learner of it is not there.
pub async fn learner(state: &State, who: &Signed, opened: &Opened, person: PublicId, role: Option<&str>) -> Result<Seen, Error> {
    let member = member(state, opened, person).await?;
    if member.membership.standing != Standing::Learner {
        return Err(Error::NotThere("member"));
    }
    who.may(Act::SeeLearner { learner: member.account.id, cohort: Some(opened.cohort.id) }, "member")?;
    as_seen(state, opened, member, role).await
}

/// The same whoever asks: for those who were let in otherwise.
pub(in crate::services) async fn as_seen(state: &State, opened: &Opened, member: Member, role: Option<&str>) -> Result<Seen, Error> {
    let board = board(state, opened, role).await?;
    let id = member.account.id;
    let row = board.rows.iter().find(|row| row.account == id).ok_or(Error::NotThere("member"))?;
    let mentor = board.guides.iter().find(|(guide, _)| Some(guide.id) == row.mentor).map(|(guide, _)| guide.name.to_string());
    let calendar = MemberCalendar { calendar: &board.calendar, terms: &member.terms, spans: &member.spans };
    let plan_ends = calendar.due(board.calendar.length(), board.through.plus(1));
    let path = match board.people.get(&id).and_then(|person| person.path.clone()) {
        None => None,
        Some(path) => Some(path_of(state, opened, &member, path).await?),
    };
    Ok(Seen { why: row.why, last_active: row.last_active, mentor, plan_ends, path, member })
}

async fn path_of(state: &State, opened: &Opened, member: &Member, path: Path) -> Result<LearnerPath, Error> {
    let (id, cohort, revision) = (member.account.id, opened.cohort.id, path.revision);
    let template = state.template(revision).await?;
    let today = state.clock.now().day_in(&member.account.zone);
    let (facts, withheld, mentored) = state
        .store
        .read(move |conn| {
            let facts = store::ledger::facts(conn, id)?;
            let withheld = store::cohorts::withheld(conn, cohort)?.remove(&id).unwrap_or_default();
            Ok((facts, withheld, store::cohorts::has_guide(conn, cohort, id)?))
        })
        .await?;
    let shown = visible(facts, &withheld, u32::MAX);
    let rule = readiness::rule_for(state, &path.rule).await?;
    let target = template.level(&path.target_level).unwrap_or(0);
    let (path, score, standings) = {
        let template = Arc::clone(&template);
        let made = tokio::task::spawn_blocking(move || {
            let scope = Scope { template: &template, target, chosen: &path.chosen, mentored, today, settings: &[] };
            let made = match rule {
                Ok(rule) => score(rule.as_ref(), scope, &shown).or_else(|_| score(&DefaultRule, scope, &shown)),
                Err(_) => score(&DefaultRule, scope, &shown),
            };
            let standings = standing_of(scope, &shown, &BTreeSet::new());
            (path, made, standings)
        });
        let (path, made, standings) = made.await.map_err(Error::machine)?;
        (path, made.map_err(Error::machine)?, standings)
    };
    let cited: BTreeSet<u32> = score.cited().into_iter().filter(|seq| !withheld.contains(seq)).collect();
    let wanted = cited.clone();
    let (mut entries, reviews) = state
        .store
        .scan(move |conn| {
            let all = LedgerFilter { subjects: None, before_seq: None, limit: i64::from(i32::MAX) };
            let numbers: Vec<u32> = wanted.iter().copied().collect();
            let reviews = store::reviews::list(conn, id, Some(&numbers), None, 200)?;
            Ok((store::ledger::with_payload(conn, id, &all)?, reviews))
        })
        .await?;
    entries.retain(|(_, entry, _)| cited.contains(&entry.seq));
    for payload in entries.iter_mut().filter_map(|(_, _, payload)| payload.as_mut()) {
        // How long something took stays with the learner.
        payload.minutes = None;
    }
    Ok(LearnerPath { path, template, score, standings, entries, reviews })
}

/// Where the learners of a cohort stand in one requirement.
pub struct Asked {
    pub template: Arc<Template>,
    pub requirement: RequirementIndex,
    /// By name.
    pub rows: Vec<AskedRow>,
}

pub struct AskedRow {
    pub person: PublicId,
    pub name: String,
    pub state: MemberState,
    pub standing: RequirementStanding,
}

/// Everybody's standing in a requirement of the board's role; learners without a path are left out.
pub async fn asked(state: &State, opened: &Opened, board: &Board, requirement: &str) -> Result<Asked, Error> {
    let (_, template) = board.role.as_ref().ok_or(Error::NotThere("requirement"))?;
    let index = template.requirement(requirement).ok_or(Error::NotThere("requirement"))?;
    let cohort = opened.cohort.clone();
    let (facts, mut ledgers) = state
        .store
        .scan(move |conn| {
            let ledgers = store::cohorts::ledgers(conn, Wanted::Learners(cohort.id))?;
            Ok((store::cohorts::board(conn, cohort)?, ledgers))
        })
        .await?;
    let now = state.clock.now();
    let mut rows = Vec::new();
    for learner in facts.learners {
        let Some(path) = board.people.get(&learner.account.id).and_then(|person| person.path.as_ref()) else { continue };
        let own = state.template(path.revision).await?;
        let Some(at) = own.requirement(requirement) else { continue };
        let shown = visible(ledgers.remove(&learner.account.id).unwrap_or_default(), &learner.withheld, u32::MAX);
        let scope = Scope {
            template: &own,
            target: own.level(&path.target_level).unwrap_or(0),
            chosen: &path.chosen,
            mentored: learner.mentored,
            today: now.day_in(&learner.account.zone),
            settings: &[],
        };
        // What a learner marked as begun is a plan and stays with them.
        let standing = standing_of(scope, &shown, &BTreeSet::new())[at];
        rows.push(AskedRow { person: learner.account.public_id, name: learner.account.name.to_string(), state: learner.state, standing });
    }
    Ok(Asked { template: Arc::clone(template), requirement: index, rows })
}
