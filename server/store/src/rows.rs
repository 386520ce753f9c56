//! From columns to the types that cannot hold a wrong value, and back.

use std::fmt::Display;
use std::str::FromStr;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::pg::{Pg, PgValue};
use diesel::sql_types::Text;
use diesel::sqlite::{Sqlite, SqliteValue};
use domain::account::CleanName;
use domain::ids::PublicId;
use domain::time::Zone;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, Result};

/// What a tombstone is called: fits a name, says nothing.
pub(crate) const NOBODY: &str = "—";

pub(crate) fn word<T: FromStr>(text: &str) -> Result<T>
where
    T::Err: Display,
{
    known(text).map_err(Error::Machine)
}

fn known<T: FromStr>(text: &str) -> std::result::Result<T, String>
where
    T::Err: Display,
{
    text.parse().map_err(|why: T::Err| format!("a column holds what this program does not know: {why}"))
}

/// A column that holds one of a few words, for reads of so many rows that a copy of each would be felt.
#[derive(Clone, Copy, Debug, FromSqlRow)]
pub(crate) struct Word<T>(pub(crate) T);

impl<T: FromStr> FromSql<Text, Sqlite> for Word<T>
where
    T::Err: Display,
{
    fn from_sql(mut value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        Ok(Self(known(value.read_text())?))
    }
}

impl<T: FromStr> FromSql<Text, Pg> for Word<T>
where
    T::Err: Display,
{
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(known(std::str::from_utf8(value.as_bytes())?)?))
    }
}

pub(crate) fn public_id(bytes: &[u8]) -> Result<PublicId> {
    bytes.try_into().map(PublicId::new).map_err(|_| Error::Machine("a public id is not 16 bytes".to_owned()))
}

pub(crate) fn hash(bytes: &[u8]) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| Error::Machine("a hash is not 32 bytes".to_owned()))
}

/// A name that a stricter rule no longer takes is shown without what it forbids.
pub(crate) fn clean_name(text: &str) -> Result<CleanName> {
    CleanName::parse(text)
        .or_else(|_| CleanName::parse(&domain::account::strip(text).chars().take(80).collect::<String>()))
        .or_else(|_| CleanName::parse(NOBODY))
        .map_err(|why| Error::Machine(why.to_string()))
}

/// A zone that the embedded database no longer knows must not lock anybody out.
pub(crate) fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap_or_else(|why| {
        tracing::warn!(%why, "a stored zone is unknown; UTC is used");
        Zone::utc()
    })
}

pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|why| Error::Machine(why.to_string()))
}

pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|why| Error::Machine(format!("a column holds JSON that this program does not know: {why}")))
}

/// What the database keeps signed.
pub(crate) fn signed(number: u32) -> Result<i32> {
    i32::try_from(number).map_err(|_| Error::Machine(format!("{number} is too large to store")))
}

pub(crate) fn signed_long(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn unsigned(number: i32) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::Machine(format!("{number} is stored where a natural number belongs")))
}

pub(crate) fn unsigned_long(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// A change of one row: none changed means that it is not there.
pub(crate) fn one(changed: usize, what: &'static str) -> Result<()> {
    if changed == 0 { Err(Error::NotThere(what)) } else { Ok(()) }
}
