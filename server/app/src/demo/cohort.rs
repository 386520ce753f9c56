//! What those who guide a cohort of the demo do: they note who pauses, leaves and completes, what became of whom, what they
//! saw; they answer who is stuck, begin reviews, ask for summaries. And the next batch, with nobody in it who learns yet.

use std::sync::Arc;

use domain::account::Account;
use domain::cohort::{MemberState, OutcomeWish, SetUp, Standing, SummaryWish, check_outcome, check_summary};
use domain::digest::DigestKind;
use domain::ids::{AccountId, PathId};
use domain::review::{self, Reply};
use domain::schedule::next_due;
use domain::time::Instant;
use domain::world::Dice;
use store::cohorts::{self, NewCohort};
use store::mentoring::{NewHelp, Note};
use store::summaries::{self, NewSummaryLink};
use store::{Conn, digests};
use web::services::Actor;
use web::services::cohorts::{Change, Move};

use super::acts::{Act, Doing, OfMembership};
use super::batch::{How, What};
use super::reviewing::said;
use super::stage::{self, Stage, Staged};
use super::{Demo, DemoError, misfit};

/// In the cohort's time: leads work in the morning, and say of a day what it was on the next one.
const MORNING: i64 = 10;
const NEXT_MORNING: i64 = 34;
const HELPED_AFTER_SECONDS: i64 = 2 * 3_600;

/// All that guides do of a cohort's learners.
pub fn acts(stage: &Stage<'_>, staged: &Staged<'_>, dice: &dyn Dice) -> Result<Vec<Act>, DemoError> {
    let mut acts = Vec::new();
    let batch = staged.batch;
    for turn in batch.turns {
        let reason = turn.reason.map(str::to_owned);
        acts.push(match turn.what {
            What::State(state) => {
                let at = staged.at(turn.back, NEXT_MORNING);
                let change = Change { state: Some(state), day: Some(staged.days.until.plus(-turn.back)), reason };
                Act { at, what: Doing::Changes { of: of(stage, staged, batch.lead, turn.of, at, dice)?, change } }
            }
            What::Moves(to) => {
                let at = staged.at(turn.back, MORNING);
                let to = stage.batches.iter().find(|other| other.batch.name == to).ok_or_else(|| misfit(to))?;
                let stay = stage.stays.iter().find(|stay| stay.username == turn.of && stage.batches[stay.batch].cohort.id == to.cohort.id);
                let stay = stay.ok_or_else(|| misfit(turn.of))?;
                let (person, habits) = &to.batch.learners[stay.place as usize];
                let terms = stage::terms(to.batch, stay.place, person, stay.joined, habits, stage)?;
                let of = of(stage, staged, batch.lead, turn.of, at, dice)?;
                let to = Move { to: (*to.cohort).clone(), reason };
                Act { at, what: Doing::Moves { of, to, terms, begins: Box::new(stay.path.clone()) } }
            }
        });
    }
    for told in batch.outcomes {
        let at = staged.at(told.back, MORNING);
        let by = if told.how == How::ByLead { batch.lead } else { told.of };
        let (title, employer) = (told.title.map(str::to_owned), told.employer.map(str::to_owned));
        let day = staged.days.until.plus(-told.back);
        let wish = OutcomeWish { kind: Some(told.kind), day: Some(day), title, employer };
        let outcome = check_outcome(wish, day).map_err(misfit)?;
        let (by_lead, consents) = (told.how == How::ByLead, told.how == How::Consents);
        acts.push(Act { at, what: Doing::Tells { of: of(stage, staged, by, told.of, at, dice)?, told: outcome, by_lead, consents } });
    }
    for help in batch.helps {
        let at = staged.at(help.back, MORNING);
        let (id, mentor) = (dice.public_id(), stage.person(help.by)?);
        let new = NewHelp {
            public_id: id,
            // the path's key is known when it is kept
            path: PathId(0),
            requirement: help.requirement.to_owned(),
            words: help.words.to_owned(),
            asked_at: at,
        };
        acts.push(Act { at, what: Doing::Asks { account: stage.person(help.of)?.id, cohort: staged.cohort.id, help: new } });
        let by = (mentor.id, mentor.name.to_string());
        let what = Doing::Helps { help: id, by, words: help.answer.to_owned() };
        acts.push(Act { at: at.plus_seconds(HELPED_AFTER_SECONDS), what });
    }
    for note in batch.notes {
        let at = staged.at(note.back, NEXT_MORNING);
        let by = stage.person(note.by)?;
        acts.push(Act {
            at,
            what: Doing::Notes(Note {
                public_id: dice.public_id(),
                cohort: staged.cohort.id,
                learner: stage.person(note.about)?.id,
                by: Some(by.id),
                by_name: by.name.to_string(),
                words: note.words.to_owned(),
                at,
            }),
        });
    }
    Ok(acts)
}

fn of(stage: &Stage<'_>, staged: &Staged<'_>, by: &str, of: &str, at: Instant, dice: &dyn Dice) -> Result<OfMembership, DemoError> {
    let (by, learner) = (stage.person(by)?, stage.person(of)?);
    Ok(OfMembership {
        cohort: Arc::clone(&staged.cohort),
        actor: Actor {
            account: Some(by.id),
            name: by.name.to_string(),
            request_id: dice.public_id().to_string(),
            now: at,
            address: std::net::Ipv4Addr::LOCALHOST.into(),
            user_agent: String::new(),
        },
        account: learner.id,
        person: learner.public_id,
    })
}

/// Reviews that mentors have begun by now, an hour ago.
pub fn begin_reviews(demo: &Demo<'_>, stage: &Stage<'_>, staged: &Staged<'_>) -> Result<(), DemoError> {
    let saved_at = demo.now.plus_seconds(-3_600);
    for work in staged.batch.works {
        let account = stage.person(work.by)?.id;
        for (mentor, marks) in work.versions.iter().filter_map(|version| version.begun) {
            let by = stage.person(mentor)?.id;
            let cohort = staged.cohort.id;
            let (request, ledger) = demo.store.read_blocking(|conn| {
                let waiting = store::mentoring::open_requests(conn, cohort)?;
                let request = waiting.into_iter().rfind(|request| request.account == account);
                Ok((request, store::ledger::facts(conn, account)?))
            })?;
            let request = request.ok_or_else(|| misfit(work.by))?;
            let entry = ledger.iter().find(|entry| entry.seq == request.entry).ok_or_else(|| misfit(request.entry))?;
            let reply = Reply { criteria: marks.iter().map(said).collect(), ..Reply::default() };
            let reply = review::draft(entry, reply, &|criterion| staged.template.rubric(criterion)).map_err(misfit)?;
            demo.store.write_blocking(move |conn| store::mentoring::save_draft(conn, &request, by, &reply, saved_at))?;
        }
    }
    Ok(())
}

/// Links for sponsors, and who consents. Nobody has their addresses: what is stored is the hash of no secret.
pub fn sponsors(demo: &Demo<'_>, stage: &Stage<'_>, staged: &Staged<'_>, dice: &dyn Dice) -> Result<(), DemoError> {
    let lead = stage.person(staged.batch.lead)?.id;
    for &(label, every) in staged.batch.sponsors {
        let wish = SummaryWish { label: label.to_owned(), days: None };
        let link = NewSummaryLink {
            public_id: dice.public_id(),
            cohort: staged.cohort.id,
            learner: None,
            token_hash: demo.dice.secret(),
            terms: check_summary(&wish, demo.now).map_err(misfit)?,
            created_by: Some(lead),
            created_at: demo.now,
        };
        demo.store.write_blocking(move |conn| ask_for(conn, &link, every))?;
    }
    Ok(())
}

fn ask_for(conn: &mut Conn<'_>, link: &NewSummaryLink, every: Option<usize>) -> store::Result<()> {
    let members = cohorts::members(conn, link.cohort)?;
    let is_there = |state: MemberState| state != MemberState::Dropped;
    let all = members.iter().filter(|(_, member)| member.standing == Standing::Learner && is_there(member.state));
    let all = all.map(|(account, _)| account.id);
    let consents: Vec<AccountId> = match every {
        Some(every) => all.step_by(every).collect(),
        None => all.take(1).collect(),
    };
    let learner = consents.first().copied().filter(|_| every.is_none());
    let id = summaries::put(conn, &NewSummaryLink { learner, ..link.clone() })?.id;
    for learner in consents {
        summaries::consent(conn, id, learner, link.created_at)?;
    }
    Ok(())
}

/// The digest of those who guide: the first one comes next Monday.
pub fn digest(conn: &mut Conn<'_>, account: &Account, now: Instant) -> store::Result<()> {
    let rule = DigestKind::Mentor.suggested();
    digests::set_schedule(conn, account.id, DigestKind::Mentor, &rule, next_due(rule, &account.zone, now).as_ref(), false)
}

/// The next batch: the same set-up, its guides, and nobody yet who learns.
pub fn next_batch(conn: &mut Conn<'_>, new: &NewCohort, set_up: &SetUp, guides: &[(AccountId, Standing)]) -> store::Result<()> {
    let made = cohorts::create(conn, new)?;
    cohorts::put_set_up(conn, made.id, &SetUp { holidays: Vec::new(), ..set_up.clone() })?;
    for &(account, standing) in guides {
        cohorts::add_member(conn, made.id, account, standing, new.created_at)?;
    }
    Ok(())
}
