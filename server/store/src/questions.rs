//! What waits for a learner's yes or no: work in which they were named, and summaries for a sponsor.

use domain::cohort::{MemberState, Standing, SummaryState};
use domain::digest::{Question, QuestionAbout};
use domain::ids::AccountId;
use domain::time::Instant;

use crate::{Conn, Result, accounts, co_authors, cohorts, summaries};

/// Asked after `since` and until `now`, and neither answered nor gone; oldest first. Both come of cohorts only, so who is in
/// none costs one look.
pub fn asked(conn: &mut Conn<'_>, account: AccountId, since: Instant, now: Instant) -> Result<Vec<Question>> {
    let memberships = cohorts::memberships(conn, account)?;
    if memberships.is_empty() {
        return Ok(Vec::new());
    }
    let is_new = |at: Instant| at > since && at <= now;
    let mut questions = Vec::new();
    for (named, (_, _, payload)) in co_authors::open_to(conn, account)? {
        if is_new(named.asked_at) {
            let by = accounts::by_id(conn, named.account)?.name.to_string();
            let about = QuestionAbout::Work { by, title: payload.and_then(|payload| payload.title) };
            questions.push(Question { asked_at: named.asked_at, about });
        }
    }
    for member in memberships {
        if member.standing != Standing::Learner || member.state == MemberState::Dropped {
            continue;
        }
        for (link, given) in summaries::asked_of(conn, account, Some(member.cohort))? {
            if given.is_none() && is_new(link.created_at) && link.state(now) == SummaryState::Open {
                let cohort = cohorts::by_id(conn, member.cohort)?;
                let about = QuestionAbout::Summary {
                    label: link.terms.label.to_string(),
                    cohort: cohort.public_id.to_string(),
                    name: cohort.name.to_string(),
                };
                questions.push(Question { asked_at: link.created_at, about });
            }
        }
    }
    questions.sort_by_key(|question| question.asked_at);
    Ok(questions)
}
