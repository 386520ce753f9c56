//! “I am stuck”: a learner asks, and closes; a mentor answers.

use domain::account::Account;
use domain::cohort::{MemberState, Standing};
use domain::ids::PublicId;
use domain::mentoring::{Hold, hold, said};
use domain::path::Path;
use domain::policy::Act;
use domain::time::Instant;
use store::mentoring::{Claimed, Help, NewHelp};

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::cohorts::Opened;
use crate::services::paths::OpenPath;
use crate::state::State;

/// Cries for help on a path, newest first.
pub async fn of_path(state: &State, open: &OpenPath) -> Result<Vec<Help>, Error> {
    let path = open.path.id;
    Ok(state.store.read(move |conn| store::mentoring::help_of_path(conn, path)).await?)
}

/// A learner's words that were looked at, for a transaction.
#[derive(Clone, Debug)]
pub struct Asking(NewHelp);

/// Asks the mentors of the path's cohort about a requirement. Where nobody guides the path nobody would read it: `no_mentor`.
pub fn ask(state: &State, open: &OpenPath, requirement: &str, words: Option<String>) -> Result<Asking, Error> {
    let index = open.template.requirement(requirement).ok_or_else(|| Error::field("requirement", "requirement_unknown"))?;
    let words = said(words)?;
    if !open.mentored {
        return Err(Error::Rule("no_mentor"));
    }
    Ok(Asking(NewHelp {
        public_id: state.dice.public_id(),
        path: open.path.id,
        requirement: open.template.requirements[index].id.clone(),
        words,
        asked_at: state.clock.now(),
    }))
}

impl Asking {
    /// Inside a transaction. Fails with `help_asked` while one about the same is open.
    pub fn keep(&self, conn: &mut store::Conn<'_>) -> store::Result<Help> {
        store::mentoring::ask_help(conn, &self.0)?;
        store::mentoring::help_of(conn, self.0.public_id)
    }
}

/// The learner needs no help any more.
pub async fn close(state: &State, open: &OpenPath, help: PublicId) -> Result<(), Error> {
    let (path, now) = (open.path.id, state.clock.now());
    Ok(state
        .store
        .write(move |conn| {
            let help = store::mentoring::help_of(conn, help)?;
            if help.path != path {
                return Err(store::Error::NotThere("help"));
            }
            store::mentoring::close_help(conn, help.id, now)
        })
        .await?)
}

/// A cry for help that a mentor of the cohort may answer.
pub struct OpenHelp {
    pub help: Help,
    pub learner: Account,
    pub path: Path,
    /// Of the requirement, as the path's revision calls it.
    pub name: String,
    pub hold: Hold,
    /// The name of another who has it.
    pub holder: Option<String>,
}

/// Opens one of a path of the cohort; of any other it is not there.
pub async fn open(state: &State, who: &Signed, opened: &Opened, id: PublicId) -> Result<OpenHelp, Error> {
    let (cohort, me, now) = (opened.cohort.id, who.account.id, state.clock.now());
    let loaded = state.store.read(move |conn| {
        let help = store::mentoring::help_of(conn, id)?;
        let path = store::paths::by_id(conn, help.path)?;
        let learns = |member: &domain::cohort::Membership| {
            member.cohort == cohort && member.standing == Standing::Learner && member.state != MemberState::Dropped
        };
        if path.cohort != Some(cohort) || !store::cohorts::memberships(conn, help.account)?.iter().any(learns) {
            return Err(store::Error::NotThere("help"));
        }
        let lease = store::mentoring::leases(conn, &[], &[help.id])?.remove(&Claimed::Help(help.id));
        let holder = lease.map(|lease| store::accounts::by_id(conn, lease.by)).transpose()?.map(|account| account.name.to_string());
        Ok((store::accounts::by_id(conn, help.account)?, path, hold(lease, me, now), holder, help))
    });
    let (learner, path, hold, holder, help) = loaded.await?;
    who.may(Act::SeeWork { learner: learner.id, cohort }, "help")?;
    let template = state.template(path.revision).await?;
    let name = template.requirement(&help.requirement).map(|index| template.requirements[index].name.clone());
    Ok(OpenHelp { name: name.unwrap_or_else(|| help.requirement.clone()), help, learner, path, hold, holder })
}

/// A mentor's answer, for a transaction.
#[derive(Clone, Debug)]
pub struct Helping {
    help: domain::ids::HelpRequestId,
    by: (domain::ids::AccountId, String),
    words: String,
    now: Instant,
}

impl Helping {
    pub fn answer(state: &State, who: &Signed, open: &OpenHelp, words: Option<String>) -> Result<Self, Error> {
        let words = said(words)?;
        if matches!(open.hold, Hold::Another(_)) {
            return Err(Error::Rule("claimed_by_another"));
        }
        Ok(Self { help: open.help.id, by: (who.account.id, who.account.name.to_string()), words, now: state.clock.now() })
    }

    /// Inside a transaction. Fails with `help_ended` when it was answered or closed meanwhile.
    pub fn keep(&self, conn: &mut store::Conn<'_>) -> store::Result<()> {
        store::mentoring::answer_help(conn, self.help, (self.by.0, &self.by.1), &self.words, self.now)?;
        store::mentoring::release(conn, Claimed::Help(self.help), self.by.0)
    }
}
