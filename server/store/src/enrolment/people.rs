//! People who come into a cohort from a file.

use diesel::prelude::*;
use domain::account::Account;
use domain::enrolment::{KnownMember, KnownPeople};
use domain::ids::{AccountId, CohortId};

use crate::schema::{accounts, enrolled_accounts};
use crate::{Conn, Result, cohorts};

/// Every username there is, and the members of a cohort: two queries, however long the file is.
pub fn known_people(conn: &mut Conn<'_>, cohort: CohortId) -> Result<KnownPeople> {
    let usernames: Vec<String> = on_backend!(conn, c => accounts::table.select(accounts::username).load(c))?;
    let members = cohorts::members(conn, cohort)?.into_iter().map(|(account, member)| {
        let known = KnownMember {
            name: account.name.to_string(),
            mail: account.mail.as_ref().map(ToString::to_string),
            standing: member.standing,
            state: member.state,
        };
        (account.username.to_string(), known)
    });
    Ok(KnownPeople { members: members.collect(), usernames: usernames.into_iter().collect() })
}

/// Notes that a cohort made the account.
pub fn enrolled(conn: &mut Conn<'_>, account: AccountId, cohort: CohortId) -> Result<()> {
    on_backend!(conn, c => diesel::insert_into(enrolled_accounts::table)
        .values((enrolled_accounts::account.eq(account.0), enrolled_accounts::cohort.eq(cohort.0)))
        .execute(c))?;
    Ok(())
}

/// People whose accounts the cohort made and who have never set a password, by name. Who is disabled, or an admin by now, is
/// left out.
pub fn not_come_in(conn: &mut Conn<'_>, cohort: CohortId) -> Result<Vec<Account>> {
    let rows: Vec<crate::accounts::Row> = on_backend!(conn, c => enrolled_accounts::table
        .inner_join(accounts::table)
        .filter(enrolled_accounts::cohort.eq(cohort.0))
        .filter(accounts::password_hash.is_null())
        .filter(accounts::disabled.eq(false))
        .filter(accounts::is_admin.eq(false))
        .select(crate::accounts::Row::as_select())
        .load(c))?;
    let mut people: Vec<Account> = rows.into_iter().map(crate::accounts::Row::account).collect::<Result<_>>()?;
    people.sort_by_cached_key(|account| (account.name.as_str().to_lowercase(), account.id));
    Ok(people)
}
