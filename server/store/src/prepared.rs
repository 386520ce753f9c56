//! Statements that are written out, prepared once a connection. diesel prepares each UPDATE of its own, and raw SQL, anew
//! every time, which for those that every request, entry or letter needs is more work than running them.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType, Text};
use diesel::{QueryResult, RunQueryDsl};

/// What is bound.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    Number(i64),
    Text(&'a str),
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

/// Pieces of SQL with a value after each, but the last where it ends the statement; `ST` is what its rows are.
#[derive(Clone, Copy)]
pub(crate) struct Prepared<'a, ST = ()> {
    pieces: &'static [&'static str],
    values: &'a [Value<'a>],
    rows: PhantomData<ST>,
}

impl<'a, ST> Prepared<'a, ST> {
    pub(crate) const fn new(pieces: &'static [&'static str], values: &'a [Value<'a>]) -> Self {
        Self { pieces, values, rows: PhantomData }
    }
}

impl<ST, DB> QueryFragment<DB> for Prepared<'_, ST>
where
    DB: Backend + HasSqlType<BigInt> + HasSqlType<Text>,
    i64: ToSql<BigInt, DB>,
    str: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for (at, piece) in self.pieces.iter().enumerate() {
            out.push_sql(piece);
            match self.values.get(at) {
                Some(Value::Number(number)) => out.push_bind_param::<BigInt, i64>(number)?,
                Some(Value::Text(text)) => out.push_bind_param::<Text, str>(text)?,
                None => {}
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
