//! Mentoring: what waits, who has it, what two people at once come to, cries for help, assessments, notes.

use domain::cohort::{MemberState, Span, Standing};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::ledger::{EvidenceKind, Held, NewEntry};
use domain::mentoring::{Lease, Occasion};
use domain::review::{Judged, Reply, RequestState, Review, Verdict};
use domain::subject::{Subject, SubjectKind, Trust};
use domain::time::Zone;
use store::mentoring::{Claimed, NewHelp, Note};
use store::reviews::{By, Request};
use store::{Conn, Error, Store, cohorts, ledger, mentoring, paths, reviews};

use crate::support::{at, at_once, claim, day, each_backend, fresh_id, name, path, person, read, retraction, write};

pub struct World {
    pub cohort: CohortId,
    pub ada: AccountId,
    pub mira: AccountId,
    pub jo: AccountId,
}

/// A cohort with a learner and two mentors.
pub fn world(store: &Store) -> World {
    let new = cohorts::NewCohort {
        public_id: fresh_id(),
        name: name("Autumn"),
        starts_on: day(0),
        ends_on: day(100),
        zone: Zone::utc(),
        created_at: at(0),
    };
    let cohort = write(store, move |conn| cohorts::create(conn, &new)).unwrap().id;
    let [ada, mira, jo] = ["ada", "mira", "jo"].map(|username| person(store, username).id);
    write(store, move |conn| {
        cohorts::add_member(conn, cohort, ada, Standing::Learner, at(1))?;
        cohorts::add_member(conn, cohort, mira, Standing::Mentor, at(1))?;
        cohorts::add_member(conn, cohort, jo, Standing::Mentor, at(1))
    })
    .unwrap();
    World { cohort, ada, mira, jo }
}

fn held() -> Vec<Held> {
    vec![Held { subject: Subject::new(SubjectKind::Criterion, "documents"), step: None }]
}

/// Work that was handed in, and waits since second `n`.
pub fn handed_in(store: &Store, account: AccountId, n: i64) -> Request {
    let id = fresh_id();
    let new = NewEntry { kind: EvidenceKind::Submission, trust: Trust::Linked, recorded_at: at(n), ..claim(held()) };
    write(store, move |conn| {
        let entry = ledger::append(conn, account, &new, fresh_id())?.seq;
        reviews::ask_mentors(conn, account, entry, id, at(n))?;
        reviews::for_mentors(conn, id)
    })
    .unwrap()
}

fn review(by: &str) -> Review {
    let judged = Judged { subject: Subject::new(SubjectKind::Criterion, "documents"), verdict: Verdict::Met, level: None, comment: None };
    Review { by: name(by), comment: None, criteria: vec![judged] }
}

pub fn answer(conn: &mut Conn<'_>, cohort: CohortId, request: &Request, by: AccountId, n: i64) -> Result<reviews::Answer, Error> {
    let entry = NewEntry { kind: EvidenceKind::Review, trust: Trust::Mentor, recorded_at: at(n), ..claim(held()) };
    let by = By { account: Some(by), returned: false };
    mentoring::review(conn, cohort, request, &review("Mira"), by, &entry, fresh_id())
}

fn open(store: &Store, cohort: CohortId) -> Vec<PublicId> {
    read(store, |conn| mentoring::open_requests(conn, cohort)).into_iter().map(|request| request.public_id).collect()
}

#[test]
fn what_is_handed_in_waits_until_somebody_answers_and_again_when_that_is_taken_back() {
    each_backend(|store| {
        let World { cohort, ada, mira, .. } = world(store);
        let (first, second) = (handed_in(store, ada, 10), handed_in(store, ada, 5));
        assert_eq!(open(store, cohort), [second.public_id, first.public_id], "oldest first");
        assert_eq!((first.is_for_mentors, first.expires_at, first.state(at(9_999))), (true, None, RequestState::Open));
        let asked = first.clone();
        let answered = write(store, move |conn| answer(conn, cohort, &asked, mira, 20)).unwrap();
        assert_eq!((answered.version, answered.by, answered.entry), (1, Some(mira), 3));
        assert_eq!(open(store, cohort), [second.public_id]);
        write(store, move |conn| ledger::append(conn, ada, &retraction(3), fresh_id())).unwrap();
        assert_eq!(open(store, cohort), [second.public_id, first.public_id], "it waits as if nobody had answered");
        assert_eq!(read(store, |conn| reviews::for_mentors(conn, first.public_id)).answer, None);
        let asked = first.clone();
        assert_eq!(write(store, move |conn| answer(conn, cohort, &asked, mira, 30)).unwrap().version, 2);
        assert_eq!(read(store, |conn| reviews::for_mentors(conn, first.public_id)).answer.unwrap().version, 2);

        write(store, move |conn| ledger::append(conn, ada, &retraction(2), fresh_id())).unwrap();
        assert!(open(store, cohort).is_empty(), "what is taken back waits for nobody");
        let late = write(store, move |conn| answer(conn, cohort, &second, mira, 40));
        assert_eq!(late.unwrap_err(), Error::Rule("review_withdrawn"));
    });
}

/// The board's state is made of the very requests that the queue shows.
#[test]
fn the_board_says_of_a_learner_what_the_queue_does() {
    each_backend(|store| {
        let World { cohort, ada, mira, .. } = world(store);
        let since = || {
            let facts = read(store, |conn| {
                let cohort = cohorts::by_id(conn, cohort)?;
                cohorts::board(conn, cohort)
            });
            facts.learners.iter().find(|learner| learner.account.id == ada).and_then(|learner| learner.waiting_since)
        };
        assert_eq!(since(), None);
        let (first, _) = (handed_in(store, ada, 5), handed_in(store, ada, 10));
        assert_eq!(since(), Some(at(5)));
        write(store, move |conn| cohorts::withhold(conn, cohort, ada, &[first.entry].into())).unwrap();
        assert_eq!(since(), Some(at(10)), "what is withheld waits for nobody here");
        write(store, move |conn| cohorts::withhold(conn, cohort, ada, &[].into())).unwrap();
        let asked = first.clone();
        write(store, move |conn| answer(conn, cohort, &asked, mira, 20)).unwrap();
        assert_eq!(since(), Some(at(10)));
        write(store, move |conn| ledger::append(conn, ada, &retraction(3), fresh_id())).unwrap();
        assert_eq!(since(), Some(at(5)));
    });
}

#[test]
fn one_has_a_thing_until_the_lease_ends_or_is_given_back() {
    each_backend(|store| {
        let World { cohort, ada, mira, jo } = world(store);
        let request = handed_in(store, ada, 1);
        let what = Claimed::Review(request.id);
        let take = |by, now, until| write(store, move |conn| mentoring::claim(conn, what, Lease { by, until: at(until) }, at(now)));
        take(mira, 10, 20).unwrap();
        assert_eq!(take(jo, 19, 29).unwrap_err(), Error::Rule("claimed_by_another"));
        take(mira, 19, 40).unwrap();
        assert_eq!(take(jo, 39, 49).unwrap_err(), Error::Rule("claimed_by_another"), "it was taken on");
        let asked = request.clone();
        let refused = write(store, move |conn| answer(conn, cohort, &asked, jo, 39));
        assert_eq!(refused.unwrap_err(), Error::Rule("claimed_by_another"));
        assert_eq!(read(store, |conn| ledger::facts(conn, ada)).len(), 1, "and left nothing behind");
        take(jo, 40, 50).unwrap();
        write(store, move |conn| mentoring::release(conn, what, mira)).unwrap();
        assert_eq!(take(mira, 45, 60).unwrap_err(), Error::Rule("claimed_by_another"), "nobody gives back what another has");
        write(store, move |conn| mentoring::release(conn, what, jo)).unwrap();
        take(mira, 45, 60).unwrap();
        write(store, move |conn| answer(conn, cohort, &request, mira, 46)).unwrap();
        assert!(read(store, |conn| mentoring::leases(conn, &[what_id(what)], &[])).is_empty(), "the lease ends with the answer");
    });
}

fn what_id(what: Claimed) -> domain::ids::ReviewRequestId {
    match what {
        Claimed::Review(id) => id,
        Claimed::Help(_) => panic!("{what:?}"),
    }
}

#[test]
fn of_two_reviews_of_one_submission_at_once_one_stands_and_the_other_is_told() {
    each_backend(|store| {
        let World { cohort, ada, mira, jo } = world(store);
        let request = handed_in(store, ada, 1);
        let (one, two) = (request.clone(), request.clone());
        let (first, second) =
            at_once(store, move |conn| answer(conn, cohort, &one, mira, 5), move |conn| answer(conn, cohort, &two, jo, 5));
        assert_eq!(first.map(|answer| answer.by), Ok(Some(mira)));
        assert_eq!(second.map(|answer| answer.by), Err(Error::Rule("review_answered")));
        let kept = read(store, |conn| reviews::for_mentors(conn, request.public_id)).answer.unwrap();
        assert_eq!((kept.by, kept.version), (Some(mira), 1));
        let facts = read(store, |conn| ledger::facts(conn, ada));
        assert_eq!(facts.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2], "one entry came of it, without a gap");
    });
}

fn drop_out(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId) -> Result<(), Error> {
    cohorts::lock_member(conn, cohort, account)?;
    cohorts::add_span(conn, cohort, account, &Span::new(MemberState::Dropped, day(9)), cohorts::Written { by: None, at: at(6) })
}

#[test]
fn a_review_of_somebody_who_is_dropped_meanwhile_is_refused_and_one_that_was_first_stays() {
    each_backend(|store| {
        let World { cohort, ada, mira, .. } = world(store);
        let request = handed_in(store, ada, 1);
        let late = request.clone();
        let (dropped, review) = at_once(store, move |conn| drop_out(conn, cohort, ada), move |conn| answer(conn, cohort, &late, mira, 5));
        assert_eq!((dropped, review.map(|_| ())), (Ok(()), Err(Error::Rule("member_left"))));
        assert_eq!(read(store, |conn| ledger::facts(conn, ada)).len(), 1);
        assert!(open(store, cohort).is_empty(), "who dropped out waits for nothing");

        write(store, move |conn| cohorts::add_member(conn, cohort, ada, Standing::Learner, at(7))).unwrap();
        assert_eq!(open(store, cohort), [request.public_id], "and does so again who comes back");
        let early = request.clone();
        let (review, dropped) = at_once(store, move |conn| answer(conn, cohort, &early, mira, 8), move |conn| drop_out(conn, cohort, ada));
        assert_eq!((review.map(|_| ()), dropped), (Ok(()), Ok(())));
        assert!(read(store, |conn| reviews::for_mentors(conn, request.public_id)).answer.is_some());
        assert_eq!(read(store, |conn| ledger::facts(conn, ada)).len(), 2);
    });
}

#[test]
fn work_that_is_taken_back_while_a_review_is_sent_is_not_reviewed() {
    each_backend(|store| {
        let World { cohort, ada, mira, .. } = world(store);
        let request = handed_in(store, ada, 1);
        let late = request.clone();
        let (taken_back, review) = at_once(
            store,
            move |conn| ledger::append(conn, ada, &retraction(1), fresh_id()),
            move |conn| answer(conn, cohort, &late, mira, 5),
        );
        assert_eq!((taken_back.map(|entry| entry.seq), review.map(|_| ())), (Ok(2), Err(Error::Rule("review_withdrawn"))));
        assert_eq!(read(store, |conn| reviews::for_mentors(conn, request.public_id)).state(at(9)), RequestState::Revoked);
    });
}

#[test]
fn of_two_who_take_a_thing_up_at_once_one_has_it() {
    each_backend(|store| {
        let World { ada, mira, jo, .. } = world(store);
        let what = Claimed::Review(handed_in(store, ada, 1).id);
        let take = move |by| move |conn: &mut Conn<'_>| mentoring::claim(conn, what, Lease { by, until: at(60) }, at(5));
        assert_eq!(at_once(store, take(mira), take(jo)), (Ok(()), Err(Error::Rule("claimed_by_another"))));
        assert_eq!(read(store, |conn| mentoring::leases(conn, &[what_id(what)], &[]))[&what].by, mira);
    });
}

#[test]
fn one_cry_for_help_a_requirement_is_open_and_ends_once() {
    each_backend(|store| {
        let World { cohort, mira, .. } = world(store);
        let bela = person(store, "bela");
        let (own, id) = (path(store, &bela, "aa").id, bela.id);
        write(store, move |conn| {
            cohorts::add_member(conn, cohort, id, Standing::Learner, at(1))?;
            paths::set_cohort(conn, own, Some(cohort))
        })
        .unwrap();
        let ask = |requirement: &str, n| {
            let new = NewHelp {
                public_id: fresh_id(),
                path: own,
                requirement: requirement.to_owned(),
                words: "Stuck.".to_owned(),
                asked_at: at(n),
            };
            let public_id = new.public_id;
            write(store, move |conn| mentoring::ask_help(conn, &new)).map(|()| public_id)
        };
        let first = ask("http", 5).unwrap();
        assert_eq!(ask("http", 6).unwrap_err(), Error::Rule("help_asked"));
        let second = ask("caching", 4).unwrap();
        let waiting = || read(store, |conn| mentoring::open_help(conn, cohort)).into_iter().map(|help| help.public_id).collect::<Vec<_>>();
        assert_eq!(waiting(), [second, first]);
        let first = read(store, |conn| mentoring::help_of(conn, first)).id;
        let (answered, closed) = at_once(
            store,
            move |conn| mentoring::answer_help(conn, first, (mira, "Mira"), "Look at the log.", at(8)),
            move |conn| mentoring::close_help(conn, first, at(8)),
        );
        assert_eq!((answered, closed), (Ok(()), Err(Error::Rule("help_ended"))));
        assert_eq!(waiting(), [second]);
        ask("http", 9).unwrap();
        let all = read(store, |conn| mentoring::help_of_path(conn, own));
        assert_eq!(all.len(), 3, "the old one stays");
        assert_eq!(all[2].answer, Some(("Look at the log.".to_owned(), "Mira".to_owned())));
        let gone = write(store, move |conn| drop_out(conn, cohort, id));
        assert_eq!((gone, waiting().len()), (Ok(()), 0));
    });
}

#[test]
fn an_assessment_says_who_recorded_it_and_whether_it_was_taken_back() {
    each_backend(|store| {
        let World { cohort, ada, mira, .. } = world(store);
        let batch = fresh_id();
        let seen = NewEntry { kind: EvidenceKind::Assessment, trust: Trust::Mentor, recorded_at: at(3), ..claim(held()) };
        write(store, move |conn| mentoring::assess(conn, ada, &seen, fresh_id(), (batch, Occasion::Oral), (cohort, mira))).unwrap();
        let of = || read(store, |conn| mentoring::batch(conn, cohort, batch));
        let [assessed] = of().try_into().unwrap();
        assert_eq!((assessed.account, assessed.entry, assessed.by, assessed.is_undone), (ada, 1, Some(mira), false));
        write(store, move |conn| ledger::append(conn, ada, &retraction(1), fresh_id())).unwrap();
        assert!(of()[0].is_undone);
        assert_eq!(read(store, |conn| mentoring::assessments_of(conn, cohort, 10)), of());
    });
}

#[test]
fn notes_about_a_learner_are_a_cohorts_own() {
    each_backend(|store| {
        let World { cohort, ada, mira, jo } = world(store);
        let note = |by, words: &str| Note {
            public_id: fresh_id(),
            cohort,
            learner: ada,
            by: Some(by),
            by_name: "A mentor".to_owned(),
            words: words.to_owned(),
            at: at(4),
        };
        let (first, second) = (note(mira, "Calm under load."), note(jo, "Ask about tests."));
        for note in [first.clone(), second.clone()] {
            write(store, move |conn| mentoring::add_note(conn, &note)).unwrap();
        }
        assert_eq!(read(store, |conn| mentoring::notes(conn, cohort, ada)), [second.clone(), first.clone()]);
        assert_eq!(read(store, |conn| mentoring::notes(conn, cohort, mira)), []);
        let id = first.public_id;
        write(store, move |conn| mentoring::remove_note(conn, id)).unwrap();
        assert_eq!(read(store, |conn| mentoring::notes_about(conn, ada)), [second]);
        assert_eq!(write(store, move |conn| mentoring::remove_note(conn, id)).unwrap_err(), Error::NotThere("note"));
    });
}

#[test]
fn a_message_waits_for_the_outbox_until_it_is_there() {
    each_backend(|store| {
        let World { cohort, ada, mira, .. } = world(store);
        let message = |n: i64| mentoring::Message {
            public_id: fresh_id(),
            cohort,
            learner: ada,
            by: Some(mira),
            by_name: "Mira".to_owned(),
            words: "Well done.".to_owned(),
            at: at(n),
        };
        let (late, early) = (message(9), message(5));
        for message in [late.clone(), early.clone()] {
            write(store, move |conn| mentoring::send_message(conn, &message)).unwrap();
        }
        assert_eq!(read(store, |conn| mentoring::unplanned_messages(conn, 9)), [early.clone(), late.clone()]);
        let id = early.public_id;
        write(store, move |conn| mentoring::message_is_planned(conn, id)).unwrap();
        assert_eq!(read(store, |conn| mentoring::unplanned_messages(conn, 9)), std::slice::from_ref(&late));
        assert_eq!(read(store, |conn| mentoring::message(conn, id)), early);
        assert_eq!(read(store, |conn| mentoring::messages(conn, ada, Some(cohort), 9)), [early, late]);
    });
}

#[test]
fn a_draft_is_its_mentors_until_the_work_is_answered_or_ends() {
    each_backend(|store| {
        let World { cohort, ada, mira, jo } = world(store);
        let (first, second) = (handed_in(store, ada, 1), handed_in(store, ada, 2));
        let reply = |words: &str| Reply { comment: Some(words.to_owned()), ..Reply::default() };
        let save = |request: &Request, by, words: &str| {
            let (request, reply) = (request.clone(), reply(words));
            write(store, move |conn| mentoring::save_draft(conn, &request, by, &reply, at(4)))
        };
        let words =
            |request: &Request, by| read(store, |conn| mentoring::draft(conn, request.id, by)).and_then(|draft| draft.reply.comment);
        save(&first, mira, "one").unwrap();
        save(&first, mira, "two").unwrap();
        save(&first, jo, "other").unwrap();
        save(&second, mira, "second").unwrap();
        assert_eq!((words(&first, mira).as_deref(), words(&first, jo).as_deref()), (Some("two"), Some("other")));
        assert_eq!(read(store, |conn| mentoring::drafts_of(conn, mira)).len(), 2);
        let (id, late) = (first.id, first.clone());
        write(store, move |conn| mentoring::discard_draft(conn, id, jo)).unwrap();
        assert_eq!((words(&first, mira).as_deref(), words(&first, jo)), (Some("two"), None));

        // Of an answer and a draft at once the answer counts, and nothing is left of the other.
        let begun = first.clone();
        let (answered, drafted) = at_once(
            store,
            move |conn| answer(conn, cohort, &late, jo, 5),
            move |conn| mentoring::save_draft(conn, &begun, mira, &Reply::default(), at(6)),
        );
        assert_eq!((answered.map(|_| ()), drafted), (Ok(()), Err(Error::Rule("review_answered"))));
        assert_eq!(words(&first, mira), None);
        write(store, move |conn| ledger::append(conn, ada, &retraction(2), fresh_id())).unwrap();
        assert_eq!(words(&second, mira), None);
        assert_eq!(save(&second, mira, "late"), Err(Error::Rule("review_withdrawn")));
    });
}
