//! Mock interviews: drawing questions, keeping notes and marks.

use domain::ids::PublicId;
use domain::practice::{Mark, Wish, check_notes, check_wish, pick};
use domain::world::Dice;
use store::interviews::{self, Interview, NewInterview};

use crate::caller::Signed;
use crate::errors::Error;
use crate::state::State;

/// Interviews that a page lists.
pub const LISTED: i64 = 50;

pub async fn list(state: &State, who: &Signed) -> Result<Vec<Interview>, Error> {
    let id = who.account.id;
    Ok(state.store.read(move |conn| interviews::list(conn, id, LISTED)).await?)
}

pub async fn get(state: &State, who: &Signed, interview: PublicId) -> Result<Interview, Error> {
    let id = who.account.id;
    Ok(state.store.read(move |conn| interviews::get(conn, id, interview)).await?)
}

/// Draws the questions of a new interview.
pub fn prepare(state: &State, wish: Wish) -> Result<NewInterview, Error> {
    let library = state.library();
    let wish = check_wish(wish, &library)?;
    let mut draw = |below: usize| below_of(state.dice.as_ref(), below);
    let questions = pick(&wish, &library, &mut draw)
        .iter()
        .filter_map(|key| library.get(key))
        .map(|(_, question)| (question.topic.clone(), question.question.clone(), question.covers.clone()))
        .collect();
    Ok(NewInterview { public_id: state.dice.public_id(), minutes: wish.minutes, started_at: state.clock.now(), questions })
}

/// One answer: notes that end it, a mark that opens the next question, or both.
#[derive(Clone, Debug)]
pub struct Answer {
    pub notes: Option<String>,
    pub mark: Option<Mark>,
}

/// The work of answering question `position`, from 1, for a transaction. The interview as it is afterwards.
pub fn answering(
    state: &State,
    who: &Signed,
    interview: PublicId,
    position: u32,
    answer: Answer,
) -> Result<impl Fn(&mut store::Conn<'_>) -> Result<Interview, store::Error> + Send + 'static, Error> {
    let (account, now) = (who.account.id, state.clock.now());
    let (notes, mark) = (check_notes(answer.notes)?, answer.mark);
    Ok(move |conn: &mut store::Conn<'_>| {
        let known = interviews::get(conn, account, interview)?;
        let at = usize::try_from(position).unwrap_or(usize::MAX).checked_sub(1);
        // Questions are answered in their order; a later one is not there yet.
        let open = at.and_then(|at| known.questions.get(at)).is_some_and(|question| question.opened_at.is_some());
        if !open {
            return Err(store::Error::NotThere("question"));
        }
        interviews::answer(conn, account, interview, position, notes.as_deref(), now)?;
        if let Some(mark) = mark {
            interviews::mark(conn, account, interview, position, mark, now)?;
        }
        interviews::get(conn, account, interview)
    })
}

/// A number below `below`, which is at least 1. The bias of 64 bits over a few hundred cannot be seen.
fn below_of(dice: &dyn Dice, below: usize) -> usize {
    let mut bytes = [0; 8];
    dice.fill(&mut bytes);
    (u64::from_le_bytes(bytes) % below.max(1) as u64) as usize
}
