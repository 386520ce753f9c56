//! What mentors do: the queue, reviews, cries for help, assessments, notes for each other.

mod assessments;
mod help;
mod messages;
mod notes;
mod queue;
mod review;

use domain::cohort::{MemberState, Standing};
use domain::ids::PublicId;
use domain::ledger::NewEntry;
use domain::mentoring::{ItemKind, asking};
use domain::policy::Act;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::cohorts::{self, Opened};
use crate::state::State;

pub use assessments::{Act as AssessmentAct, Assessing, Wish as AssessmentWish, acts, learners, undo as undo_assessment};
pub use help::{Asking, Helping, OpenHelp, ask as ask_help, close as close_help, of_path as help_of_path, open as open_help};
pub use messages::{list as messages, write as write_message};
pub use notes::{add as add_note, list as notes, remove as remove_note};
pub use queue::{Taking, Waiting, everywhere, of_cohort};
pub use review::{Answering, Drafting, Member, OpenReview, Otherwise, Undoing, Worth, open as open_review};

/// Opens a cohort for its mentors and leads; for anybody else, an admin too, it is not there.
pub async fn open(state: &State, who: &Signed, id: PublicId) -> Result<Opened, Error> {
    let opened = cohorts::open(state, who, id).await?;
    who.may(Act::MentorCohort { cohort: opened.cohort.id }, "cohort")?;
    Ok(opened)
}

/// That mentors are asked to look at an entry, with the id of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handing(pub PublicId);

/// Whether what somebody records goes to the mentors of a cohort: work or a certificate, about something that their path
/// there asks.
pub async fn handing(state: &State, who: &Signed, new: &NewEntry) -> Result<Option<Handing>, Error> {
    let entry = new.numbered(0);
    if ItemKind::of(&entry).is_none() || who.memberships.is_empty() {
        return Ok(None);
    }
    let id = who.account.id;
    for path in state.store.read(move |conn| store::paths::list(conn, id)).await? {
        let learns = who.memberships.iter().any(|member| {
            Some(member.cohort) == path.cohort && member.standing == Standing::Learner && member.state != MemberState::Dropped
        });
        if learns && !asking(&*state.template(path.revision).await?, &entry).is_empty() {
            return Ok(Some(Handing(state.dice.public_id())));
        }
    }
    Ok(None)
}
