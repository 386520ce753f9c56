//! Durable writes of evidence, beside raw fdatasync on the same disk.

use crate::Ask;
use crate::figures::fixture::{Fixture, SUBJECT};
use crate::floors::RawSync;
use crate::load::{Connection, many, request};
use crate::measure::{Slice, compare};
use crate::process::cpu_seconds;

pub fn one(ask: &Ask) {
    writes(ask, 1, 1);
}

/// All of them into one ledger.
pub fn many_clients(ask: &Ask) {
    writes(ask, 64, 1);
}

/// Each into a ledger of its own: 64 times as many places on the disk.
pub fn many_learners(ask: &Ask) {
    writes(ask, 64, 64);
}

fn writes(ask: &Ask, clients: usize, learners: usize) {
    let fixture = Fixture::new(ask);
    let body = format!(r#"{{"kind":"claim","subjects":[{{"subject":"{SUBJECT}","step":"working"}}],"title":"a write"}}"#);
    let ask_as = |bearer: &String| {
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        request("POST", "/api/v1/evidence", &headers, &body)
    };
    let requests: Vec<Vec<u8>> = fixture.bearers(learners).iter().map(ask_as).collect();
    let before = fixture.entries();
    let (port, pid) = (fixture.server.port(), fixture.server.id());
    let mut acknowledged = 0;
    let mut floor = RawSync::in_folder(fixture.db.folder());
    compare(
        ask.rounds,
        || {
            let cpu = cpu_seconds(pid);
            let mut slice: Slice = many(clients, ask.seconds, |client| {
                let mut connection = Connection::open(port);
                let request = &requests[client % learners];
                move || {
                    let reply = connection.ask(request);
                    assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(&reply.body));
                    reply.wire
                }
            });
            slice.cpu_seconds = cpu_seconds(pid) - cpu;
            acknowledged += slice.done;
            slice
        },
        || floor.slice(ask.seconds),
    );
    let kept = fixture.entries() - before;
    println!("  acknowledged       {acknowledged}, kept {kept}");
    assert_eq!(kept, acknowledged, "an acknowledgement was lost");
}
