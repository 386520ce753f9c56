//! Work that several made: naming those who made it too, and what they say to that.

use std::collections::BTreeMap;

use domain::account::Account;
use domain::co_author::{self, CoAuthorState};
use domain::ids::{AccountId, PublicId};
use domain::ledger::{Entry, NewEntry, standing};
use domain::time::Instant;
use store::co_authors::CoAuthor;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::ledger::Written;
use crate::services::mentoring::{self, Handing};
use crate::state::State;

/// People to be named, each with the id under which they are asked.
pub type Named = Vec<(AccountId, PublicId)>;

/// Who made the work of an entry besides its learner, and what they said to that.
pub type With = BTreeMap<u32, Vec<(String, CoAuthorState)>>;

/// Finds those whom a learner names by their usernames. Who is in no cohort with them is as unknown as who is not there.
pub async fn find(state: &State, who: &Signed, text: &str) -> Result<Named, Error> {
    let names = co_author::named(text, &who.account.username)?;
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let me = who.account.id;
    let found = state.store.read(move |conn| {
        let mut people = Vec::new();
        for name in names {
            let account = store::accounts::by_username(conn, &name)?.map(|(account, _)| account).filter(|account| !account.disabled);
            let Some(account) = account else { return Ok(None) };
            if store::co_authors::cohorts_together(conn, me, account.id)?.is_empty() {
                return Ok(None);
            }
            people.push(account.id);
        }
        Ok(Some(people))
    });
    let people = found.await?.ok_or_else(|| Error::field("co_authors", "co_author_unknown"))?;
    Ok(people.into_iter().map(|person| (person, state.dice.public_id())).collect())
}

/// Something that somebody is asked whether they made it too.
pub struct Asked {
    pub id: PublicId,
    /// Who handed it in.
    pub by: Account,
    pub work: Written,
    pub asked_at: Instant,
}

/// What one is asked by now, oldest first. What was taken back meanwhile asks nothing any more.
pub async fn asked(state: &State, who: &Signed) -> Result<Vec<Asked>, Error> {
    let me = who.account.id;
    let found = state.store.scan(move |conn| {
        let open = store::co_authors::open_to(conn, me)?;
        let asked = |(named, work): (CoAuthor, Written)| {
            Ok(Asked { id: named.public_id, by: store::accounts::by_id(conn, named.account)?, work, asked_at: named.asked_at })
        };
        open.into_iter().map(asked).collect()
    });
    Ok(found.await?)
}

/// A yes that was looked at, for a transaction.
#[derive(Clone, Debug)]
pub struct Confirming {
    named: CoAuthor,
    new: NewEntry,
    entry_id: PublicId,
    handing: Option<Handing>,
}

impl Confirming {
    /// The entry takes the place of one's own of the version before, where there is one.
    pub async fn of(state: &State, who: &Signed, id: PublicId) -> Result<Self, Error> {
        let (me, now) = (who.account.id, state.clock.now());
        let read = state.store.scan(move |conn| {
            let named = store::co_authors::get(conn, me, id)?;
            let Some((_, work, payload)) = store::co_authors::work(conn, &named)? else { return Err(store::Error::Rule("co_author_gone")) };
            let payload = payload.unwrap_or_default();
            let before = match payload.follows {
                Some(before) => store::co_authors::of_entries(conn, named.account, &[before])?.remove(&before).unwrap_or_default(),
                None => Vec::new(),
            };
            let own = before.iter().find(|named| named.person == me).and_then(|named| named.own_entry);
            let facts = store::ledger::facts(conn, me)?;
            let own = own.filter(|own| standing(&facts).iter().any(|entry| entry.seq == *own));
            Ok((named, work, payload, own))
        });
        let (named, work, payload, own) = read.await?;
        let new = co_author::entry(&work, &payload, own, now.day_in(&who.account.zone), now);
        let handing = mentoring::handing(state, who, &new).await?;
        Ok(Self { named, new, entry_id: state.dice.public_id(), handing })
    }

    /// Inside a transaction. Fails with `co_author_answered`, `co_author_gone`.
    pub fn keep(&self, conn: &mut store::Conn<'_>) -> store::Result<Entry> {
        store::co_authors::confirm(conn, &self.named, &self.new, (self.entry_id, self.handing.map(|handing| handing.0)))
    }

    pub fn written(&self, entry: Entry) -> Written {
        (self.entry_id, entry, Some(self.new.payload.clone()))
    }
}

/// A no, for a transaction.
pub fn declining(state: &State, who: &Signed, id: PublicId) -> impl Fn(&mut store::Conn<'_>) -> store::Result<()> + Send + 'static {
    let (me, now) = (who.account.id, state.clock.now());
    move |conn| {
        let named = store::co_authors::get(conn, me, id)?;
        store::co_authors::decline(conn, &named, now)
    }
}

/// Of these entries of one's own: who made the work too, whether one handed it in or confirmed it.
pub async fn with(state: &State, account: AccountId, written: &[Written]) -> Result<With, Error> {
    let entries: Vec<u32> = written.iter().map(|(_, entry, _)| entry.seq).collect();
    let found = state.store.read(move |conn| {
        let mut with: BTreeMap<u32, Vec<(AccountId, CoAuthorState)>> = BTreeMap::new();
        for (entry, named) in store::co_authors::of_entries(conn, account, &entries)? {
            with.insert(entry, named.iter().map(|named| (named.person, named.state)).collect());
        }
        for own in store::co_authors::of_person(conn, account)? {
            let Some(entry) = own.own_entry.filter(|entry| entries.contains(entry)) else { continue };
            let others = store::co_authors::of_entries(conn, own.account, &[own.entry])?.remove(&own.entry).unwrap_or_default();
            let others = others.iter().filter(|other| other.person != account).map(|other| (other.person, other.state));
            with.insert(entry, std::iter::once((own.account, CoAuthorState::Confirmed)).chain(others).collect());
        }
        let people: Vec<AccountId> = with.values().flatten().map(|(person, _)| *person).collect();
        let names = if people.is_empty() { Default::default() } else { store::co_authors::names(conn, &people)? };
        let named = |(person, state): (AccountId, CoAuthorState)| (names.get(&person).cloned().unwrap_or_default(), state);
        Ok(with.into_iter().map(|(entry, people)| (entry, people.into_iter().map(named).collect())).collect())
    });
    Ok(found.await?)
}
