//! Messages of mentors to a learner, by mail. Web stores them; the jobs send them, by what holds then.

use domain::mentoring::said;
use domain::policy::Act;
use store::mentoring::Message;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::cohorts::{Member, Opened};
use crate::state::State;

/// Messages that are told on a learner's page.
const MOST: i64 = 20;

/// What mentors of the cohort wrote to a learner, newest first.
pub async fn list(state: &State, who: &Signed, opened: &Opened, member: &Member) -> Result<Vec<Message>, Error> {
    let (cohort, learner) = (opened.cohort.id, member.account.id);
    who.may(Act::SeeWork { learner, cohort }, "member")?;
    Ok(state.store.read(move |conn| store::mentoring::messages(conn, learner, Some(cohort), MOST)).await?)
}

/// A message that was looked at, to be kept with [`store::mentoring::send_message`]. Without an address there is none:
/// `no_mail`.
pub fn write(state: &State, who: &Signed, opened: &Opened, member: &Member, words: Option<String>) -> Result<Message, Error> {
    let (cohort, learner) = (opened.cohort.id, member.account.id);
    who.may(Act::AssessLearner { learner, cohort }, "member")?;
    let words = said(words)?;
    if member.account.mail.is_none() || member.account.disabled {
        return Err(Error::Rule("no_mail"));
    }
    Ok(Message {
        public_id: state.dice.public_id(),
        cohort,
        learner,
        by: Some(who.account.id),
        by_name: who.account.name.to_string(),
        words,
        at: state.clock.now(),
    })
}
