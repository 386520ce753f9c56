//! Accounts: people who may sign in, and the tombstones of those who left.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::account::{Account, CleanName, MailAddress, Theme, Username};
use domain::ids::{AccountId, PublicId};
use domain::time::{Instant, Zone};

use crate::rows::{self, one};
use crate::schema::{accounts, sessions, tokens};
use crate::{Conn, Error, Result};

mod erasure;

pub use erasure::{erase, erased_at, erasures, replay_erasures};

/// An account before the store gives it a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    pub public_id: PublicId,
    pub username: Username,
    pub name: CleanName,
    pub mail: Option<MailAddress>,
    pub language: Option<String>,
    pub zone: Zone,
    pub theme: Theme,
    pub is_admin: bool,
    /// None: nobody can sign in with a password yet.
    pub password_hash: Option<String>,
    pub created_at: Instant,
}

/// Fails with `username_taken`.
pub fn create(conn: &mut Conn<'_>, new: &NewAccount) -> Result<Account> {
    let row: Row = on_backend!(conn, c => diesel::insert_into(accounts::table)
        .values((
            accounts::public_id.eq(new.public_id.bytes().as_slice()),
            accounts::username.eq(new.username.as_str()),
            accounts::name.eq(new.name.as_str()),
            accounts::mail.eq(new.mail.as_ref().map(MailAddress::as_str)),
            accounts::language.eq(new.language.as_deref()),
            accounts::zone.eq(new.zone.name()),
            accounts::theme.eq(new.theme.word()),
            accounts::is_admin.eq(new.is_admin),
            accounts::disabled.eq(false),
            accounts::password_hash.eq(new.password_hash.as_deref()),
            accounts::created_at.eq(new.created_at.micros()),
            accounts::ledger_seq.eq(0),
        ))
        .returning(Row::as_returning())
        .get_result(c))?;
    row.account()
}

/// Tombstones too: `disabled`, with the name “—”.
pub fn by_id(conn: &mut Conn<'_>, id: AccountId) -> Result<Account> {
    let row: Option<Row> = on_backend!(conn, c => accounts::table.find(id.0).select(Row::as_select()).first(c).optional())?;
    row.ok_or(Error::NotThere("account"))?.account()
}

/// Tombstones are not there.
pub fn by_public_id(conn: &mut Conn<'_>, public_id: PublicId) -> Result<Account> {
    let row: Option<Row> = on_backend!(conn, c => accounts::table
        .filter(accounts::public_id.eq(public_id.bytes().as_slice()))
        .filter(accounts::erased_at.is_null())
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.ok_or(Error::NotThere("account"))?.account()
}

/// The account and its password hash, disabled ones too; none for tombstones.
pub fn by_username(conn: &mut Conn<'_>, username: &Username) -> Result<Option<(Account, Option<String>)>> {
    let row: Option<(Row, Option<String>)> = on_backend!(conn, c => accounts::table
        .filter(accounts::username.eq(username.as_str()))
        .filter(accounts::erased_at.is_null())
        .select((Row::as_select(), accounts::password_hash))
        .first(c)
        .optional())?;
    row.map(|(row, hash)| Ok((row.account()?, hash))).transpose()
}

/// By key, without tombstones.
pub fn list(conn: &mut Conn<'_>, after: Option<AccountId>, limit: i64) -> Result<Vec<Account>> {
    let rows: Vec<Row> = on_backend!(conn, c => accounts::table
        .filter(accounts::id.gt(after.map_or(0, |id| id.0)))
        .filter(accounts::erased_at.is_null())
        .order(accounts::id)
        .limit(limit)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::account).collect()
}

/// Which people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleFilter {
    /// Stands in name, username or mail, in either case (ASCII).
    pub words: Option<String>,
    pub is_admin: Option<bool>,
    pub disabled: Option<bool>,
}

/// As [`list`], of those whom the filter takes.
pub fn search(conn: &mut Conn<'_>, filter: &PeopleFilter, after: Option<AccountId>, limit: i64) -> Result<Vec<Account>> {
    // LIKE tells the cases apart on PostgreSQL and not on SQLite, where lower() knows ASCII only.
    diesel::define_sql_function! { fn lower(text: diesel::sql_types::Nullable<diesel::sql_types::Text>) -> diesel::sql_types::Nullable<diesel::sql_types::Text>; }
    let pattern = filter.words.as_deref().map(|words| {
        let escaped = words.to_ascii_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        format!("%{escaped}%")
    });
    let rows: Vec<Row> = on_backend!(conn, c => {
        let mut query = accounts::table
            .filter(accounts::id.gt(after.map_or(0, |id| id.0)))
            .filter(accounts::erased_at.is_null())
            .order(accounts::id)
            .limit(limit)
            .select(Row::as_select())
            .into_boxed();
        if let Some(pattern) = &pattern {
            let found = lower(accounts::name.nullable())
                .like(pattern)
                .escape('\\')
                .or(lower(accounts::username.nullable()).like(pattern).escape('\\'))
                .or(lower(accounts::mail).like(pattern).escape('\\'));
            query = query.filter(found);
        }
        if let Some(is_admin) = filter.is_admin {
            query = query.filter(accounts::is_admin.eq(is_admin));
        }
        if let Some(disabled) = filter.disabled {
            query = query.filter(accounts::disabled.eq(disabled));
        }
        query.load(c)
    })?;
    rows.into_iter().map(Row::account).collect()
}

/// When each of these was last here, by a session or a token that still stands.
pub fn last_seen(conn: &mut Conn<'_>, ids: &[AccountId]) -> Result<BTreeMap<AccountId, Instant>> {
    type Seen = Vec<(i64, Option<i64>)>;
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let (by_session, by_token): (Seen, Seen) = on_backend!(conn, c => {
        let by_session = sessions::table
            .filter(sessions::account.eq_any(&ids))
            .group_by(sessions::account)
            .select((sessions::account, diesel::dsl::max(sessions::last_seen_at)))
            .load(c)?;
        let by_token = tokens::table
            .filter(tokens::account.eq_any(&ids))
            .group_by(tokens::account)
            .select((tokens::account, diesel::dsl::max(tokens::last_used_at)))
            .load(c)?;
        (by_session, by_token)
    });
    let mut seen = BTreeMap::new();
    for (account, at) in by_session.into_iter().chain(by_token) {
        let Some(at) = at.map(Instant::from_micros) else { continue };
        let latest: &mut Instant = seen.entry(AccountId(account)).or_insert(at);
        *latest = at.max(*latest);
    }
    Ok(seen)
}

/// Without tombstones.
pub fn count(conn: &mut Conn<'_>) -> Result<i64> {
    Ok(on_backend!(conn, c => accounts::table.filter(accounts::erased_at.is_null()).count().get_result(c))?)
}

/// Admins who can sign in.
pub fn admins(conn: &mut Conn<'_>) -> Result<i64> {
    let admins =
        accounts::table.filter(accounts::erased_at.is_null()).filter(accounts::is_admin.eq(true)).filter(accounts::disabled.eq(false));
    Ok(on_backend!(conn, c => admins.count().get_result(c))?)
}

pub fn set_password_hash(conn: &mut Conn<'_>, id: AccountId, hash: &str) -> Result<()> {
    let living = living(id);
    let changed = on_backend!(conn, c => diesel::update(living).set(accounts::password_hash.eq(hash)).execute(c))?;
    one(changed, "account")
}

/// Fails with `username_taken`.
pub fn set_username(conn: &mut Conn<'_>, id: AccountId, username: &Username) -> Result<()> {
    let living = living(id);
    let changed = on_backend!(conn, c => diesel::update(living).set(accounts::username.eq(username.as_str())).execute(c))?;
    one(changed, "account")
}

pub fn set_profile(
    conn: &mut Conn<'_>,
    id: AccountId,
    name: &CleanName,
    mail: Option<&MailAddress>,
    language: Option<&str>,
    zone: &Zone,
    theme: Theme,
) -> Result<()> {
    let living = living(id);
    let changed = on_backend!(conn, c => diesel::update(living)
        .set((
            accounts::name.eq(name.as_str()),
            accounts::mail.eq(mail.map(MailAddress::as_str)),
            accounts::language.eq(language),
            accounts::zone.eq(zone.name()),
            accounts::theme.eq(theme.word()),
        ))
        .execute(c))?;
    one(changed, "account")
}

pub fn set_disabled(conn: &mut Conn<'_>, id: AccountId, disabled: bool) -> Result<()> {
    let living = living(id);
    let changed = on_backend!(conn, c => diesel::update(living).set(accounts::disabled.eq(disabled)).execute(c))?;
    one(changed, "account")
}

pub fn set_admin(conn: &mut Conn<'_>, id: AccountId, is_admin: bool) -> Result<()> {
    let living = living(id);
    let changed = on_backend!(conn, c => diesel::update(living).set(accounts::is_admin.eq(is_admin)).execute(c))?;
    one(changed, "account")
}

/// An account that is no tombstone.
#[diesel::dsl::auto_type(no_type_alias)]
fn living(id: AccountId) -> _ {
    let key: i64 = id.0;
    accounts::table.filter(accounts::id.eq(key)).filter(accounts::erased_at.is_null())
}

/// The columns of an account without its password.
#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
pub(crate) struct Row {
    id: i64,
    public_id: Vec<u8>,
    username: String,
    name: String,
    mail: Option<String>,
    language: Option<String>,
    zone: String,
    theme: String,
    is_admin: bool,
    disabled: bool,
    created_at: i64,
    ledger_seq: i32,
}

impl Row {
    pub(crate) fn account(self) -> Result<Account> {
        Ok(Account {
            id: AccountId(self.id),
            public_id: rows::public_id(&self.public_id)?,
            username: Username::parse(&self.username).map_err(|why| Error::Machine(why.to_string()))?,
            name: rows::clean_name(&self.name)?,
            // an address that a stricter rule no longer takes gets no mail
            mail: self.mail.as_deref().and_then(|mail| MailAddress::parse(mail).ok()),
            language: self.language,
            zone: rows::zone(&self.zone),
            theme: rows::word(&self.theme)?,
            is_admin: self.is_admin,
            disabled: self.disabled,
            created_at: Instant::from_micros(self.created_at),
            ledger_seq: rows::unsigned(self.ledger_seq)?,
        })
    }
}
