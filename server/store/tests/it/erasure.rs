//! Erasure leaves nothing of what a person wrote or was.

use std::collections::BTreeSet;

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use domain::account::MailAddress;
use domain::cohort::{AlertKind, AlertSettings, CompletionRule, Event, MemberState, OutcomeKind, Span, Standing, SummaryTerms, Terms};
use domain::digest::DigestKind;
use domain::ids::{AccountId, CohortId, PathId};
use domain::ledger::{EvidenceKind, NewEntry, Payload};
use domain::mentoring::{Lease, Occasion};
use domain::plan::OwnLink;
use domain::policy::Scope;
use domain::practice::{CardKey, CardState, Due as CardDue, Grade, Limits};
use domain::review::{Judged, Reply, Review, Verdict};
use domain::schedule::{Cadence, Due, Period, Rule, TimeOfDay};
use domain::subject::{Subject, SubjectKind, Trust};
use domain::time::Zone;
use store::digests::{Outcome, Planned};
use store::invitations::{InvitationKind, NewInvitation};
use store::ledger::LedgerFilter;
use store::plans::Plan;
use store::practice::Review as CardReview;
use store::reset_codes::NewResetCode;
use store::scorecards::Terms as ScoreTerms;
use store::sessions::NewSession;
use store::summaries::NewSummaryLink;
use store::tokens::NewToken;
use store::{
    Backend, Conn, Error, Store, accounts, attachments, audit, co_authors, cohorts, digests, idempotency, interviews, invitations, ledger,
    mentoring, origins, plans, practice, reset_codes, reviews, scorecards, sessions, summaries, tokens,
};

use crate::support::{at, claim, day, each_backend, fresh_id, name, new_account, path, person, read, score, write};

/// In every text that the person leaves, so that a scan finds them all.
const MARK: &str = "zanzibar";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(conn: &mut Conn<'_>, sql: &str) -> Result<Vec<String>, Error> {
    let lines: Vec<Line> = match conn {
        Conn::Sqlite(c) => sql_query(sql).load(*c)?,
        Conn::Postgres(c) => sql_query(sql).load(*c)?,
    };
    Ok(lines.into_iter().map(|line| line.line).collect())
}

/// Every row of every table that holds the mark in any column.
fn marked_rows(store: &Store) -> Vec<String> {
    let backend = store.backend();
    read(store, |conn| {
        let columns = match backend {
            Backend::Sqlite => {
                "SELECT t.name || '.' || c.name AS line FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
            }
            Backend::Postgres => {
                "SELECT table_name || '.' || column_name AS line FROM information_schema.columns WHERE table_schema = current_schema()"
            }
        };
        let mut found = Vec::new();
        for column in lines(conn, columns)? {
            let (table, name) = column.split_once('.').unwrap();
            // PostgreSQL writes bytes as hexadecimal digits.
            let text = match (backend, name) {
                (Backend::Postgres, "content") => format!("encode(\"{name}\", 'escape')"),
                (Backend::Postgres, _) => format!("\"{name}\"::text"),
                (Backend::Sqlite, _) => format!("CAST(\"{name}\" AS TEXT)"),
            };
            let sql = format!("SELECT '{column}: ' || {text} AS line FROM \"{table}\" WHERE lower({text}) LIKE '%{MARK}%'");
            found.extend(lines(conn, &sql)?);
        }
        Ok(found)
    })
}

/// A review of entry `seq` that was asked for and answered by `name`.
fn reviewed(conn: &mut Conn<'_>, of: AccountId, seq: u32, by: Option<AccountId>, by_name: &str) -> Result<(), Error> {
    let text = by.is_none().then(|| MARK.to_owned());
    let request = reviews::create(
        conn,
        &reviews::NewRequest {
            public_id: fresh_id(),
            account: of,
            entry: seq,
            token_hash: [if by.is_some() { 8 } else { 9 }; 32],
            reviewer: name(by_name),
            message: text.clone(),
            created_at: at(1),
            expires_at: at(9),
        },
    )?;
    let criterion = Subject::new(SubjectKind::Criterion, text.clone().unwrap_or_else(|| "tests".to_owned()));
    let judged = Judged { subject: criterion, verdict: Verdict::Met, level: None, comment: text.clone() };
    let review = Review { by: name(by_name), comment: text.clone(), criteria: vec![judged] };
    let payload = Payload { by: Some(by_name.to_owned()), note: text, ..Payload::default() };
    let entry = NewEntry { kind: EvidenceKind::Review, trust: Trust::Peer, payload, ..claim(Vec::new()) };
    reviews::answer(conn, &request, &review, reviews::By { account: by, returned: false }, &entry, fresh_id())?;
    Ok(())
}

/// A cry for help of the person, with what they said of one of a learner, and notes about either.
fn mentored(conn: &mut Conn<'_>, cohort: CohortId, path: PathId, (person, learner): (AccountId, AccountId)) -> Result<(), Error> {
    let help = |words: &str| mentoring::NewHelp {
        public_id: fresh_id(),
        path,
        requirement: MARK.to_owned(),
        words: words.to_owned(),
        asked_at: at(1),
    };
    mentoring::ask_help(conn, &help(MARK))?;
    let own = mentoring::help_of_path(conn, path)?[0].id;
    mentoring::answer_help(conn, own, (learner, "learner"), MARK, at(2))?;
    let lease = Lease { by: person, until: at(9) };
    reviews::ask_mentors(conn, learner, 1, fresh_id(), at(1))?;
    let asked = reviews::list(conn, learner, None, None, 1)?[0].id;
    mentoring::claim(conn, mentoring::Claimed::Review(asked), lease, at(1))?;
    let asked = reviews::list(conn, learner, None, None, 1)?.remove(0);
    let begun = Reply { comment: Some(MARK.to_owned()), ..Reply::default() };
    mentoring::save_draft(conn, &asked, person, &begun, at(2))?;
    let seen = NewEntry {
        kind: EvidenceKind::Assessment,
        payload: Payload { by: Some("Zanzibar Okafor".to_owned()), ..Payload::default() },
        ..claim(Vec::new())
    };
    mentoring::assess(conn, learner, &seen, fresh_id(), (fresh_id(), Occasion::Oral), (cohort, person))?;
    let note = |learner, by, words: &str| mentoring::Note {
        public_id: fresh_id(),
        cohort,
        learner,
        by: Some(by),
        by_name: if by == person { "Zanzibar Okafor".to_owned() } else { "learner".to_owned() },
        words: words.to_owned(),
        at: at(3),
    };
    mentoring::add_note(conn, &note(person, learner, MARK))?;
    mentoring::add_note(conn, &note(learner, person, "calm"))?;
    let message = |to, by, words: &str| mentoring::Message {
        public_id: fresh_id(),
        cohort,
        learner: to,
        by: Some(by),
        by_name: if by == person { "Zanzibar Okafor".to_owned() } else { "learner".to_owned() },
        words: words.to_owned(),
        at: at(3),
    };
    mentoring::send_message(conn, &message(person, learner, MARK))?;
    mentoring::send_message(conn, &message(learner, person, "Well done."))
}

/// An alert about the person, what became of them, and what a cohort asks for.
fn told_of(conn: &mut Conn<'_>, cohort: CohortId, person: AccountId) -> Result<(), Error> {
    cohorts::put_alert_settings(conn, cohort, &AlertSettings { silent: Some(3), ..AlertSettings::default() })?;
    let event = Event { kind: AlertKind::Silent, key: MARK.to_owned(), figure: 3, day: day(1) };
    let raised = vec![cohorts::NewAlert { public_id: fresh_id(), account: person, event }];
    cohorts::note_alerts(conn, &cohorts::Raising { cohort, version: 1, through: day(4), raised, over: Vec::new(), at: at(4) })?;
    cohorts::put_completion_rule(conn, cohort, &CompletionRule::default())?;
    let text = || Some(MARK.to_owned());
    let outcome = domain::cohort::Outcome { kind: OutcomeKind::Hired, day: day(5), title: text(), employer: text() };
    let row = cohorts::OutcomeRow { outcome, recorded_by: Some(person), recorded_at: at(5), consented_at: Some(at(5)) };
    cohorts::put_outcome(conn, cohort, person, &row)
}

/// A learner, a mentor too, with something in every table.
pub fn live(store: &Store) -> accounts::NewAccount {
    let mut new = new_account("zanzibar");
    new.name = name("Zanzibar Okafor");
    new.mail = Some(MailAddress::parse("zanzibar@example.org").unwrap());
    new.password_hash = Some("zanzibar-hash".to_owned());
    let wanted = new.clone();
    let ada = write(store, move |conn| accounts::create(conn, &new)).unwrap();
    let learner = person(store, "learner").id;
    let id = ada.id;
    let of = ada.clone();
    let path = path(store, &ada, "aa");
    write(store, move |conn| {
        let cohort = cohorts::NewCohort {
            public_id: fresh_id(),
            name: name("Autumn"),
            starts_on: day(0),
            ends_on: day(9),
            zone: Zone::utc(),
            created_at: at(0),
        };
        let cohort = cohorts::create(conn, &cohort)?.id;
        cohorts::add_member(conn, cohort, id, Standing::Mentor, at(0))?;
        cohorts::add_member(conn, cohort, learner, Standing::Learner, at(0))?;
        let rest = Span { reason: Some(MARK.to_owned()), ..Span::new(MemberState::Paused, day(0)) };
        cohorts::add_span(conn, cohort, id, &rest, cohorts::Written { by: Some(id), at: at(0) })?;
        cohorts::put_terms(conn, cohort, id, &Terms::default())?;
        told_of(conn, cohort, id)?;
        cohorts::put_terms(conn, cohort, learner, &Terms { mentor: Some(id), ..Terms::default() })?;
        let by = Payload { by: Some("Zanzibar Okafor".to_owned()), note: Some("good work".to_owned()), ..Payload::default() };
        let assessment = NewEntry { kind: EvidenceKind::Assessment, trust: Trust::Mentor, payload: by, ..claim(Vec::new()) };
        ledger::append(conn, learner, &assessment, fresh_id())?;
        let text = || Some(MARK.to_owned());
        let payload = Payload {
            title: text(),
            note: text(),
            url: text(),
            issuer: text(),
            number: text(),
            by: text(),
            issued_on: None,
            minutes: None,
            follows: None,
        };
        ledger::append(conn, id, &NewEntry { payload, ..claim(Vec::new()) }, fresh_id())?;
        attachments::add(conn, id, 1, &[crate::attachments::file(MARK, MARK.as_bytes())], 1_000)?;
        co_authors::ask(conn, id, 1, &[(learner, fresh_id())], at(1))?;
        ledger::append(conn, id, &crate::support::retraction(1), fresh_id())?;
        plans::put(conn, path.id, "http", &Plan { doing: true, note: text(), ..Plan::default() }, at(1))?;
        plans::add_link(conn, path.id, MARK, &OwnLink { title: MARK.to_owned(), url: MARK.to_owned() })?;
        plans::add_minutes(conn, path.id, MARK, day(0), 40)?;
        // Asked by the person, about their own work.
        reviewed(conn, id, 1, None, MARK)?;
        // And answered by the person, about somebody else's.
        reviewed(conn, learner, 1, Some(id), "Zanzibar Okafor")?;
        mentored(conn, cohort, path.id, (id, learner))?;
        crate::upgrades::took_over(conn, cohort, &path, MARK)?;
        let summary = |learner, label: &str, token_hash| NewSummaryLink {
            public_id: fresh_id(),
            cohort,
            learner,
            token_hash,
            terms: SummaryTerms { label: name(label), expires_at: at(99) },
            created_by: Some(id),
            created_at: at(0),
        };
        let about = summaries::put(conn, &summary(Some(id), MARK, [6; 32]))?;
        let together = summaries::put(conn, &summary(None, "Harbour Fund", [7; 32]))?;
        for (link, account) in [(about.id, id), (together.id, id), (together.id, learner)] {
            summaries::consent(conn, link, account, at(1))?;
        }
        origins::put(conn, id, 1, fresh_id())?;
        let code = NewResetCode { account: id, code_hash: MARK.to_owned(), created_at: at(0), expires_at: at(9), tries: 5 };
        reset_codes::put(conn, &code)?;
        let terms = ScoreTerms { settings: &[], target_level: MARK, chosen: &BTreeSet::from([MARK.to_owned()]), mentored: false };
        scorecards::save(conn, path.id, &score("aa", 2, day(1), 10, 5), terms, at(1))?;
        crate::practice::own_deck(conn, &of, MARK, &[crate::practice::card(MARK, Some(MARK))])?;
        let key = CardKey::shipped(MARK, MARK);
        let state = CardState { memory: Some(crate::practice::memory(CardDue::On(day(3)))), ..CardState::default() };
        practice::put_state(conn, id, &key, &state)?;
        let after = crate::practice::memory(CardDue::On(day(3)));
        practice::log(conn, id, &CardReview { card: key, day: day(1), at: at(1), grade: Grade::Good, before: None, after })?;
        practice::unsettle(conn, id, MARK, at(1))?;
        practice::set_limits(conn, id, Limits::default())?;
        let interview = crate::practice::interview(MARK);
        interviews::create(conn, id, &interview)?;
        interviews::answer(conn, id, interview.public_id, 1, Some(MARK), at(9))?;
        sessions::create(
            conn,
            &NewSession {
                account: id,
                token_hash: [1; 32],
                created_at: at(0),
                expires_at: at(9),
                user_agent: MARK.to_owned(),
                address: MARK.to_owned(),
            },
        )?;
        tokens::create(
            conn,
            &NewToken {
                account: id,
                public_id: fresh_id(),
                name: name(MARK),
                token_hash: [2; 32],
                scope: Scope::Read,
                created_at: at(0),
                expires_at: None,
            },
        )?;
        let invitation = |token_hash, name: Option<&str>, mail: Option<&str>, created_by| NewInvitation {
            public_id: fresh_id(),
            token_hash,
            kind: InvitationKind::Invite,
            name: name.map(crate::support::name),
            mail: mail.map(|mail| MailAddress::parse(mail).unwrap()),
            is_admin: false,
            cohort: None,
            created_by,
            created_at: at(0),
            expires_at: at(99),
        };
        let used = invitations::create(conn, &invitation([3; 32], Some(MARK), Some("old-zanzibar@example.org"), None))?;
        invitations::accept(conn, used.id, id, at(1))?;
        invitations::create(conn, &invitation([4; 32], None, Some("zanzibar@example.org"), Some(id)))?;
        let rule = Rule { cadence: Cadence::Daily, time: TimeOfDay::new(7, 0).unwrap() };
        let due = Due { at: at(5), period: Period("2026-11-22".to_owned()) };
        digests::set_schedule(conn, id, DigestKind::Learner, &rule, Some(&due), false)?;
        let outcome = Outcome::Queue { message_id: format!("<{MARK}@example.org>") };
        digests::plan(
            conn,
            &Planned { account: id, kind: DigestKind::Learner, period: due.period, due_at: due.at, outcome, next: None, now: at(6) },
        )?;
        idempotency::put(conn, id, MARK, &[5; 32], 201, MARK, at(1))?;
        let row = |actor, actor_name: &str, subject: &str, detail| audit::AuditRow {
            at: at(1),
            actor,
            actor_name: actor_name.to_owned(),
            act: "account.create".to_owned(),
            subject: subject.to_owned(),
            detail,
            request_id: None,
        };
        audit::append(conn, &row(Some(id), "Zanzibar Okafor", "plugin:waymark/recency", serde_json::json!({ "version": "1.0.0" })))?;
        audit::append(conn, &row(None, "learner", "zanzibar", serde_json::json!({ "mail": "zanzibar@example.org" })))?;
        audit::append(conn, &row(None, "learner", &format!("account:{}", ada.public_id), serde_json::json!({ "reason": MARK })))?;
        Ok(())
    })
    .unwrap();
    wanted
}

#[test]
fn erasing_an_account_leaves_none_of_its_texts_in_any_table() {
    each_backend(|store| {
        let person = live(store);
        assert!(marked_rows(store).len() > 20, "the scan finds what is there: {:#?}", marked_rows(store));
        let account = read(store, |conn| accounts::by_public_id(conn, person.public_id));
        write(store, move |conn| accounts::erase(conn, account.id, at(50))).unwrap();
        assert_eq!(marked_rows(store), [""; 0]);
    });
}

#[test]
fn a_tombstone_keeps_the_shape_of_what_others_have() {
    each_backend(|store| {
        let person = live(store);
        let id = read(store, |conn| accounts::by_public_id(conn, person.public_id)).id;
        for n in [50, 60] {
            write(store, move |conn| accounts::erase(conn, id, at(n))).unwrap();
        }
        let tombstone = read(store, |conn| accounts::by_id(conn, id));
        assert_eq!((tombstone.name.as_str(), tombstone.disabled, tombstone.is_admin, tombstone.mail), ("—", true, false, None));
        assert!(read(store, |conn| accounts::erased_at(conn, id)).is_some());
        assert_eq!(store.read_blocking(|conn| accounts::by_public_id(conn, person.public_id)).unwrap_err(), Error::NotThere("account"));
        assert_eq!(read(store, |conn| accounts::by_username(conn, &person.username)), None);
        assert_eq!(read(store, accounts::count), 1);
        assert_eq!(read(store, accounts::erasures), [(person.public_id, at(50))], "recorded once, for a restored backup");
        let learner = read(store, |conn| accounts::list(conn, None, 10))[0].id;
        let filter = LedgerFilter { subjects: None, before_seq: None, limit: 10 };
        let kept = read(store, |conn| ledger::with_payload(conn, learner, &filter));
        let of = |seq: u32| kept.iter().find(|(_, entry, _)| entry.seq == seq).and_then(|(_, _, payload)| payload.as_ref()).unwrap();
        let payload = of(1);
        assert_eq!((payload.by.as_deref(), payload.note.as_deref()), (Some("—"), Some("good work")), "the review stays, without a name");
        let asked = read(store, |conn| reviews::list(conn, learner, None, None, 10));
        let outside = asked.iter().find(|request| !request.is_for_mentors).unwrap();
        assert_eq!((outside.reviewer.as_str(), outside.answer.as_ref().unwrap().review.by.as_str()), ("—", "—"));
        assert_eq!(of(2).by.as_deref(), Some("—"), "nor in what it became");
        assert_eq!(of(3).by.as_deref(), Some("—"), "nor with what was only seen");
        let autumn = read(store, cohorts::list)[0].id;
        assert_eq!(read(store, |conn| cohorts::terms(conn, autumn))[&learner].mentor, None, "nobody's mentor any more");
        assert_eq!(read(store, |conn| cohorts::spans(conn, autumn, id)), []);
        let links = read(store, |conn| summaries::links(conn, autumn));
        let kept: Vec<_> = links.iter().map(|(link, consents)| (link.terms.label.as_str(), *consents)).collect();
        assert_eq!(kept, [("Harbour Fund", 1)], "what was asked about the person is gone, and their consent to the rest");
        let notes = read(store, |conn| mentoring::notes_about(conn, learner));
        assert_eq!((notes.len(), notes[0].by_name.as_str(), notes[0].words.as_str()), (1, "—", "calm"));
        assert_eq!(read(store, |conn| mentoring::notes_about(conn, id)), []);
        let messages = read(store, |conn| mentoring::messages(conn, learner, None, 9));
        assert_eq!((messages.len(), messages[0].by_name.as_str()), (1, "—"));
        let claimed = asked.iter().find(|request| request.is_for_mentors).unwrap().id;
        assert!(read(store, |conn| mentoring::leases(conn, &[claimed], &[])).is_empty(), "nobody has it any more");
        let trail = read(store, |conn| audit::list(conn, None, 10));
        assert_eq!(trail.len(), 3);
        assert_eq!((trail[2].1.actor, trail[2].1.actor_name.as_str()), (Some(id), "—"));
        assert_eq!(trail[2].1.detail, serde_json::json!({ "version": "1.0.0" }), "details without a name stay");
        let refused = write(store, move |conn| ledger::append(conn, id, &claim(Vec::new()), fresh_id()));
        assert_eq!(refused.unwrap_err(), Error::NotThere("account"));
        assert_eq!(write(store, move |conn| accounts::set_disabled(conn, id, false)).unwrap_err(), Error::NotThere("account"));
        let again = new_account("zanzibar");
        write(store, move |conn| accounts::create(conn, &again)).unwrap();
    });
}

#[test]
fn an_erasure_is_replayed_on_a_restored_backup() {
    each_backend(|store| {
        let person = live(store);
        let erasures = vec![(person.public_id, at(50)), (fresh_id(), at(51))];
        let again = erasures.clone();
        assert_eq!(write(store, move |conn| accounts::replay_erasures(conn, &erasures)).unwrap(), 1, "the other was never there");
        assert_eq!(marked_rows(store), [""; 0]);
        assert_eq!(write(store, move |conn| accounts::replay_erasures(conn, &again)).unwrap(), 0);
    });
}
