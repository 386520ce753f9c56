//! Who made a piece of work together with the learner who handed it in. Whoever is named says yes or no; with a yes they
//! get an entry of their own, which stands whatever becomes of the other's.
//!
//! Nothing but that is stored: that a co-author's request waits behind the one of who handed in follows from both, so it
//! comes to the front by itself when the other one ends.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use domain::co_author::CoAuthorState;
use domain::cohort::{MemberState, Standing};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::ledger::{Entry, NewEntry, Payload, standing};
use domain::time::Instant;

use crate::rows::{self, one};
use crate::schema::{accounts, co_authors, memberships};
use crate::{Conn, Error, Result, ledger, reviews};

/// An entry with its public id and what was written with it, unless that was blanked.
type Written = (PublicId, Entry, Option<Payload>);

/// Somebody who was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoAuthor {
    pub public_id: PublicId,
    /// Who handed the work in, and the number of their entry.
    pub account: AccountId,
    pub entry: u32,
    pub person: AccountId,
    pub state: CoAuthorState,
    pub asked_at: Instant,
    /// Number of the person's own entry, once they confirmed.
    pub own_entry: Option<u32>,
}

/// Names people in an entry that was just recorded.
pub fn ask(conn: &mut Conn<'_>, account: AccountId, entry: u32, people: &[(AccountId, PublicId)], now: Instant) -> Result<()> {
    let entry = rows::signed(entry)?;
    for (person, public_id) in people {
        on_backend!(conn, c => diesel::insert_into(co_authors::table)
            .values((
                co_authors::public_id.eq(public_id.bytes().as_slice()),
                co_authors::account.eq(account.0),
                co_authors::entry.eq(entry),
                co_authors::person.eq(person.0),
                co_authors::state.eq(CoAuthorState::Asked.word()),
                co_authors::asked_at.eq(now.micros()),
            ))
            .execute(c))?;
    }
    Ok(())
}

/// Whoever is named in these entries of one learner, by entry.
pub fn of_entries(conn: &mut Conn<'_>, account: AccountId, entries: &[u32]) -> Result<BTreeMap<u32, Vec<CoAuthor>>> {
    let entries: Vec<i32> = entries.iter().map(|&entry| rows::signed(entry)).collect::<Result<_>>()?;
    let rows: Vec<Row> = on_backend!(conn, c => co_authors::table
        .filter(co_authors::account.eq(account.0))
        .filter(co_authors::entry.eq_any(entries))
        .order(co_authors::id)
        .select(Row::as_select())
        .load(c))?;
    let mut of: BTreeMap<u32, Vec<CoAuthor>> = BTreeMap::new();
    for row in rows {
        let named = row.co_author()?;
        of.entry(named.entry).or_default().push(named);
    }
    Ok(of)
}

/// Where somebody is named, oldest first.
pub fn of_person(conn: &mut Conn<'_>, person: AccountId) -> Result<Vec<CoAuthor>> {
    let rows: Vec<Row> = on_backend!(conn, c => co_authors::table
        .filter(co_authors::person.eq(person.0))
        .order(co_authors::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::co_author).collect()
}

/// What somebody is asked by now, oldest first, with the work as it was handed in. What was taken back, and what those asked
/// who are in no cohort with them any more, asks nothing.
pub fn open_to(conn: &mut Conn<'_>, person: AccountId) -> Result<Vec<(CoAuthor, Written)>> {
    let mut open = Vec::new();
    for named in of_person(conn, person)? {
        if named.state != CoAuthorState::Asked || cohorts_together(conn, named.account, person)?.is_empty() {
            continue;
        }
        if let Some(work) = work(conn, &named)? {
            open.push((named, work));
        }
    }
    Ok(open)
}

/// The entry that somebody was named in, as long as it stands.
pub fn work(conn: &mut Conn<'_>, named: &CoAuthor) -> Result<Option<Written>> {
    let of = (named.account, named.entry);
    if !standing(&ledger::facts(conn, named.account)?).iter().any(|entry| entry.seq == named.entry) {
        return Ok(None);
    }
    Ok(ledger::entries_of(conn, &BTreeSet::from([of]))?.remove(&of))
}

/// Fails with `NotThere("co_author")` for one of somebody else's too.
pub fn get(conn: &mut Conn<'_>, person: AccountId, public_id: PublicId) -> Result<CoAuthor> {
    let row: Option<Row> = on_backend!(conn, c => co_authors::table
        .filter(co_authors::public_id.eq(public_id.bytes().as_slice()))
        .filter(co_authors::person.eq(person.0))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.ok_or(Error::NotThere("co_author"))?.co_author()
}

/// The person says that they made the work too: it becomes an entry of theirs, and waits for mentors where `request` says so.
/// Holds the ledger of who handed it in, then the person's, in the order in which a review does.
///
/// Fails with `co_author_answered` for who has said so or not before, with `co_author_gone` where the work was taken back or
/// the two are in no cohort together any more.
pub fn confirm(conn: &mut Conn<'_>, named: &CoAuthor, new: &NewEntry, (entry_id, request): (PublicId, Option<PublicId>)) -> Result<Entry> {
    ledger::hold(conn, named.account)?;
    still_asked(conn, named)?;
    let facts = ledger::facts(conn, named.account)?;
    let stands = standing(&facts).iter().any(|entry| entry.seq == named.entry);
    if !stands || cohorts_together(conn, named.account, named.person)?.is_empty() {
        return Err(Error::Rule("co_author_gone"));
    }
    let own = ledger::append(conn, named.person, new, entry_id)?;
    if let Some(before) = new.payload.follows {
        reviews::withdraw(conn, named.person, before, new.recorded_at)?;
    }
    if let Some(request) = request {
        reviews::ask_mentors(conn, named.person, own.seq, request, new.recorded_at)?;
    }
    answer(conn, named, CoAuthorState::Confirmed, Some(own.seq), new.recorded_at)?;
    Ok(own)
}

/// The person says that they did not. Fails with `co_author_answered`.
pub fn decline(conn: &mut Conn<'_>, named: &CoAuthor, now: Instant) -> Result<()> {
    ledger::hold(conn, named.account)?;
    still_asked(conn, named)?;
    answer(conn, named, CoAuthorState::Declined, None, now)
}

fn still_asked(conn: &mut Conn<'_>, named: &CoAuthor) -> Result<()> {
    let now = get(conn, named.person, named.public_id)?;
    if now.state == CoAuthorState::Asked { Ok(()) } else { Err(Error::Rule("co_author_answered")) }
}

fn answer(conn: &mut Conn<'_>, named: &CoAuthor, state: CoAuthorState, own: Option<u32>, now: Instant) -> Result<()> {
    let own = own.map(rows::signed).transpose()?;
    let answered = on_backend!(conn, c => diesel::update(
            co_authors::table
                .filter(co_authors::public_id.eq(named.public_id.bytes().as_slice()))
                .filter(co_authors::state.eq(CoAuthorState::Asked.word())),
        )
        .set((co_authors::state.eq(state.word()), co_authors::own_entry.eq(own), co_authors::answered_at.eq(now.micros())))
        .execute(c))?;
    one(answered, "co_author")
}

/// Cohorts in which both learn and neither has dropped out.
pub fn cohorts_together(conn: &mut Conn<'_>, one: AccountId, other: AccountId) -> Result<Vec<CohortId>> {
    let found: Vec<(i64, i64)> = on_backend!(conn, c => memberships::table
        .filter(memberships::account.eq_any([one.0, other.0]))
        .filter(memberships::standing.eq(Standing::Learner.word()))
        .filter(memberships::state.ne(MemberState::Dropped.word()))
        .select((memberships::cohort, memberships::account))
        .load(c))?;
    let of = |account: AccountId| found.iter().filter(move |(_, member)| *member == account.0).map(|(cohort, _)| *cohort);
    Ok(of(one).filter(|cohort| of(other).any(|shared| shared == *cohort)).map(CohortId).collect())
}

/// Of a cohort's learners: entries that came of a confirmation, each with the entry in which they were named.
pub fn behind(conn: &mut Conn<'_>, cohort: CohortId) -> Result<HashMap<(AccountId, u32), (AccountId, u32)>> {
    let found: Vec<(i64, Option<i32>, i64, i32)> = on_backend!(conn, c => {
        let learners = memberships::table.filter(memberships::cohort.eq(cohort.0)).select(memberships::account);
        co_authors::table
            .filter(co_authors::person.eq_any(learners))
            .filter(co_authors::own_entry.is_not_null())
            .select((co_authors::person, co_authors::own_entry, co_authors::account, co_authors::entry))
            .load(c)
    })?;
    let mut behind = HashMap::new();
    for (person, own, account, entry) in found {
        let Some(own) = own else { continue };
        behind.insert((AccountId(person), rows::unsigned(own)?), (AccountId(account), rows::unsigned(entry)?));
    }
    Ok(behind)
}

/// The entry in which somebody was named, of an entry that came of their yes: who handed the work in, and its number.
pub fn handed_in(conn: &mut Conn<'_>, account: AccountId, entry: u32) -> Result<Option<(AccountId, u32)>> {
    let seq = rows::signed(entry)?;
    let found: Option<(i64, i32)> = on_backend!(conn, c => co_authors::table
        .filter(co_authors::person.eq(account.0))
        .filter(co_authors::own_entry.eq(seq))
        .select((co_authors::account, co_authors::entry))
        .first(c)
        .optional())?;
    found.map(|(by, entry)| Ok((AccountId(by), rows::unsigned(entry)?))).transpose()
}

/// Everybody who made the work of this entry, whether they said so already or not: nobody of them reviews it. The entry may be
/// that of who handed it in or that of a co-author.
pub fn makers(conn: &mut Conn<'_>, account: AccountId, entry: u32) -> Result<Vec<AccountId>> {
    let (first, of) = handed_in(conn, account, entry)?.unwrap_or((account, entry));
    let of = rows::signed(of)?;
    let declined = CoAuthorState::Declined.word();
    let mut makers: Vec<i64> = on_backend!(conn, c => co_authors::table
        .filter(co_authors::account.eq(first.0))
        .filter(co_authors::entry.eq(of))
        .filter(co_authors::state.ne(declined))
        .select(co_authors::person)
        .load(c))?;
    makers.push(first.0);
    makers.push(account.0);
    makers.sort_unstable();
    makers.dedup();
    Ok(makers.into_iter().map(AccountId).collect())
}

/// Names of accounts; tombstones are nobody.
pub fn names(conn: &mut Conn<'_>, people: &[AccountId]) -> Result<HashMap<AccountId, String>> {
    let people: Vec<i64> = people.iter().map(|person| person.0).collect();
    let found: Vec<(i64, String)> =
        on_backend!(conn, c => accounts::table.filter(accounts::id.eq_any(people)).select((accounts::id, accounts::name)).load(c))?;
    Ok(found.into_iter().map(|(id, name)| (AccountId(id), name)).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = co_authors, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    public_id: Vec<u8>,
    account: i64,
    entry: i32,
    person: i64,
    state: String,
    asked_at: i64,
    own_entry: Option<i32>,
}

impl Row {
    fn co_author(self) -> Result<CoAuthor> {
        Ok(CoAuthor {
            public_id: rows::public_id(&self.public_id)?,
            account: AccountId(self.account),
            entry: rows::unsigned(self.entry)?,
            person: AccountId(self.person),
            state: rows::word(&self.state)?,
            asked_at: Instant::from_micros(self.asked_at),
            own_entry: self.own_entry.map(rows::unsigned).transpose()?,
        })
    }
}
