//! What it costs to have one running.

use harness::{Server, TestDb, binary, cli};

use crate::Ask;
use crate::floors::BareServer;
use crate::load::{Connection, request};
use crate::measure::{now, spread};
use crate::process::{private_bytes, resident_bytes, until_idle};

const MIB: f64 = 1024.0 * 1024.0;

/// Milliseconds until the login page has come, body and all.
fn ours(db: &TestDb) -> (f64, Server, Vec<u8>) {
    let begin = now();
    let server = Server::start(db);
    let reply = Connection::open(server.port()).ask(&request("GET", "/login", &[], ""));
    assert_eq!(reply.status, 200);
    (begin.elapsed().as_secs_f64() * 1e3, server, reply.body)
}

fn floor(db: &TestDb, body: &[u8]) -> (f64, BareServer) {
    let begin = now();
    let server = BareServer::start(db.folder(), body, "text/html; charset=utf-8", 2);
    let reply = Connection::open(server.port).ask(&request("GET", "/login", &[], ""));
    assert!(reply.status == 200 && reply.body == body);
    (begin.elapsed().as_secs_f64() * 1e3, server)
}

pub fn start(ask: &Ask) {
    let db = super::database(ask);
    assert!(cli(&db, &["migrate"], "").status.success());
    let (_, server, body) = ours(&db);
    server.stop();
    let (mut our, mut their, mut apart) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ask.rounds.max(11) {
        let (ms, server, _) = ours(&db);
        assert_eq!(server.stop().code(), Some(0));
        let (floor_ms, bare) = floor(&db, &body);
        drop(bare);
        our.push(ms);
        their.push(floor_ms);
        apart.push(ms - floor_ms);
    }
    for (name, values) in [("ours", our), ("floor", their), ("difference", apart)] {
        let [low, middle, high] = spread(values);
        println!("  {name:<18} min {low:.1} ms   median {middle:.1} ms   max {high:.1} ms");
    }
}

/// With the demo's data, on a server that did not make it.
pub fn memory(ask: &Ask) {
    let db = super::database(ask);
    let maker = Server::try_start_as(&db, &["serve", "--demo"], &[]).unwrap_or_else(|failed| panic!("{}", failed.said));
    // What its jobs find to do at first is done by then.
    until_idle(maker.id());
    maker.stop();
    let (_, server, body) = ours(&db);
    until_idle(server.id());
    let (_, bare) = floor(&db, &body);
    for (name, pid) in [("ours", server.id()), ("floor", bare.pid())] {
        println!("  {name:<18} {:.1} MiB private, {:.1} MiB resident", private_bytes(pid) as f64 / MIB, resident_bytes(pid) as f64 / MIB);
    }
    println!("  {:<18} {:.1} MiB private", "difference", (private_bytes(server.id()) as f64 - private_bytes(bare.pid()) as f64) / MIB);
}

pub fn size(_: &Ask) {
    let file = binary().expect("the binary is built");
    println!("  {:<18} {:.1} MiB", "waymark", std::fs::metadata(file).unwrap().len() as f64 / MIB);
}
