//! Work that several made: who confirms has it as their own, whatever becomes of the other's.

use domain::co_author::{CoAuthorState, entry};
use domain::cohort::{MemberState, Span, Standing};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::ledger::{Entry, EvidenceKind, NewEntry, Payload};
use domain::review::{Judged, Review, Verdict};
use domain::subject::{Subject, SubjectKind, Trust};
use store::co_authors::CoAuthor;
use store::mentoring::OfMember;
use store::reviews::{By, Request};
use store::{Conn, Error, Store, accounts, co_authors, cohorts, ledger, mentoring, reviews};

use crate::mentoring::{World, handed_in, world};
use crate::support::{at, at_once, claim, day, each_backend, fresh_id, name, person, read, retraction, write};

/// Ada has handed work in and named Bela and Cem, who learn with her.
struct Team {
    world: World,
    request: Request,
    bela: CoAuthor,
    cem: CoAuthor,
}

fn team(store: &Store) -> Team {
    let world = world(store);
    let (ada, cohort) = (world.ada, world.cohort);
    let [bela, cem] = ["bela", "cem"].map(|username| person(store, username).id);
    let request = handed_in(store, ada, 1);
    write(store, move |conn| {
        cohorts::add_member(conn, cohort, bela, Standing::Learner, at(1))?;
        cohorts::add_member(conn, cohort, cem, Standing::Learner, at(1))?;
        co_authors::ask(conn, ada, 1, &[(bela, fresh_id()), (cem, fresh_id())], at(1))
    })
    .unwrap();
    let mut named = read(store, |conn| co_authors::of_entries(conn, ada, &[1])).remove(&1).unwrap();
    let (cem, bela) = (named.pop().unwrap(), named.pop().unwrap());
    Team { world, request, bela, cem }
}

fn work(conn: &mut Conn<'_>, named: &CoAuthor) -> Result<NewEntry, Error> {
    let facts = ledger::facts(conn, named.account)?;
    let work: &Entry = facts.iter().find(|entry| entry.seq == named.entry).unwrap();
    Ok(entry(work, &Payload::default(), None, day(0), at(3)))
}

fn confirm(conn: &mut Conn<'_>, named: &CoAuthor) -> Result<(u32, PublicId), Error> {
    let (new, request) = (work(conn, named)?, fresh_id());
    Ok((co_authors::confirm(conn, named, &new, (fresh_id(), Some(request)))?.seq, request))
}

fn review(verdict: Verdict) -> Review {
    let subject = Subject::new(SubjectKind::Criterion, "documents");
    Review { by: name("Mira"), comment: None, criteria: vec![Judged { subject, verdict, level: None, comment: None }] }
}

fn new(n: i64) -> NewEntry {
    NewEntry { kind: EvidenceKind::Review, trust: Trust::Mentor, recorded_at: at(n), ..claim(Vec::new()) }
}

fn judge(
    conn: &mut Conn<'_>,
    cohort: CohortId,
    request: &Request,
    by: AccountId,
    members: &[(AccountId, PublicId, Verdict)],
) -> Result<reviews::Answer, Error> {
    let member = |&(person, request, verdict): &(AccountId, PublicId, Verdict)| OfMember {
        person,
        request,
        review: review(verdict),
        returned: verdict == Verdict::NotMet,
        new: new(5),
        entry_id: fresh_id(),
    };
    let members: Vec<OfMember> = members.iter().map(member).collect();
    let by = By { account: Some(by), returned: false };
    mentoring::review_all(conn, cohort, request, (&review(Verdict::Met), by, &new(5), fresh_id()), &members)
}

/// What was said of somebody's own entry.
fn said(store: &Store, person: AccountId, request: PublicId) -> Option<(Verdict, bool)> {
    let answer = read(store, |conn| reviews::get(conn, person, request)).answer?;
    Some((answer.review.criteria[0].verdict, answer.returned))
}

fn front(store: &Store, cohort: CohortId) -> Vec<AccountId> {
    let (open, behind) = read(store, |conn| Ok((mentoring::open_requests(conn, cohort)?, co_authors::behind(conn, cohort)?)));
    let open = domain::co_author::at_the_front(open, |request| (request.account, request.entry), &behind);
    open.into_iter().map(|request| request.account).collect()
}

#[test]
fn one_review_gives_each_who_confirmed_a_verdict_of_their_own() {
    each_backend(|store| {
        let Team { world: World { cohort, ada, mira, .. }, request, bela, cem } = team(store);
        let first = bela.clone();
        let (seq, own) = write(store, move |conn| confirm(conn, &first)).unwrap();
        assert_eq!(read(store, |conn| co_authors::get(conn, bela.person, bela.public_id)).own_entry, Some(seq));
        let second = cem.clone();
        let (_, of_cem) = write(store, move |conn| confirm(conn, &second)).unwrap();
        assert_eq!(front(store, cohort), [ada], "one piece of work waits once");
        let (late, members) = (request.clone(), [(bela.person, own, Verdict::Met), (cem.person, of_cem, Verdict::NotMet)]);
        write(store, move |conn| judge(conn, cohort, &late, mira, &members)).unwrap();
        assert_eq!(said(store, ada, request.public_id), Some((Verdict::Met, false)));
        assert_eq!(said(store, bela.person, own), Some((Verdict::Met, false)));
        assert_eq!(said(store, cem.person, of_cem), Some((Verdict::NotMet, true)));
        assert_eq!(front(store, cohort), []);
        let of_bela = read(store, |conn| ledger::facts(conn, bela.person));
        assert_eq!(of_bela.iter().map(|entry| entry.kind).collect::<Vec<_>>(), [EvidenceKind::Submission, EvidenceKind::Review]);

        // What one takes back is taken back for nobody else.
        write(store, move |conn| ledger::append(conn, ada, &retraction(1), fresh_id())).unwrap();
        assert_eq!(said(store, bela.person, own), Some((Verdict::Met, false)));
    });
}

#[test]
fn whoever_is_asked_says_so_once_and_only_while_the_work_is_there() {
    each_backend(|store| {
        let Team { world: World { cohort, ada, .. }, bela, cem, .. } = team(store);
        let (first, again) = (bela.clone(), bela.clone());
        write(store, move |conn| co_authors::decline(conn, &first, at(3))).unwrap();
        assert_eq!(write(store, move |conn| confirm(conn, &again)), Err(Error::Rule("co_author_answered")));
        assert_eq!(read(store, |conn| co_authors::get(conn, bela.person, bela.public_id)).state, CoAuthorState::Declined);
        assert_eq!(read(store, |conn| ledger::facts(conn, bela.person)), []);
        let of_another = store.read_blocking(|conn| co_authors::get(conn, cem.person, bela.public_id)).unwrap_err();
        assert_eq!(of_another, Error::NotThere("co_author"));
        let dropped = Span::new(MemberState::Dropped, day(0));
        let span = move |conn: &mut Conn<'_>| cohorts::add_span(conn, cohort, ada, &dropped, cohorts::Written { by: None, at: at(4) });
        write(store, span).unwrap();
        let late = cem.clone();
        assert_eq!(write(store, move |conn| confirm(conn, &late)), Err(Error::Rule("co_author_gone")), "they are in no cohort together");
    });
}

#[test]
fn of_a_confirmation_and_a_review_at_once_who_is_not_in_the_review_waits_on_their_own() {
    each_backend(|store| {
        let Team { world: World { cohort, mira, .. }, request, bela, .. } = team(store);
        let (late, named) = (request.clone(), bela.clone());
        let (judged, confirmed) = at_once(store, move |conn| judge(conn, cohort, &late, mira, &[]), move |conn| confirm(conn, &named));
        let (_, own) = confirmed.unwrap();
        assert!(judged.is_ok());
        assert_eq!((said(store, bela.person, own), front(store, cohort)), (None, vec![bela.person]));
    });
    each_backend(|store| {
        let Team { world: World { cohort, ada, mira, .. }, request, bela, .. } = team(store);
        let (late, named) = (request.clone(), bela.clone());
        let (confirmed, judged) = at_once(store, move |conn| confirm(conn, &named), move |conn| judge(conn, cohort, &late, mira, &[]));
        let (_, own) = confirmed.unwrap();
        assert!(judged.is_ok());
        assert_eq!((said(store, bela.person, own), front(store, cohort)), (None, vec![bela.person]));
        assert!(said(store, ada, request.public_id).is_some());
    });
}

#[test]
fn of_a_confirmation_and_work_that_is_taken_back_at_once_one_counts() {
    each_backend(|store| {
        let Team { world: World { cohort, ada, .. }, bela, cem, .. } = team(store);
        let named = bela.clone();
        let (back, late) =
            at_once(store, move |conn| ledger::append(conn, ada, &retraction(1), fresh_id()), move |conn| confirm(conn, &named));
        assert_eq!((back.map(|_| ()), late), (Ok(()), Err(Error::Rule("co_author_gone"))));
        assert_eq!(front(store, cohort), []);
        assert_eq!(read(store, |conn| ledger::facts(conn, cem.person)), []);
    });
}

#[test]
fn a_member_who_takes_it_back_while_a_review_is_sent_is_not_in_it() {
    each_backend(|store| {
        let Team { world: World { cohort, ada, mira, .. }, request, bela, .. } = team(store);
        let named = bela.clone();
        let (seq, own) = write(store, move |conn| confirm(conn, &named)).unwrap();
        let (person, late) = (bela.person, request.clone());
        let (back, judged) = at_once(
            store,
            move |conn| ledger::append(conn, person, &retraction(seq), fresh_id()),
            move |conn| judge(conn, cohort, &late, mira, &[(person, own, Verdict::Met)]),
        );
        assert!(back.is_ok() && judged.is_ok());
        assert_eq!((said(store, person, own), said(store, ada, request.public_id).is_some()), (None, true));
    });
}

#[test]
fn nobody_reviews_what_they_made_too_and_an_erasure_of_one_leaves_the_others_theirs() {
    each_backend(|store| {
        let Team { world: World { cohort, ada, mira, .. }, request, bela, cem } = team(store);
        // Somebody who was named guides the cohort by now.
        let (of_ada, by) = (request.clone(), cem.person);
        assert_eq!(write(store, move |conn| judge(conn, cohort, &of_ada, by, &[])).unwrap_err(), Error::Rule("review_own"));
        let named = bela.clone();
        let (seq, own) = write(store, move |conn| confirm(conn, &named)).unwrap();
        let of_bela = read(store, |conn| reviews::for_mentors(conn, own));
        for by in [ada, cem.person, bela.person] {
            let request = of_bela.clone();
            assert_eq!(write(store, move |conn| judge(conn, cohort, &request, by, &[])).unwrap_err(), Error::Rule("review_own"));
        }
        assert_eq!(front(store, cohort), [ada]);
        write(store, move |conn| accounts::erase(conn, ada, at(50))).unwrap();
        assert_eq!(front(store, cohort), [bela.person]);
        assert_eq!(read(store, |conn| ledger::facts(conn, bela.person))[0].seq, seq);
        write(store, move |conn| judge(conn, cohort, &of_bela, mira, &[])).unwrap();
        assert_eq!(read(store, |conn| co_authors::of_person(conn, cem.person)), []);
    });
    each_backend(|store| {
        let Team { world: World { ada, .. }, bela, cem, .. } = team(store);
        let erased = bela.person;
        write(store, move |conn| accounts::erase(conn, erased, at(51))).unwrap();
        let named = read(store, |conn| co_authors::of_entries(conn, ada, &[1])).remove(&1).unwrap();
        assert_eq!(named.iter().map(|named| named.person).collect::<Vec<_>>(), [cem.person]);
    });
}
