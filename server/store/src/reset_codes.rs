//! One-time codes with which a person sets a new password.

use diesel::prelude::*;
use domain::ids::AccountId;
use domain::time::Instant;

use crate::schema::reset_codes;
use crate::{Conn, Result};

/// A code before it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewResetCode {
    pub account: AccountId,
    /// As a password's.
    pub code_hash: String,
    pub created_at: Instant,
    pub expires_at: Instant,
    /// How often it may be typed wrong.
    pub tries: i32,
}

/// Takes the place of the code that the account had.
pub fn put(conn: &mut Conn<'_>, new: &NewResetCode) -> Result<()> {
    on_backend!(conn, c => {
        diesel::delete(reset_codes::table.find(new.account.0)).execute(c)?;
        diesel::insert_into(reset_codes::table)
            .values((
                reset_codes::account.eq(new.account.0),
                reset_codes::code_hash.eq(&new.code_hash),
                reset_codes::created_at.eq(new.created_at.micros()),
                reset_codes::expires_at.eq(new.expires_at.micros()),
                reset_codes::tries_left.eq(new.tries),
            ))
            .execute(c)
    })?;
    Ok(())
}

/// Takes one try and gives the hash to compare with; none without a code that holds at `now` and has tries left. The try
/// is gone before anything is compared, so that a hundred guesses at once are a hundred tries.
pub fn take_try(conn: &mut Conn<'_>, account: AccountId, now: Instant) -> Result<Option<String>> {
    let open = reset_codes::account.eq(account.0).and(reset_codes::expires_at.gt(now.micros())).and(reset_codes::tries_left.gt(0));
    Ok(on_backend!(conn, c => diesel::update(reset_codes::table.filter(open))
        .set(reset_codes::tries_left.eq(reset_codes::tries_left - 1))
        .returning(reset_codes::code_hash)
        .get_result(c)
        .optional())?)
}

/// Uses a code up; false when it is another one by now, or gone.
pub fn take(conn: &mut Conn<'_>, account: AccountId, code_hash: &str) -> Result<bool> {
    let this = reset_codes::account.eq(account.0).and(reset_codes::code_hash.eq(code_hash));
    Ok(on_backend!(conn, c => diesel::delete(reset_codes::table.filter(this)).execute(c))? > 0)
}

/// How many were purged: those that ended before `now`.
pub fn purge(conn: &mut Conn<'_>, now: Instant) -> Result<usize> {
    Ok(on_backend!(conn, c => diesel::delete(reset_codes::table.filter(reset_codes::expires_at.le(now.micros()))).execute(c))?)
}
