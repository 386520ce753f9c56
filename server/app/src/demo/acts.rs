//! What happens in the demo, written by the functions that pages and API write with, each at its time.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::cohort::{Cohort, MemberState, Outcome, Terms};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::ledger::NewEntry;
use domain::mentoring::Occasion;
use domain::review::Review;
use domain::time::Instant;
use store::attachments::NewAttachment;
use store::mentoring::{NewHelp, Note, OfMember};
use store::paths::NewPath;
use store::reviews::By;
use store::{Conn, Error, cohorts as members, mentoring};
use web::services::cohorts::{self, Change, Move};
use web::services::mentoring::Handing;
use web::services::{Actor, ledger};

use super::outside::{self, Answered};

pub struct Act {
    pub at: Instant,
    pub what: Doing,
}

/// What of a cohort, by whom and of whom.
pub struct OfMembership {
    pub cohort: Arc<Cohort>,
    pub actor: Actor,
    pub account: AccountId,
    pub person: PublicId,
}

pub enum Doing {
    /// Records something in one's own ledger, or has it recorded by a mentor without an act.
    Records {
        account: AccountId,
        new: NewEntry,
        id: PublicId,
        handing: Option<Handing>,
        files: Vec<NewAttachment>,
        /// Who is asked whether they made it too.
        with: Vec<(AccountId, PublicId)>,
    },
    /// Somebody outside answers.
    Answers {
        account: AccountId,
        answered: Answered,
        new: NewEntry,
        id: PublicId,
    },
    Confirms {
        person: AccountId,
        named: PublicId,
        new: NewEntry,
        id: PublicId,
        request: PublicId,
    },
    Judges {
        cohort: CohortId,
        request: PublicId,
        review: Review,
        by: By,
        new: NewEntry,
        id: PublicId,
        members: Vec<OfMember>,
    },
    Assesses {
        learner: AccountId,
        new: NewEntry,
        id: PublicId,
        batch: (PublicId, Occasion),
        cohort: (CohortId, AccountId),
    },
    Changes {
        of: OfMembership,
        change: Change,
    },
    /// To another cohort, where a path begins.
    Moves {
        of: OfMembership,
        to: Move,
        terms: Terms,
        begins: Box<NewPath>,
    },
    /// What became of a learner: by themselves, and whether leads may see it, or by the lead.
    Tells {
        of: OfMembership,
        told: Outcome,
        by_lead: bool,
        consents: bool,
    },
    /// On the learner's path of that cohort.
    Asks {
        account: AccountId,
        cohort: CohortId,
        help: NewHelp,
    },
    Helps {
        help: PublicId,
        by: (AccountId, String),
        words: String,
    },
    Notes(Note),
}

/// Bytes of files that a learner may have: more than the demo's are.
const QUOTA: u64 = 1 << 20;

/// Writes an act. What a rule refuses is a mistake in the demo's tables.
pub fn keep(conn: &mut Conn<'_>, Act { at, what }: &Act) -> store::Result<()> {
    match what {
        Doing::Records { account, new, id, handing, files, with } => {
            let entry = ledger::keep(conn, *account, new, *id, *handing)?.map_err(refused)?;
            store::attachments::add(conn, *account, entry.seq, files, QUOTA)?;
            store::co_authors::ask(conn, *account, entry.seq, with, *at)
        }
        Doing::Answers { account, answered, new, id } => outside::keep(conn, *account, answered, new, *id),
        Doing::Confirms { person, named, new, id, request } => {
            let named = store::co_authors::get(conn, *person, *named)?;
            store::co_authors::confirm(conn, &named, new, (*id, Some(*request))).map(drop)
        }
        Doing::Judges { cohort, request, review, by, new, id, members } => {
            let request = store::reviews::for_mentors(conn, *request)?;
            mentoring::review_all(conn, *cohort, &request, (review, *by, new, *id), members).map(drop)
        }
        Doing::Assesses { learner, new, id, batch, cohort } => mentoring::assess(conn, *learner, new, *id, *batch, *cohort).map(drop),
        Doing::Changes { of, change } if change.state == Some(MemberState::Completed) => {
            cohorts::complete(conn, &of.actor, &of.cohort, &BTreeSet::from([of.person]), change)?.map(drop).map_err(refused)
        }
        Doing::Changes { of, change } => cohorts::change_state(conn, &of.actor, &of.cohort, of.person, change)?.map(drop).map_err(refused),
        Doing::Moves { of, to, terms, begins } => {
            cohorts::relocate(conn, &of.actor, &of.cohort, of.person, to)?.map_err(refused)?;
            members::put_terms(conn, to.to.id, of.account, terms)?;
            store::paths::create(conn, begins).map(drop)
        }
        Doing::Tells { of, told, by_lead: true, .. } => cohorts::tell_of(conn, &of.actor, &of.cohort, of.person, told)?.map_err(refused),
        Doing::Tells { of, told, consents, .. } => {
            cohorts::tell_own(conn, &of.actor, &of.cohort, of.account, told, *consents)?.map(drop).map_err(refused)
        }
        Doing::Asks { account, cohort, help } => {
            let paths = store::paths::list(conn, *account)?;
            let path = paths.iter().find(|path| path.cohort == Some(*cohort)).ok_or(Error::NotThere("path"))?;
            mentoring::ask_help(conn, &NewHelp { path: path.id, ..help.clone() })
        }
        Doing::Helps { help, by: (by, name), words } => {
            let help = mentoring::help_of(conn, *help)?;
            mentoring::answer_help(conn, help.id, (*by, name), words, *at)
        }
        Doing::Notes(note) => mentoring::add_note(conn, note),
    }
}

fn refused(why: impl std::fmt::Debug) -> Error {
    Error::Machine(format!("the demo’s own data does not fit: {why:?}"))
}
