//! The figures, each with its floor and its goal.

mod starts;

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
    Figure {
        name: "start",
        what: "start to the first page, on a database that exists",
        floor: "a bare actix-web server",
        goal: "within 15 ms",
        run: starts::start,
    },
    Figure { name: "memory", what: "memory when idle", floor: "a bare actix-web server, idle", goal: "within 12 MiB", run: starts::memory },
    Figure { name: "size", what: "the program on disk", floor: "none", goal: "said, not judged", run: starts::size },
];

fn database(ask: &Ask) -> TestDb {
    if ask.postgres { TestDb::postgres().expect("PostgreSQL") } else { TestDb::sqlite() }
}
