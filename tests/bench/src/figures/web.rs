//! The path page and its JSON, beside the same bytes from memory.

use crate::Ask;
use crate::figures::fixture::Fixture;
use crate::floors::BareServer;
use crate::load::{Connection, gets, request};
use crate::measure::compare;

/// Connections at once: enough that two workers are never idle.
const CLIENTS: usize = 8;

pub fn page(ask: &Ask) {
    let fixture = Fixture::new(ask);
    let path = format!("/paths/{}", fixture.path);
    against_memory(ask, &fixture, &request("GET", &path, &[("cookie", &fixture.cookie), ("accept", "text/html")], ""));
}

pub fn json(ask: &Ask) {
    let fixture = Fixture::new(ask);
    let path = format!("/api/v1/paths/{}", fixture.path);
    against_memory(ask, &fixture, &request("GET", &path, &[("authorization", &fixture.bearer)], ""));
}

fn against_memory(ask: &Ask, fixture: &Fixture, request: &[u8]) {
    let server = &fixture.server;
    let first = Connection::open(server.port()).ask(request);
    assert_eq!(first.status, 200, "{}", String::from_utf8_lossy(&first.body));
    assert!(first.body.len() > 1_000, "hardly a page: {} bytes", first.body.len());
    let floor = BareServer::start(fixture.db.folder(), &first.body, "text/html; charset=utf-8", 2);
    compare(
        ask.rounds,
        || gets(server.port(), server.id(), CLIENTS, ask.seconds, request, &first.body),
        || gets(floor.port, floor.pid(), CLIENTS, ask.seconds, request, &first.body),
    );
}
