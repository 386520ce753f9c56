//! Reviews of the demo's submissions by people outside: asked, answered and kept as the product does it; and what waits for mentors.

use domain::ids::{AccountId, PathId, PublicId};
use domain::ledger::{Entry, EvidenceKind, NewEntry};
use domain::review::{self, Reply, Review, Said, Verdict, Wish};
use domain::subject::Trust;
use domain::template::Template;
use domain::time::{Day, Instant};
use store::mentoring::NewHelp;
use store::reviews::NewRequest;
use store::{Conn, reviews};

use super::{Demo, DemoError, misfit};

const DAY_SECONDS: i64 = 86_400;

/// A request that was answered, with its answer.
pub struct Answered {
    request: NewRequest,
    review: Review,
}

/// A review of submission `number`: all that was asked is met but the last of several, which has no test yet.
pub fn answered(
    demo: &Demo<'_>,
    ledger: &[Entry],
    number: u32,
    by: &str,
    remark: &str,
    day: Day,
    at: Instant,
) -> Result<(Answered, NewEntry), DemoError> {
    let request = request(demo, ledger, number, by, at.plus_seconds(-2 * DAY_SECONDS))?;
    let submission = ledger.iter().find(|entry| entry.seq == number).ok_or_else(|| misfit(number))?;
    let last = submission.held.len() - 1;
    let said = submission.held.iter().enumerate().map(|(at, held)| {
        let is_met = at < last || last == 0;
        Said {
            level: None,
            subject: held.subject.clone(),
            verdict: Some(if is_met { Verdict::Met } else { Verdict::NotMet }),
            comment: (!is_met).then(|| "I found the code, but no test that shows it.".to_owned()),
        }
    });
    let reply = Reply { name: by.to_owned(), comment: Some(remark.to_owned()), criteria: said.collect() };
    let review = review::check(submission, reply, &|_| None).map_err(misfit)?;
    let entry = review::entry(submission, &review, Trust::Peer, day, at);
    Ok((Answered { request, review }, entry))
}

/// The newest submission that nobody has reviewed, by its number: it waits for the mentors since it was handed in.
pub fn unseen(ledger: &[Entry]) -> Option<(u32, Instant)> {
    let waiting = domain::progress::waiting(ledger);
    waiting.last().map(|entry| (entry.seq, entry.recorded_at))
}

/// Who is stuck since yesterday, at the first project of the role.
pub fn stuck(demo: &Demo<'_>, template: &Template) -> Option<NewHelp> {
    let project = template.requirements.iter().find(|requirement| requirement.is_project())?;
    Some(NewHelp {
        public_id: demo.dice.public_id(),
        // the path's key is known when it is kept
        path: PathId(0),
        requirement: project.id.clone(),
        words: "The second migration fails on a database with rows in it. I made the column nullable, and then the tests fail. \
                Is there an order in which this is usually done?"
            .to_owned(),
        asked_at: demo.now.plus_seconds(-DAY_SECONDS),
    })
}

/// The newest submission of the last weeks that nobody has reviewed: somebody was asked yesterday and has not answered.
pub fn waiting(demo: &Demo<'_>, ledger: &[Entry], is_asked: impl Fn(u32) -> bool) -> Result<Option<NewRequest>, DemoError> {
    let standing = domain::ledger::standing(ledger);
    let submission = standing.iter().rev().find(|entry| entry.kind == EvidenceKind::Submission && !is_asked(entry.seq));
    submission.map(|submission| request(demo, ledger, submission.seq, "Noor Haddad", demo.now.plus_seconds(-DAY_SECONDS))).transpose()
}

fn request(demo: &Demo<'_>, ledger: &[Entry], number: u32, reviewer: &str, at: Instant) -> Result<NewRequest, DemoError> {
    let message = Some("Could you look at this? The README says where to begin.".to_owned());
    let asked = review::ask(ledger, number, Wish { reviewer: reviewer.to_owned(), message, days: None }).map_err(misfit)?;
    Ok(NewRequest {
        public_id: demo.dice.public_id(),
        // the account's key is known when it is kept
        account: AccountId(0),
        entry: number,
        token_hash: web::auth::secrets::hash(&demo.dice.secret()),
        reviewer: asked.reviewer,
        message: asked.message,
        created_at: at,
        expires_at: at.plus_seconds(i64::from(asked.days) * DAY_SECONDS),
    })
}

/// Keeps a request with its answer.
pub fn keep(conn: &mut Conn<'_>, account: AccountId, answered: &Answered, new: &NewEntry, id: PublicId) -> store::Result<()> {
    let request = reviews::create(conn, &NewRequest { account, ..answered.request.clone() })?;
    reviews::answer(conn, &request, &answered.review, reviews::By::default(), new, id).map(drop)
}
