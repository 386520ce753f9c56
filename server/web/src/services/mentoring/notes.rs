//! Notes that mentors write for each other about a learner.

use domain::ids::PublicId;
use domain::mentoring::said;
use domain::policy::Act;
use store::mentoring::Note;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::cohorts::{Member, Opened};
use crate::state::State;

/// About a learner of the cohort, newest first. For its mentors and leads; an admin who is none does not read them.
pub async fn list(state: &State, who: &Signed, opened: &Opened, member: &Member) -> Result<Vec<Note>, Error> {
    let (cohort, learner) = (opened.cohort.id, member.account.id);
    who.may(Act::SeeWork { learner, cohort }, "member")?;
    Ok(state.store.read(move |conn| store::mentoring::notes(conn, cohort, learner)).await?)
}

/// A note that was looked at, to be kept with [`store::mentoring::add_note`].
pub fn add(state: &State, who: &Signed, opened: &Opened, member: &Member, words: Option<String>) -> Result<Note, Error> {
    let (cohort, learner) = (opened.cohort.id, member.account.id);
    who.may(Act::AssessLearner { learner, cohort }, "member")?;
    Ok(Note {
        public_id: state.dice.public_id(),
        cohort,
        learner,
        by: Some(who.account.id),
        by_name: who.account.name.to_string(),
        words: said(words)?,
        at: state.clock.now(),
    })
}

/// Takes a note away: who wrote it, or a lead.
pub async fn remove(state: &State, who: &Signed, opened: &Opened, member: &Member, id: PublicId) -> Result<(), Error> {
    let (cohort, learner) = (opened.cohort.id, member.account.id);
    who.may(Act::AssessLearner { learner, cohort }, "note")?;
    let note = state.store.read(move |conn| store::mentoring::note(conn, id)).await?;
    if note.cohort != cohort || note.learner != learner {
        return Err(Error::NotThere("note"));
    }
    if note.by != Some(who.account.id) {
        who.may(Act::LeadCohort { cohort }, "note")?;
    }
    Ok(state.store.write(move |conn| store::mentoring::remove_note(conn, id)).await?)
}
