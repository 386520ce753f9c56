//! Digests end to end: query, score, render, send, durable mark; beside Postfix's own client pouring mails of the same
//! size into the same server over kept connections.

use std::net::TcpStream;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::account::{CleanName, MailAddress, Theme, Username};
use domain::digest::DigestKind;
use domain::ledger::{EvidenceKind, Held, Offer, check};
use domain::path::{PathSettings, check_settings};
use domain::schedule::{Cadence, Rule, TimeOfDay, next_due};
use domain::template;
use domain::time::{Instant, Zone};
use domain::world::Dice;
use harness::{FixedDice, SmtpSink, TestDb, cli, cli_with, variable};
use store::accounts::NewAccount;
use store::paths::NewPath;
use store::{Options, Store, accounts, digests, ledger, paths, templates};

use crate::Ask;
use crate::measure::{Slice, compare, now};

const RECIPIENTS: usize = 500;
/// Sessions of smtp-source: as many connections as Waymark keeps.
const SESSIONS: usize = 4;

pub fn end_to_end(ask: &Ask) {
    let (Some(sink), Some(source)) = (SmtpSink::postfix(), variable("WAYMARK_TEST_SMTP_SOURCE")) else {
        println!("  left out: Postfix's smtp-sink and smtp-source are not installed");
        return;
    };
    let db = super::database(ask);
    // Makes the built-in role's revision and the instance's secrets, as a first start does.
    drop(harness::Server::start_with(&db, &[("WAYMARK_JOBS__ENABLED", "false")]));
    recipients(&db);
    let settings = sink.settings();
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let ours = || {
        all_become_due(&db);
        let received = sink.mails().len();
        let begin = now();
        let ran = cli_with(&db, &settings, &["digest", "run"], "");
        let seconds = begin.elapsed().as_secs_f64();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let sent: usize = db.sql("select count(*) from outbox where state = 'sent'").trim().parse().expect("a number");
        assert_eq!(sent, RECIPIENTS, "{}", db.sql("select state, reason, count(*) from outbox group by state, reason"));
        let arrived = sink.mails().len() - received;
        assert_eq!(arrived, RECIPIENTS, "a mail was marked as sent and did not arrive, or came twice");
        Slice { done: RECIPIENTS as u64, seconds, ..Slice::default() }
    };
    let warm = ours();
    println!("  first round        {:.0} a second", warm.rate());
    let length = sink.mails().last().map_or(4_000, |mail| mail.raw.len()).to_string();
    let address = format!("127.0.0.1:{}", sink.port());
    assert!(TcpStream::connect(&address).is_ok());
    compare(ask.rounds, ours, || {
        let begin = now();
        let poured = Command::new(&source)
            .args(["-4", "-d", "-s", &SESSIONS.to_string(), "-m", &RECIPIENTS.to_string(), "-l", &length])
            .args(["-f", "waymark@example.org", "-t", "somebody@example.org", &address])
            .status()
            .expect("smtp-source runs");
        assert!(poured.success());
        Slice { done: RECIPIENTS as u64, seconds: begin.elapsed().as_secs_f64(), ..Slice::default() }
    });
    println!("  a mail             {length} bytes");
}

#[allow(clippy::disallowed_methods, reason = "the program reads the real clock")]
fn micros() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64
}

fn all_become_due(db: &TestDb) {
    let due = micros() - 60_000_000;
    db.sql(&format!("delete from outbox; update digest_schedules set next_at = {due}, next_period = '2026-W01'"));
}

/// People on the built-in role, each with something new to read about.
fn recipients(db: &TestDb) {
    assert!(cli(db, &["migrate"], "").status.success());
    let store = Store::open(&Options { url: db.url().to_owned(), readers: 1 }).unwrap();
    let zone = Zone::parse("Europe/Lisbon").unwrap();
    let (now, dice) = (Instant::from_micros(micros()), FixedDice::seeded(9));
    let today = now.day_in(&zone);
    let revision = store.read_blocking(|conn| templates::newest(conn, "backend-developer")).unwrap().expect("the built-in role");
    let template = template::restore(&revision.canonical).unwrap();
    let rule = Rule { cadence: Cadence::Daily, time: TimeOfDay::new(7, 0).unwrap() };
    for number in 0..RECIPIENTS {
        let person = NewAccount {
            public_id: dice.public_id(),
            username: Username::parse(&format!("learner{number}")).unwrap(),
            name: CleanName::parse(&format!("Learner {number}")).unwrap(),
            mail: Some(MailAddress::parse(&format!("learner{number}@example.org")).unwrap()),
            language: None,
            zone: zone.clone(),
            theme: Theme::System,
            is_admin: false,
            password_hash: None,
            created_at: now,
        };
        let settings = check_settings(PathSettings::default(), &template, today).unwrap();
        let subjects = template.requirements.iter().flat_map(|requirement| requirement.subjects());
        let entries: Vec<_> = subjects
            .skip(number % 20)
            .take(8)
            .filter_map(|subject| {
                let step = (subject.kind == domain::subject::SubjectKind::Skill).then_some(domain::subject::Step::Working);
                let offer = Offer {
                    kind: Some(EvidenceKind::Claim),
                    subjects: vec![Held { subject: subject.clone(), step }],
                    title: Some("Done at work".to_owned()),
                    ..Offer::default()
                };
                Some((check(offer, today, now, &|_| true).ok()?, dice.public_id()))
            })
            .collect();
        let (path_id, revision_id, next) = (dice.public_id(), revision.id, next_due(rule, &zone, now));
        store
            .write_blocking(move |conn| {
                let account = accounts::create(conn, &person)?.id;
                let new = NewPath {
                    public_id: path_id,
                    account,
                    revision: revision_id,
                    settings: settings.clone(),
                    cohort: None,
                    started_on: today,
                    created_at: now,
                };
                paths::create(conn, &new)?;
                for (entry, id) in &entries {
                    ledger::append(conn, account, entry, *id)?;
                }
                digests::set_schedule(conn, account, DigestKind::Learner, &rule, next.as_ref(), false)
            })
            .unwrap();
    }
}
