//! Links to summaries for a sponsor, and consents to them.

use std::collections::BTreeSet;

use domain::cohort::{Standing, SummaryState, SummaryTerms};
use domain::ids::{AccountId, CohortId};
use domain::time::Zone;
use store::summaries::{self, NewSummaryLink, SummaryLink};
use store::{Conn, Error, Store, cohorts};

use crate::support::{at, day, each_backend, fresh_id, name, person, read, write};

const SECRET: [u8; 32] = [1; 32];

fn cohort(store: &Store, called: &str) -> CohortId {
    let new = cohorts::NewCohort {
        public_id: fresh_id(),
        name: name(called),
        starts_on: day(0),
        ends_on: day(100),
        zone: Zone::utc(),
        created_at: at(0),
    };
    write(store, move |conn| cohorts::create(conn, &new)).unwrap().id
}

fn link(store: &Store, cohort: CohortId, learner: Option<AccountId>, token_hash: [u8; 32]) -> SummaryLink {
    let terms = SummaryTerms { label: name("Harbour Fund"), expires_at: at(99) };
    let public_id = fresh_id();
    let new = NewSummaryLink { public_id, cohort, learner, token_hash, terms, created_by: None, created_at: at(1) };
    write(store, move |conn| summaries::put(conn, &new)).unwrap()
}

#[test]
fn a_learner_is_asked_what_is_about_them_and_what_is_about_all() {
    each_backend(|store| {
        let (autumn, spring) = (cohort(store, "Autumn"), cohort(store, "Spring"));
        let (ada, bela) = (person(store, "ada").id, person(store, "bela").id);
        for id in [ada, bela] {
            write(store, move |conn| cohorts::add_member(conn, autumn, id, Standing::Learner, at(1))).unwrap();
        }
        let (of_ada, of_all, elsewhere) =
            (link(store, autumn, Some(ada), SECRET), link(store, autumn, None, [2; 32]), link(store, spring, None, [3; 32]));
        let asked = |account| -> Vec<_> {
            let asked = read(store, |conn| summaries::asked_of(conn, account, Some(autumn)));
            asked.into_iter().map(|(link, given)| (link.id, given)).collect()
        };
        assert_eq!(asked(ada), [(of_all.id, None), (of_ada.id, None)], "newest first");
        assert_eq!(asked(bela), [(of_all.id, None)]);
        for seconds in [5, 6] {
            write(store, move |conn| summaries::consent(conn, of_all.id, bela, at(seconds))).unwrap();
        }
        assert_eq!(asked(bela), [(of_all.id, Some(at(5)))], "once");
        let listed = read(store, |conn| summaries::links(conn, autumn));
        assert_eq!(listed.iter().map(|(link, consents)| (link.id, *consents)).collect::<Vec<_>>(), [(of_all.id, 1), (of_ada.id, 0)]);
        let own = |account| read(store, |conn| summaries::asked_of(conn, account, None)).len();
        assert_eq!((own(ada), own(bela)), (1, 1), "what is about oneself, or was consented to");
        for _ in 0..2 {
            write(store, move |conn| summaries::withdraw(conn, of_all.id, bela)).unwrap();
        }
        assert_eq!(asked(bela), [(of_all.id, None)]);
        let other = elsewhere.public_id;
        let missing = write(store, move |conn| summaries::revoke(conn, autumn, other, at(7)));
        assert_eq!(missing.unwrap_err(), Error::NotThere("link"), "of another cohort");
        let public = of_ada.public_id;
        for seconds in [7, 8] {
            write(store, move |conn| summaries::revoke(conn, autumn, public, at(seconds))).unwrap();
        }
        let (revoked, _) = read(store, |conn| summaries::find(conn, &SECRET)).unwrap();
        assert_eq!((revoked.revoked_at, revoked.state(at(9))), (Some(at(7)), SummaryState::Revoked));
        assert_eq!(read(store, |conn| summaries::find(conn, &[9; 32])), None);
    });
}

/// Consent is withdrawn and the link taken back while a summary reads both.
#[test]
fn a_summary_reads_its_link_and_who_consents_of_one_moment() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let ada = person(store, "ada").id;
        let own = link(store, autumn, Some(ada), SECRET);
        let (id, public) = (own.id, own.public_id);
        write(store, move |conn| summaries::consent(conn, id, ada, at(2))).unwrap();
        let look =
            |conn: &mut Conn<'_>| summaries::find(conn, &SECRET).map(|found| found.map(|(link, consents)| (link.state(at(5)), consents)));
        let (before, after) = read(store, |conn| {
            let before = look(conn)?;
            let other = store.clone();
            let taken = std::thread::spawn(move || {
                write(&other, move |conn| {
                    summaries::withdraw(conn, id, ada)?;
                    summaries::revoke(conn, autumn, public, at(4))
                })
            });
            taken.join().unwrap().unwrap();
            Ok((before, look(conn)?))
        });
        assert_eq!(before, Some((SummaryState::Open, BTreeSet::from([ada]))));
        assert_eq!(before, after, "one moment, though it was committed meanwhile");
        assert_eq!(read(store, look), Some((SummaryState::Revoked, BTreeSet::new())));
    });
}
