//! Statements that are written out, prepared once a connection. diesel prepares each UPDATE of its own, and raw SQL, anew
//! every time, which for those that every request, entry or letter needs is more work than running them.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType};
use diesel::{QueryResult, RunQueryDsl};

/// Pieces of SQL with a number after each but the last; `ST` is what its rows are.
#[derive(Clone, Copy)]
pub(crate) struct Prepared<'a, ST = ()> {
    pieces: &'static [&'static str],
    numbers: &'a [i64],
    rows: PhantomData<ST>,
}

impl<'a, ST> Prepared<'a, ST> {
    pub(crate) const fn new(pieces: &'static [&'static str], numbers: &'a [i64]) -> Self {
        Self { pieces, numbers, rows: PhantomData }
    }
}

impl<ST, DB> QueryFragment<DB> for Prepared<'_, ST>
where
    DB: Backend + HasSqlType<BigInt>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for (at, piece) in self.pieces.iter().enumerate() {
            out.push_sql(piece);
            if let Some(number) = self.numbers.get(at) {
                out.push_bind_param::<BigInt, i64>(number)?;
            }
        }
        Ok(())
    }
}

impl<ST> QueryId for Prepared<'_, ST> {
    type QueryId = ();
    // Kept by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST> Query for Prepared<'_, ST> {
    type SqlType = ST;
}

impl<ST, C> RunQueryDsl<C> for Prepared<'_, ST> {}
