//! Where imported entries come from: the id that each had where it was recorded.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::ids::{AccountId, PublicId};

use crate::schema::{evidence, evidence_origins};
use crate::{Conn, Result, rows};

/// Every entry's number with the id by which other instances know it: that of its origin where it was imported, else its
/// own. In order.
pub fn ids(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<(u32, PublicId)>> {
    let found: Vec<(i32, Vec<u8>, Option<Vec<u8>>)> = on_backend!(conn, c => evidence::table
        .left_join(evidence_origins::table.on(
            evidence_origins::account.eq(evidence::account).and(evidence_origins::seq.eq(evidence::seq)),
        ))
        .filter(evidence::account.eq(account.0))
        .order(evidence::seq)
        .select((evidence::seq, evidence::public_id, evidence_origins::origin.nullable()))
        .load(c))?;
    found.into_iter().map(|(seq, own, origin)| Ok((rows::unsigned(seq)?, rows::public_id(&origin.unwrap_or(own))?))).collect()
}

/// Numbers of the entries that were brought along from elsewhere.
pub fn brought(conn: &mut Conn<'_>, account: AccountId) -> Result<BTreeSet<u32>> {
    let found: Vec<i32> = on_backend!(conn, c =>
        evidence_origins::table.filter(evidence_origins::account.eq(account.0)).select(evidence_origins::seq).load(c))?;
    found.into_iter().map(rows::unsigned).collect()
}

/// Notes where entry `seq` comes from. Fails with `conflict` when another entry of the account has that origin.
pub fn put(conn: &mut Conn<'_>, account: AccountId, seq: u32, origin: PublicId) -> Result<()> {
    let seq = rows::signed(seq)?;
    on_backend!(conn, c => diesel::insert_into(evidence_origins::table)
        .values((
            evidence_origins::account.eq(account.0),
            evidence_origins::seq.eq(seq),
            evidence_origins::origin.eq(origin.bytes().as_slice()),
        ))
        .execute(c))?;
    Ok(())
}
