//! Pages about a path that were made before. A page is a function of what its stamp holds; while the stamp is the same, so
//! is the page. Nothing is thrown away on a write: the next request's stamp is simply another one.

use std::collections::{BTreeMap, HashMap};
use std::sync::{PoisonError, RwLock};

use actix_web::web::Bytes;
use domain::account::Account;
use domain::ids::{AccountId, PublicId};
use domain::path::{Path, RuleChoice};
use domain::time::Day;
use store::plans::Plan;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::paths::OpenPath;
use crate::state::State;

/// Pages in memory at most; above that all go. A page of the list has some 70 KB.
const MOST: usize = 128;

/// Which page of which path, for whom, and how it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub account: AccountId,
    pub path: PublicId,
    /// Route, language and query.
    pub what: String,
}

/// All that a page about one's own path is made of, beside words and templates: settings and revision, the ledger by its
/// number, plans, who guides, the learner's day, and how the learner is called and wants to see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    account: Account,
    path: Path,
    ledger_seq: u32,
    plans: BTreeMap<String, Plan>,
    mentored: bool,
    today: Day,
}

#[derive(Default)]
pub struct Kept(RwLock<HashMap<Key, (Stamp, Bytes)>>);

impl Stamp {
    /// As the database has it now: three reads by key. None for a path that a plugin's rule scores: its page may say that
    /// the rule failed, which is nobody's to keep.
    pub async fn read(state: &State, who: &Signed, path: PublicId) -> Result<Option<Self>, Error> {
        let id = who.account.id;
        let (path, plans, mentored) = state
            .store
            .read(move |conn| {
                let path = store::paths::get(conn, id, path)?;
                let plans = store::plans::get(conn, path.id)?;
                let mentored = store::digest_facts::mentored(conn, &path)?;
                Ok((path, plans, mentored))
            })
            .await?;
        let today = state.clock.now().day_in(&who.account.zone);
        Ok(Self::new(who, path, who.account.ledger_seq, plans, mentored, today))
    }

    /// Of what a page was made of.
    pub fn of(who: &Signed, open: &OpenPath) -> Option<Self> {
        let ledger_seq = open.facts.last().map_or(0, |entry| entry.seq);
        Self::new(who, open.path.clone(), ledger_seq, open.plans.clone(), open.mentored, open.today)
    }

    fn new(who: &Signed, path: Path, ledger_seq: u32, plans: BTreeMap<String, Plan>, mentored: bool, today: Day) -> Option<Self> {
        // The number stands beside: the account may have been read a moment before the ledger.
        let account = Account { ledger_seq: 0, ..who.account.clone() };
        (path.rule == RuleChoice::BuiltIn).then_some(Self { account, path, ledger_seq, plans, mentored, today })
    }
}

impl Kept {
    /// The page, if it was made of just this.
    pub fn get(&self, key: &Key, stamp: Option<&Stamp>) -> Option<Bytes> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).filter(|(made_of, _)| Some(made_of) == stamp).map(|(_, page)| page.clone())
    }

    pub fn keep(&self, key: Key, stamp: Option<Stamp>, page: &Bytes) {
        let Some(stamp) = stamp else { return };
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST && !kept.contains_key(&key) {
            kept.clear();
        }
        kept.insert(key, (stamp, page.clone()));
    }
}
