//! Alerts of a cohort, its rule of completion, and what became of its learners.

use std::collections::BTreeSet;
use std::sync::{Arc, Barrier};

use domain::cohort::{
    AlertKind, AlertSettings, CompletionRule, Event, KnownAlert, Measure, MemberState, Outcome, OutcomeKind, Required, Span, Standing,
};
use domain::ids::{AccountId, CohortId};
use domain::time::Zone;
use store::cohorts::{self, AlertFilter, NewAlert, OutcomeRow, Raising, Written};
use store::{Error, Store};

use crate::support::{at, day, each_backend, fresh_id, name, person, read, write};

fn cohort(store: &Store, learners: &[AccountId]) -> CohortId {
    let new = cohorts::NewCohort {
        public_id: fresh_id(),
        name: name("Autumn"),
        starts_on: day(0),
        ends_on: day(100),
        zone: Zone::parse("Asia/Tokyo").unwrap(),
        created_at: at(0),
    };
    let learners = learners.to_vec();
    write(store, move |conn| {
        let cohort = cohorts::create(conn, &new)?.id;
        for learner in &learners {
            cohorts::add_member(conn, cohort, *learner, Standing::Learner, at(0))?;
        }
        Ok(cohort)
    })
    .unwrap()
}

fn silent() -> AlertSettings {
    AlertSettings { silent: Some(3), ..AlertSettings::default() }
}

fn event(key: &str) -> Event {
    Event { kind: AlertKind::Silent, key: key.to_owned(), figure: 3, day: day(1) }
}

fn raising(cohort: CohortId, version: i64, through: i32, raised: &[(AccountId, &str)], over: &[i64]) -> Raising {
    let new = |(account, key): &(AccountId, &str)| NewAlert { public_id: fresh_id(), account: *account, event: event(key) };
    Raising {
        cohort,
        version,
        through: day(through),
        raised: raised.iter().map(new).collect(),
        over: over.to_vec(),
        at: at(through.into()),
    }
}

fn note(store: &Store, raising: Raising) -> Option<usize> {
    write(store, move |conn| cohorts::note_alerts(conn, &raising)).unwrap()
}

#[test]
fn no_alert_is_on_until_a_lead_says_so_and_other_settings_are_looked_at_anew() {
    each_backend(|store| {
        let autumn = cohort(store, &[]);
        assert_eq!(read(store, |conn| cohorts::alert_settings(conn, autumn)), AlertSettings::default());
        assert_eq!(read(store, cohorts::alerts_due), []);
        write(store, move |conn| cohorts::put_alert_settings(conn, autumn, &silent())).unwrap();
        let due = read(store, cohorts::alerts_due).remove(0);
        assert_eq!((due.cohort, due.zone.name(), due.settings, due.looked_through), (autumn, "Asia/Tokyo", silent(), None));
        assert_eq!(note(store, raising(autumn, due.version, 4, &[], &[])), Some(0));
        assert_eq!(read(store, cohorts::alerts_due)[0].looked_through, Some(day(4)));
        let louder = AlertSettings { quiet: 1, ..silent() };
        write(store, move |conn| cohorts::put_alert_settings(conn, autumn, &louder)).unwrap();
        let again = read(store, cohorts::alerts_due).remove(0);
        assert_eq!((again.settings, again.looked_through), (louder, None));
        assert_eq!(note(store, raising(autumn, due.version, 5, &[], &[])), None, "by settings that are gone");
        let nowhere = write(store, |conn| cohorts::put_alert_settings(conn, CohortId(404), &silent()));
        assert_eq!(nowhere, Err(Error::NotThere("cohort")));
    });
}

#[test]
fn an_event_is_raised_once_is_over_and_is_put_away() {
    each_backend(|store| {
        let (ada, ben) = (person(store, "ada"), person(store, "ben"));
        let autumn = cohort(store, &[ada.id]);
        write(store, move |conn| cohorts::put_alert_settings(conn, autumn, &silent())).unwrap();
        assert_eq!(note(store, raising(autumn, 1, 4, &[(ada.id, "a"), (ben.id, "b")], &[])), Some(1), "Ben is no member");
        assert_eq!(note(store, raising(autumn, 1, 4, &[(ada.id, "c")], &[])), None, "that day was looked at");
        assert_eq!(note(store, raising(autumn, 1, 5, &[(ada.id, "a")], &[])), Some(0), "the same event");
        let known = read(store, |conn| cohorts::known_alerts(conn, autumn));
        let alert = KnownAlert { kind: AlertKind::Silent, key: "a".to_owned(), raised_on: day(5), is_over: false };
        assert_eq!(known[&ada.id].iter().map(|(_, alert)| alert.clone()).collect::<Vec<_>>(), [alert]);

        let open = AlertFilter { open: true, ..AlertFilter::default() };
        let list = |filter| read(store, |conn| cohorts::alerts(conn, autumn, filter, 10));
        let first = list(open).remove(0);
        assert_eq!((first.account.id, &first.event, first.raised_on, first.is_open()), (ada.id, &event("a"), day(5), true));
        assert_eq!(note(store, raising(autumn, 1, 6, &[(ada.id, "d")], &[first.id])), Some(1));
        assert_eq!(list(open).len(), 1, "what is over is not open");
        assert_eq!(list(AlertFilter::default()).iter().map(|alert| alert.over_on).collect::<Vec<_>>(), [None, Some(day(7))]);
        assert_eq!(list(AlertFilter { since: Some(at(5)), ..open }).len(), 1);
        assert_eq!(list(AlertFilter { after: Some(first.id), ..AlertFilter::default() }), []);

        let second = list(open).remove(0).public_id;
        let put_away = move |now| write(store, move |conn| cohorts::dismiss_alert(conn, autumn, second, Some(ben.id), now)).unwrap();
        assert_eq!(put_away(at(9)).dismissed_at, Some(at(9)));
        assert_eq!(put_away(at(10)).dismissed_at, Some(at(9)), "the first time counts");
        assert_eq!(list(open), []);
        let elsewhere = write(store, move |conn| cohorts::dismiss_alert(conn, CohortId(404), second, None, at(9)));
        assert_eq!(elsewhere, Err(Error::NotThere("alert")));
    });
}

#[test]
fn two_servers_that_look_at_one_day_raise_each_event_once() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let autumn = cohort(store, &[ada]);
        write(store, move |conn| cohorts::put_alert_settings(conn, autumn, &silent())).unwrap();
        for through in 4..12 {
            let barrier = Arc::new(Barrier::new(2));
            let servers: Vec<_> = (0..2)
                .map(|_| {
                    let (store, barrier) = (store.clone(), Arc::clone(&barrier));
                    let raising = raising(autumn, 1, through, &[(ada, &format!("event {through}"))], &[]);
                    std::thread::spawn(move || {
                        barrier.wait();
                        note(&store, raising)
                    })
                })
                .collect();
            let mut noted: Vec<_> = servers.into_iter().map(|server| server.join().unwrap()).collect();
            noted.sort_unstable();
            assert_eq!(noted, [None, Some(1)], "one looked, the other found that it was looked at");
        }
        assert_eq!(read(store, |conn| cohorts::alerts(conn, autumn, AlertFilter::default(), 99)).len(), 8);
    });
}

#[test]
fn what_completion_asks_for_is_kept_whole() {
    each_backend(|store| {
        let autumn = cohort(store, &[]);
        assert_eq!(read(store, |conn| cohorts::completion_rule(conn, autumn)), CompletionRule::default());
        let required = |requirement: &str| Required { role: "maker".to_owned(), requirement: requirement.to_owned() };
        let rule = CompletionRule {
            readiness: Some(7_500),
            measure: Measure::Proven,
            requirements: BTreeSet::from([required("git"), required("sql")]),
            word: false,
        };
        for rule in [rule, CompletionRule { word: true, ..CompletionRule::default() }] {
            let put = rule.clone();
            write(store, move |conn| cohorts::put_completion_rule(conn, autumn, &put)).unwrap();
            assert_eq!(read(store, |conn| cohorts::completion_rule(conn, autumn)), rule);
        }
    });
}

#[test]
fn an_outcome_is_told_consented_to_withdrawn_and_gone_with_the_membership() {
    each_backend(|store| {
        let (ada, lead) = (person(store, "ada").id, person(store, "lead").id);
        let autumn = cohort(store, &[ada]);
        let outcome =
            Outcome { kind: OutcomeKind::Hired, day: day(99), title: Some("Developer".to_owned()), employer: Some("Harbour".to_owned()) };
        let row = OutcomeRow { outcome, recorded_by: Some(lead), recorded_at: at(3), consented_at: None };
        let nothing = write(store, move |conn| cohorts::consent(conn, autumn, ada, Some(at(4))));
        assert_eq!(nothing, Err(Error::NotThere("outcome")));
        let told = row.clone();
        write(store, move |conn| cohorts::put_outcome(conn, autumn, ada, &told)).unwrap();
        assert_eq!(write(store, move |conn| cohorts::lock_outcome(conn, autumn, ada)).unwrap(), Some(row.clone()));
        for consented_at in [Some(at(5)), None] {
            write(store, move |conn| cohorts::consent(conn, autumn, ada, consented_at)).unwrap();
            let expected = OutcomeRow { consented_at, ..row.clone() };
            assert_eq!(read(store, |conn| cohorts::outcomes(conn, autumn))[&ada], expected);
            assert_eq!(read(store, |conn| cohorts::outcomes_of(conn, ada))[&autumn], expected);
        }
        let outside = row.clone();
        let refused = write(store, move |conn| cohorts::put_outcome(conn, autumn, lead, &outside));
        assert_eq!(refused, Err(Error::NotThere("membership")));
        write(store, move |conn| cohorts::remove_outcome(conn, autumn, ada)).unwrap();
        assert_eq!(read(store, |conn| cohorts::outcome(conn, autumn, ada)), None);
        let gone = Span::new(MemberState::Dropped, day(3));
        write(store, move |conn| {
            cohorts::put_outcome(conn, autumn, ada, &row)?;
            cohorts::add_span(conn, autumn, ada, &gone, Written { by: None, at: at(3) })
        })
        .unwrap();
        assert!(read(store, |conn| cohorts::outcome(conn, autumn, ada)).is_some(), "who left may tell too");
    });
}
