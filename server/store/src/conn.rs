//! A connection to either database, and the macro that writes a query once for both.

use diesel::{PgConnection, SqliteConnection};

/// What every query takes: a connection inside a transaction.
pub enum Conn<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

/// Expands one query body for both databases: `on_backend!(conn, c => table.load::<Row>(c))`.
macro_rules! on_backend {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::Conn::Sqlite($c) => {
                let $c: &mut diesel::SqliteConnection = $c;
                $body
            }
            $crate::Conn::Postgres($c) => {
                let $c: &mut diesel::PgConnection = $c;
                $body
            }
        }
    };
}
