//! Digests end to end: query, score, render, send, durable mark; beside Postfix's own client pouring mails of the same
//! size into the same server over kept connections.

use std::net::TcpStream;
use std::process::Command;

use harness::{SmtpSink, TestDb, cli, cli_with, variable};

use crate::Ask;
use crate::figures::people;
use crate::measure::{Slice, compare, now};

/// So many that starting the program, which a server does once, is little beside them.
const RECIPIENTS: usize = 2_000;
/// Sessions of smtp-source: as many connections as Waymark opens.
const SESSIONS: usize = 16;

pub fn end_to_end(ask: &Ask) {
    let (Some(sink), Some(source)) = (SmtpSink::postfix(), variable("WAYMARK_TEST_SMTP_SOURCE")) else {
        println!("  left out: Postfix's smtp-sink and smtp-source are not installed");
        return;
    };
    let db = super::database(ask);
    // Makes the built-in role's revision and the instance's secrets, as a first start does.
    drop(harness::Server::start_with(&db, &[("WAYMARK_JOBS__ENABLED", "false")]));
    assert!(cli(&db, &["migrate"], "").status.success());
    people::add(&db, &people::Crowd { count: RECIPIENTS, claims: 8, digest: true, cohort: None });
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

fn all_become_due(db: &TestDb) {
    let due = people::micros() - 60_000_000;
    db.sql(&format!("delete from outbox; update digest_schedules set next_at = {due}, next_period = '2026-W01'"));
}
