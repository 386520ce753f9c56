//! Assessments: what mentors saw of one or many learners without a submission, and taking that back.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::account::Account;
use domain::cohort::{MemberState, Standing};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::ledger::{Held, NewEntry, assessed, retract};
use domain::mentoring::{MAX_ASSESSED, Occasion};
use domain::policy::Act as Policy;
use domain::subject::{Step, Subject, Trust};
use domain::template::{Asks, RequirementIndex, Template};
use domain::time::{Day, Instant};
use domain::world::Dice;
use store::mentoring::Assessed;

use crate::caller::Signed;
use crate::errors::{Error, Field};
use crate::services::cohorts::Opened;
use crate::state::State;

/// What a mentor sends.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    pub learners: Vec<PublicId>,
    pub occasion: Option<Occasion>,
    /// For a skill; absent: the one that is asked.
    pub step: Option<Step>,
    /// For a project: its criteria that were shown. Absent: all.
    pub criteria: Option<Vec<Subject>>,
    /// Absent: today, each learner's own.
    pub day: Option<Day>,
    pub note: Option<String>,
}

/// Learners of a cohort who can be assessed, by name: those who have not dropped out.
pub async fn learners(state: &State, opened: &Opened) -> Result<Vec<Account>, Error> {
    let cohort = opened.cohort.id;
    let members = state.store.scan(move |conn| store::cohorts::members(conn, cohort)).await?;
    let stays = |member: &domain::cohort::Membership| member.standing == Standing::Learner && member.state != MemberState::Dropped;
    Ok(members.into_iter().filter(|(_, member)| stays(member)).map(|(account, _)| account).collect())
}

/// Entries that were looked at, one a learner, for a transaction.
#[derive(Clone)]
pub struct Assessing {
    cohort: CohortId,
    by: AccountId,
    pub batch: PublicId,
    occasion: Occasion,
    /// By key, so that two acts at once take the learners in one order.
    entries: Vec<(Account, NewEntry, PublicId)>,
}

impl Assessing {
    /// Checks a wish about a requirement: all that is wrong with it at once.
    pub async fn of(
        state: &State,
        who: &Signed,
        opened: &Opened,
        (template, requirement): (&Template, RequirementIndex),
        wish: Wish,
    ) -> Result<Self, Error> {
        let (cohort, now) = (opened.cohort.id, state.clock.now());
        let mut wrong: Vec<Field> = Vec::new();
        let named: BTreeSet<PublicId> = wish.learners.iter().copied().collect();
        let mut found: Vec<Account> =
            learners(state, opened).await?.into_iter().filter(|account| named.contains(&account.public_id)).collect();
        if named.is_empty() {
            wrong.push(Field::new("learners", "missing"));
        } else if named.len() > MAX_ASSESSED {
            wrong.push(Field::new("learners", "too_many_learners"));
        } else if found.len() < named.len() {
            wrong.push(Field::new("learners", "only_learners"));
        }
        if wish.occasion.is_none() {
            wrong.push(Field::new("occasion", "missing"));
        }
        found.sort_by_key(|account| account.id);
        let held = held(template, requirement, &wish);
        let mut entries = Vec::with_capacity(found.len());
        // Without a learner the rest is looked at all the same, on one's own day.
        let probe = [who.account.clone()];
        for account in if found.is_empty() { &probe[..] } else { &found[..] } {
            let today = now.day_in(&account.zone);
            let day = wish.day.unwrap_or(today);
            if day > today {
                wrong.push(Field::new("day", "day_in_future"));
            } else if day < domain::ledger::EARLIEST_DAY {
                wrong.push(Field::new("day", "day_too_early"));
            }
            match assessed(held.clone(), Trust::Mentor, day, now, &who.account.name, wish.note.clone()) {
                Ok(entry) => entries.push((account.clone(), entry, state.dice.public_id())),
                Err(errors) => wrong.extend(errors.into_iter().map(Field::from)),
            }
            if !wrong.is_empty() {
                return Err(Error::Fields(wrong));
            }
        }
        for (account, ..) in &entries {
            who.may(Policy::AssessLearner { learner: account.id, cohort }, "member")?;
        }
        let occasion = wish.occasion.ok_or_else(|| Error::field("occasion", "missing"))?;
        Ok(Self { cohort, by: who.account.id, batch: state.dice.public_id(), occasion, entries })
    }

    /// Inside a transaction: everybody's entry, or nobody's. Fails with `member_left` where one of them was dropped meanwhile.
    pub fn keep(&self, conn: &mut store::Conn<'_>) -> store::Result<Vec<Assessed>> {
        for (account, entry, id) in &self.entries {
            let spans = store::cohorts::lock_member(conn, self.cohort, account.id)?;
            if spans.last().is_some_and(|span| span.state == MemberState::Dropped) {
                return Err(store::Error::Rule("member_left"));
            }
            store::mentoring::assess(conn, account.id, entry, *id, (self.batch, self.occasion), (self.cohort, self.by))?;
        }
        store::mentoring::batch(conn, self.cohort, self.batch)
    }
}

/// What was seen of a requirement.
fn held(template: &Template, requirement: RequirementIndex, wish: &Wish) -> Vec<Held> {
    match &template.requirements[requirement].asks {
        Asks::Skill { subject, step } => vec![Held { subject: subject.clone(), step: wish.step.or(Some(*step)) }],
        Asks::Topic(subject) | Asks::Certification(subject) => vec![Held { subject: subject.clone(), step: None }],
        Asks::Project(criteria) => {
            let shown = |subject: &Subject| wish.criteria.as_ref().is_none_or(|shown| shown.contains(subject));
            let criteria = criteria.iter().map(|criterion| &criterion.subject).filter(|subject| shown(subject));
            criteria.map(|subject| Held { subject: subject.clone(), step: None }).collect()
        }
    }
}

/// One act: what was recorded of whom at once.
pub struct Act {
    pub batch: PublicId,
    pub occasion: Occasion,
    pub at: Instant,
    /// The day that the entries are about, of the first.
    pub day: Day,
    /// Name of who recorded it; a dash for who was erased.
    pub by: String,
    pub about: Vec<Held>,
    pub note: Option<String>,
    /// Names, and whether it was taken back of them.
    pub learners: Vec<(PublicId, String, bool)>,
    /// The one who asks may take it back.
    pub may_undo: bool,
}

/// Entries that are looked through for the list of acts.
const MOST: i64 = 400;

/// Acts of a cohort, newest first.
pub async fn acts(state: &State, who: &Signed, opened: &Opened) -> Result<Vec<Act>, Error> {
    let cohort = opened.cohort.id;
    let (rows, entries, members) = state
        .store
        .scan(move |conn| {
            let rows = store::mentoring::assessments_of(conn, cohort, MOST)?;
            let wanted: BTreeSet<(AccountId, u32)> = rows.iter().map(|row| (row.account, row.entry)).collect();
            Ok((rows, store::ledger::entries_of(conn, &wanted)?, store::cohorts::members(conn, cohort)?))
        })
        .await?;
    let name = |id: AccountId| members.iter().find(|(account, _)| account.id == id).map(|(account, _)| account);
    let mut acts: Vec<Act> = Vec::new();
    for row in rows {
        let (Some((_, entry, payload)), Some(learner)) = (entries.get(&(row.account, row.entry)), name(row.account)) else { continue };
        let told = (learner.public_id, learner.name.to_string(), row.is_undone);
        if let Some(act) = acts.iter_mut().find(|act| act.batch == row.batch) {
            act.learners.push(told);
            continue;
        }
        let payload = payload.clone().unwrap_or_default();
        acts.push(Act {
            batch: row.batch,
            occasion: row.occasion,
            at: row.at,
            day: entry.day,
            by: payload.by.unwrap_or_else(|| "—".to_owned()),
            about: entry.held.clone(),
            note: payload.note,
            learners: vec![told],
            may_undo: row.by == Some(who.account.id) || opened.may_lead,
        });
    }
    for act in &mut acts {
        act.learners.sort_by_key(|(_, name, _)| name.to_lowercase());
        act.may_undo &= act.learners.iter().any(|(_, _, undone)| !undone);
    }
    Ok(acts)
}

/// Takes an act back, for a transaction: a retraction for everybody whom it still stands for. For who recorded it and for
/// leads.
pub async fn undo(
    state: &State,
    who: &Signed,
    opened: &Opened,
    batch: PublicId,
) -> Result<impl Fn(&mut store::Conn<'_>) -> store::Result<()> + Send + 'static + use<>, Error> {
    let cohort = opened.cohort.id;
    let rows = state.store.read(move |conn| store::mentoring::batch(conn, cohort, batch)).await?;
    let first = rows.first().ok_or(Error::NotThere("assessment"))?;
    if first.by != Some(who.account.id) {
        who.may(Policy::LeadCohort { cohort }, "assessment")?;
    }
    let (now, by, dice): (Instant, String, Arc<dyn Dice>) = (state.clock.now(), who.account.name.to_string(), Arc::clone(&state.dice));
    Ok(move |conn: &mut store::Conn<'_>| {
        for row in store::mentoring::batch(conn, cohort, batch)?.into_iter().filter(|row| !row.is_undone) {
            let learner = store::accounts::by_id(conn, row.account)?;
            let facts = store::ledger::facts(conn, row.account)?;
            let Ok(mut new) = retract(&facts, row.entry, now.day_in(&learner.zone), now, None) else { continue };
            new.payload.by = Some(by.clone());
            store::ledger::append(conn, row.account, &new, dice.public_id())?;
        }
        Ok(())
    })
}
