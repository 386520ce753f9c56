//! What the instance knows of itself: secrets, settings, and a number that grows with every change that other processes
//! must see.

use diesel::prelude::*;
use diesel::sql_types::Integer;
use domain::time::Instant;

use crate::rows::hash;
use crate::schema::{instance_secrets, instance_settings, instance_version};
use crate::{Conn, Error, Result};

/// The secret of that name; `fresh` becomes it when there is none. Writes.
pub fn secret(conn: &mut Conn<'_>, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32]> {
    let bytes: Vec<u8> = on_backend!(conn, c => {
        diesel::insert_into(instance_secrets::table)
            .values((instance_secrets::name.eq(name), instance_secrets::secret.eq(fresh.as_slice())))
            .on_conflict_do_nothing()
            .execute(c)?;
        instance_secrets::table.find(name).select(instance_secrets::secret).first(c)
    })?;
    hash(&bytes)
}

pub fn get(conn: &mut Conn<'_>, key: &str) -> Result<Option<String>> {
    Ok(on_backend!(conn, c => instance_settings::table.find(key).select(instance_settings::value).first(c).optional())?)
}

/// Sets and raises [`version`].
pub fn set(conn: &mut Conn<'_>, key: &str, value: &str) -> Result<()> {
    on_backend!(conn, c => diesel::insert_into(instance_settings::table)
        .values((instance_settings::key.eq(key), instance_settings::value.eq(value)))
        .on_conflict(instance_settings::key)
        .do_update()
        .set(instance_settings::value.eq(value))
        .execute(c))?;
    bump(conn)
}

/// Grows with every change of packs, templates, catalogue and settings.
pub fn version(conn: &mut Conn<'_>) -> Result<i64> {
    Ok(on_backend!(conn, c => instance_version::table.select(instance_version::version).first(c))?)
}

/// Whether the database answers.
pub fn health(conn: &mut Conn<'_>) -> Result<()> {
    let one: i32 = on_backend!(conn, c => diesel::select(diesel::dsl::sql::<Integer>("1")).get_result(c))?;
    if one == 1 { Ok(()) } else { Err(Error::Machine("the database cannot count to one".to_owned())) }
}

/// What time the database has.
pub fn clock(conn: &mut Conn<'_>) -> Result<Instant> {
    Ok(Instant::from_micros(crate::digests::database_clock(conn)?))
}

pub(crate) fn bump(conn: &mut Conn<'_>) -> Result<()> {
    on_backend!(conn, c => diesel::update(instance_version::table).set(instance_version::version.eq(instance_version::version + 1)).execute(c))?;
    Ok(())
}
