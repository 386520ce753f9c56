//! The figures, each with its floor and its goal.

mod cohorts;
mod digests;
mod fixture;
mod people;
mod plugin;
mod starts;
mod web;
mod writes;

use harness::TestDb;

use crate::Ask;

/// One figure.
pub struct Figure {
    pub name: &'static str,
    pub what: &'static str,
    pub floor: &'static str,
    pub goal: &'static str,
    pub run: fn(&Ask),
}

/// All of them, in the order they are measured.
pub const FIGURES: &[Figure] = &[
    Figure { name: "page", what: "the path page, signed in", floor: "the same bytes from memory", goal: "0.25, then 0.50", run: web::page },
    Figure {
        name: "json",
        what: "the path's JSON, by token",
        floor: "the same bytes from memory",
        goal: "0.25, then 0.50",
        run: web::json,
    },
    Figure {
        name: "page-gzip",
        what: "the path page, signed in, compressed as browsers ask for it",
        floor: "the same compressed bytes from memory",
        goal: "0.25, then 0.50",
        run: web::packed,
    },
    Figure {
        name: "page-busy",
        what: "the path page, while somebody else records some 50 claims a second",
        floor: "the same bytes from memory",
        goal: "0.20",
        run: web::busy,
    },
    Figure { name: "home", what: "the first page, signed in", floor: "the same bytes from memory", goal: "0.25", run: web::home },
    Figure { name: "readiness", what: "the readiness page", floor: "the same bytes from memory", goal: "0.25", run: web::readiness },
    Figure { name: "requirement", what: "a requirement's page", floor: "the same bytes from memory", goal: "0.25", run: web::requirement },
    Figure { name: "practice", what: "the practice page", floor: "the same bytes from memory", goal: "0.25", run: web::practice },
    Figure {
        name: "claim",
        what: "a claim posted, then the page that shows it, one client",
        floor: "one raw fdatasync, then the same bytes from memory",
        goal: "said, not judged",
        run: web::claim_to_page,
    },
    Figure {
        name: "growth",
        what: "the path page, made anew each time, among 100 000 learners",
        floor: "the same among 100 learners",
        goal: "0.9",
        run: web::growth,
    },
    Figure {
        name: "writes-1",
        what: "durable writes of evidence, one client",
        floor: "raw fdatasync, one after another",
        goal: "0.5",
        run: writes::one,
    },
    Figure {
        name: "writes-64",
        what: "durable writes of evidence, 64 clients, one ledger",
        floor: "raw fdatasync, one after another",
        goal: "3",
        run: writes::many_clients,
    },
    Figure {
        name: "writes-all",
        what: "durable writes of evidence, 64 learners, each into a ledger of their own",
        floor: "raw fdatasync, one after another",
        goal: "said, not judged",
        run: writes::many_learners,
    },
    Figure {
        name: "board-24",
        what: "a board of 24 learners, made anew each time",
        floor: "24 times 150 cells, read by the database's own shell",
        goal: "0.33",
        run: cohorts::board_of_24,
    },
    Figure {
        name: "board-150",
        what: "a board of 150 learners, made anew each time",
        floor: "150 times 150 cells, read by the database's own shell",
        goal: "0.33",
        run: cohorts::board_of_150,
    },
    Figure {
        name: "board-1000",
        what: "a board of 1 000 learners, made anew each time",
        floor: "1 000 times 150 cells, read by the database's own shell",
        goal: "0.33",
        run: cohorts::board_of_1000,
    },
    Figure {
        name: "board-csv",
        what: "a board of 1 000 learners as CSV",
        floor: "1 000 times 150 cells, read by the database's own shell",
        goal: "0.33",
        run: cohorts::board_as_csv,
    },
    Figure { name: "queue", what: "a mentor's queue", floor: "the same bytes from memory", goal: "said, not judged", run: cohorts::queue },
    Figure {
        name: "people",
        what: "10 000 people from a file, each with a path in a cohort",
        floor: "the same file put into a bare table by the database's own shell",
        goal: "said, not judged",
        run: cohorts::people_from_a_file,
    },
    Figure {
        name: "evidence",
        what: "100 000 rows of evidence from a file",
        floor: "the same file put into a bare table by the database's own shell",
        goal: "said, not judged",
        run: cohorts::evidence_from_a_file,
    },
    Figure {
        name: "plugin",
        what: "1 000 learners scored by a plugin's rule (waymark/recency), in the sandbox",
        floor: "the built-in rule, natively, over the same inputs",
        goal: "0.20 to 0.25",
        run: plugin::sandboxed,
    },
    Figure {
        name: "digests",
        what: "digests: query, score, render, send, durable mark",
        floor: "smtp-source with kept connections into the same smtp-sink",
        goal: "0.60",
        run: digests::end_to_end,
    },
    Figure {
        name: "start",
        what: "start to the first page, on a database that exists",
        floor: "a bare actix-web server",
        goal: "within 15 ms",
        run: starts::start,
    },
    Figure {
        name: "memory",
        what: "memory when idle, with the demo's data",
        floor: "a bare actix-web server, idle",
        goal: "within 12 MiB",
        run: starts::memory,
    },
    Figure { name: "size", what: "the program on disk", floor: "none", goal: "said, not judged", run: starts::size },
];

fn database(ask: &Ask) -> TestDb {
    if ask.postgres { TestDb::postgres().expect("PostgreSQL") } else { TestDb::sqlite() }
}
