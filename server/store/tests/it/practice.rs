//! Practice: cards, answers, limits, own decks, interviews.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::account::Account;
use domain::ids::PublicId;
use domain::practice::{CardKey, CardState, Deck, DeckQuestion, Desk, Due, Grade, Library, Limits, Mark, Memory, NewCard, Phase};
use domain::time::Day;
use store::interviews::{self, NewInterview};
use store::packs::NewPack;
use store::practice::{self, Review};
use store::{Conn, Error, Store, ledger, own_decks, packs};

use crate::support::{at, day, each_backend, fresh_id, person, read, write};

pub fn memory(due: Due) -> Memory {
    Memory { phase: Phase::Review, stability: 3_126, difficulty: 5_300, reps: 2, lapses: 1, reviewed_on: day(1), due }
}

fn deck(id: &str, topic: &str) -> Deck {
    let question =
        DeckQuestion { id: "q".to_owned(), topic: topic.to_owned(), question: "Why?".to_owned(), covers: vec!["Because".to_owned()] };
    Deck { id: id.to_owned(), name: id.to_owned(), language: "en".to_owned(), questions: vec![question] }
}

pub fn card(front: &str, topic: Option<&str>) -> NewCard {
    NewCard { front: front.to_owned(), back: "back".to_owned(), topic: topic.map(str::to_owned) }
}

pub fn own_deck(conn: &mut Conn<'_>, account: &Account, name: &str, cards: &[NewCard]) -> Result<(PublicId, Vec<PublicId>), Error> {
    let deck = fresh_id();
    own_decks::create(conn, account.id, deck, name, at(1))?;
    let cards: Vec<(PublicId, NewCard)> = cards.iter().map(|card| (fresh_id(), card.clone())).collect();
    own_decks::add(conn, account.id, deck, &cards)?;
    Ok((deck, cards.into_iter().map(|(id, _)| id).collect()))
}

#[test]
fn a_cards_state_is_kept_in_every_shape() {
    each_backend(|store| {
        let (ada, bob) = (person(store, "ada").id, person(store, "bob").id);
        let key = CardKey::shipped("basics", "q");
        assert_eq!(read(store, |conn| practice::state(conn, ada, &key)), CardState::default());
        let states = [
            CardState { buried_until: Some(day(5)), ..CardState::default() },
            CardState { memory: Some(memory(Due::On(day(9)))), suspended: true, leech: true, buried_until: None },
            CardState { memory: Some(Memory { phase: Phase::Relearning, ..memory(Due::At(at(77))) }), ..CardState::default() },
        ];
        for state in states {
            let (wanted, of) = (state.clone(), key.clone());
            write(store, move |conn| practice::put_state(conn, ada, &of, &state)).unwrap();
            assert_eq!(read(store, |conn| practice::state(conn, ada, &key)), wanted);
            assert_eq!(read(store, |conn| practice::load(conn, ada, day(1))).states, BTreeMap::from([(key.clone(), wanted)]));
        }
        assert!(read(store, |conn| practice::load(conn, bob, day(1))).states.is_empty(), "states are an account's own");
        let of = key.clone();
        let nobody = domain::ids::AccountId(99);
        let refused = write(store, move |conn| practice::put_state(conn, nobody, &of, &CardState::default()));
        assert_eq!(refused.unwrap_err(), Error::NotThere("account"));
    });
}

#[test]
fn the_days_answers_are_counted_as_limits_count_them() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let answer = |before: Option<Memory>, on: Day| Review {
            card: CardKey::shipped("basics", "q"),
            day: on,
            at: at(1),
            grade: Grade::Good,
            before,
            after: memory(Due::On(day(9))),
        };
        let learning = Memory { phase: Phase::Learning, ..memory(Due::At(at(1))) };
        let known = memory(Due::On(day(1)));
        let answers =
            [answer(None, day(1)), answer(Some(learning), day(1)), answer(Some(known.clone()), day(1)), answer(Some(known), day(2))];
        write(store, move |conn| answers.iter().try_for_each(|answer| practice::log(conn, ada, answer))).unwrap();
        let done = read(store, |conn| practice::load(conn, ada, day(1))).done;
        assert_eq!((done.new, done.reviews), (1, 1), "steps of minutes count towards neither");
        assert_eq!(read(store, |conn| practice::answers_a_day(conn, ada, day(0))), [(day(1), 3), (day(2), 1)]);
        assert_eq!(read(store, |conn| practice::limits(conn, ada)), Limits::default());
        let limits = Limits { new_a_day: 3, reviews_a_day: 4 };
        for _ in 0..2 {
            write(store, move |conn| practice::set_limits(conn, ada, limits)).unwrap();
        }
        assert_eq!(read(store, |conn| practice::limits(conn, ada)), limits);
    });
}

#[test]
fn the_ledger_is_told_once_how_a_topic_stands() {
    each_backend(|store| {
        let (ada, bob) = (person(store, "ada").id, person(store, "bob").id);
        write(store, move |conn| {
            practice::unsettle(conn, ada, "caching", at(1))?;
            practice::unsettle(conn, ada, "caching", at(5))?;
            practice::unsettle(conn, ada, "gone", at(5))?;
            practice::unsettle(conn, bob, "caching", at(9))
        })
        .unwrap();
        assert_eq!(read(store, |conn| practice::unsettled(conn, ada)), ["caching", "gone"]);
        assert_eq!(read(store, |conn| practice::unsettled_since(conn, at(5), 9)), [], "an answer keeps the session open");
        assert_eq!(read(store, |conn| practice::unsettled_since(conn, at(6), 9)), [ada]);
        let key = CardKey::shipped("basics", "q");
        write(store, move |conn| {
            let state = CardState { memory: Some(memory(Due::On(day(9)))), ..CardState::default() };
            practice::put_state(conn, ada, &key, &state)?;
            let library = Library::new([Arc::new(deck("basics", "caching"))]);
            let loaded = practice::load(conn, ada, day(1))?;
            let terms = (loaded.limits, loaded.done);
            let desk = Desk::new(library.seats(), loaded.states, Default::default(), terms, (day(1), at(9)));
            let topics = practice::unsettled(conn, ada)?;
            practice::settle(conn, ada, &desk, &topics, (day(1), at(9)), &mut fresh_id)
        })
        .unwrap();
        assert!(read(store, |conn| practice::unsettled(conn, ada)).is_empty());
        let facts = read(store, |conn| ledger::facts(conn, ada));
        assert_eq!(
            (facts.len(), facts[0].held[0].subject.to_string()),
            (1, "topic:caching".to_owned()),
            "a topic without cards says nothing"
        );
        assert_eq!(facts[0].recall.map(|recall| recall.share.get()), Some(10_000));
    });
}

#[test]
fn decks_of_ones_own_are_ones_own() {
    each_backend(|store| {
        let (ada, bob) = (person(store, "ada"), person(store, "bob"));
        let made = ada.clone();
        let many: Vec<NewCard> = (0..1_100).map(|n| card(&format!("front {n}"), Some("caching").filter(|_| n == 0))).collect();
        let (deck, cards) = write(store, move |conn| own_deck(conn, &made, "Mine", &many)).unwrap();
        assert_eq!(read(store, |conn| own_decks::list(conn, ada.id)).iter().map(|deck| deck.cards).collect::<Vec<_>>(), [1_100]);
        let seats = read(store, |conn| own_decks::seats(conn, ada.id));
        assert_eq!((seats.len(), seats[0].key.own_id(), seats[0].topic.as_deref()), (1_100, Some(cards[0]), Some("caching")));
        assert_eq!(read(store, |conn| own_decks::cards(conn, ada.id, deck))[1_099].card.front, "front 1099");
        for refused in [
            store.read_blocking(|conn| own_decks::get(conn, bob.id, deck)).err(),
            store.read_blocking(|conn| own_decks::cards(conn, bob.id, deck)).err(),
            write(store, move |conn| own_decks::rename(conn, bob.id, deck, "Theirs")).err(),
            write(store, move |conn| own_decks::delete(conn, bob.id, deck)).err(),
        ] {
            assert_eq!(refused, Some(Error::NotThere("deck")));
        }
        let first = cards[0];
        for refused in [
            store.read_blocking(|conn| own_decks::card(conn, bob.id, first)).err(),
            write(store, move |conn| own_decks::set_card(conn, bob.id, first, &card("x", None))).err(),
            write(store, move |conn| own_decks::delete_card(conn, bob.id, first)).err(),
        ] {
            assert_eq!(refused, Some(Error::NotThere("card")));
        }
        let id = ada.id;
        write(store, move |conn| {
            own_decks::rename(conn, id, deck, "Renamed")?;
            own_decks::set_card(conn, id, first, &card("rewritten", None))?;
            practice::put_state(conn, id, &CardKey::own(first), &CardState { suspended: true, ..CardState::default() })
        })
        .unwrap();
        assert_eq!(read(store, |conn| own_decks::card(conn, id, first)).card, card("rewritten", None));
        write(store, move |conn| own_decks::delete_card(conn, id, first)).unwrap();
        assert!(read(store, |conn| practice::load(conn, id, day(1))).states.is_empty(), "what was remembered of it is gone too");
        write(store, move |conn| own_decks::delete(conn, id, deck)).unwrap();
        assert!(read(store, |conn| own_decks::seats(conn, id)).is_empty());
    });
}

fn pack(store: &Store, version: &'static str) -> domain::ids::PackId {
    write(store, move |conn| {
        packs::install(
            conn,
            &NewPack {
                plugin: "acme/web".to_owned(),
                version: version.to_owned(),
                digest: version.to_owned(),
                manifest_json: "{}".to_owned(),
                archive: vec![1],
                kind: "roles".to_owned(),
                now: at(0),
            },
        )
    })
    .unwrap()
}

#[test]
fn decks_of_packs_are_on_offer_while_their_pack_is() {
    each_backend(|store| {
        let (old, new) = (pack(store, "1.0.0"), pack(store, "2.0.0"));
        write(store, move |conn| {
            practice::put_decks(conn, old, &[deck("acme/web/a", "caching"), deck("acme/web/b", "caching")])?;
            practice::put_decks(conn, new, &[deck("acme/web/b", "caching")])?;
            practice::put_decks(conn, new, &[deck("acme/web/c", "caching")])
        })
        .unwrap();
        let ids = || read(store, practice::pack_decks).into_iter().map(|deck| deck.id).collect::<Vec<_>>();
        assert_eq!(ids(), [""; 0]);
        write(store, |conn| packs::activate(conn, "acme/web", "1.0.0")).unwrap();
        assert_eq!(ids(), ["acme/web/a", "acme/web/b"]);
        write(store, |conn| packs::activate(conn, "acme/web", "2.0.0")).unwrap();
        assert_eq!(ids(), ["acme/web/c"]);
        write(store, |conn| packs::set_enabled(conn, "acme/web", false)).unwrap();
        assert_eq!(ids(), [""; 0]);
    });
}

pub fn interview(notes: &str) -> NewInterview {
    let question = |topic: &str| (topic.to_owned(), notes.to_owned(), vec![notes.to_owned()]);
    NewInterview { public_id: fresh_id(), minutes: 3, started_at: at(1), questions: vec![question("caching"), question("sql")] }
}

#[test]
fn an_interview_opens_its_questions_one_by_one() {
    each_backend(|store| {
        let (ada, bob) = (person(store, "ada").id, person(store, "bob").id);
        let new = interview("Why?");
        let id = new.public_id;
        write(store, move |conn| interviews::create(conn, ada, &new)).unwrap();
        let opened = || read(store, |conn| interviews::get(conn, ada, id)).questions.iter().map(|q| q.opened_at).collect::<Vec<_>>();
        assert_eq!(opened(), [Some(at(1)), None]);
        let early = write(store, move |conn| interviews::mark(conn, ada, id, 1, Mark::Good, at(2)));
        assert_eq!(early.unwrap_err(), Error::NotThere("question"));
        assert_eq!(opened(), [Some(at(1)), None], "a refused mark opens nothing");
        write(store, move |conn| {
            interviews::answer(conn, ada, id, 1, Some("first"), at(60))?;
            interviews::answer(conn, ada, id, 1, Some("second"), at(70))?;
            interviews::mark(conn, ada, id, 1, Mark::Partly, at(80))
        })
        .unwrap();
        let now = read(store, |conn| interviews::list(conn, ada, 9));
        assert_eq!((now.len(), now[0].minutes, now[0].questions[0].covers.len()), (1, 3, 1));
        let first = &now[0].questions[0];
        assert_eq!((first.notes.as_deref(), first.answered_at, first.mark), (Some("first"), Some(at(60)), Some(Mark::Partly)));
        assert_eq!(opened(), [Some(at(1)), Some(at(80))]);
        assert_eq!(store.read_blocking(|conn| interviews::get(conn, bob, id)).unwrap_err(), Error::NotThere("interview"));
        assert_eq!(write(store, move |conn| interviews::delete(conn, bob, id)).unwrap_err(), Error::NotThere("interview"));
        write(store, move |conn| interviews::delete(conn, ada, id)).unwrap();
        assert!(read(store, |conn| interviews::list(conn, ada, 9)).is_empty());
    });
}
