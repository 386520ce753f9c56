//! Pages and bodies that were made before and still hold.
//!
//! Two things say so. The first is the database's [`Mark`]: while nothing at all was committed, whatever a page read is what
//! it would read again. The second is a page's own [`Stamp`], all that it was made of: it still holds after commits that
//! have nothing to do with it, and on PostgreSQL, which has no mark. Nothing is thrown away on a write: the next request
//! finds another mark and another stamp.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::account::Account;
use domain::ids::{AccountId, PublicId, RevisionId};
use domain::path::{Path, RuleChoice};
use domain::time::Day;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use store::Mark;
use store::plans::Plan;

use crate::auth;
use crate::caller::Signed;
use crate::errors::Error;
use crate::services::paths::OpenPath;
use crate::state::State;
use crate::view::View;

/// Bodies in memory at most; above that all go. A path's page has some 70 KB, and 8 KB compressed.
const MOST: usize = 128;

/// Of gzip: a fifth smaller than the fastest, in about twice its time, once for every time that a page is made.
const LEVEL: Compression = Compression::new(5);

/// A request for a page or a body that may be there already. It has to be a function of the database, of the account that
/// asks, of that account's day, and of the address with its query; what is shown by the minute is made anew each time.
pub struct Ask<'a> {
    state: &'a State,
    request: &'a HttpRequest,
    who: &'a Signed,
    as_of: Option<AsOf>,
    key: Key,
    path: Option<PublicId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    account: AccountId,
    today: Day,
    /// The language of a page, and whether only a part of it was asked for; none for JSON.
    page: Option<(String, bool)>,
    address: String,
}

/// What nothing may have changed since: the database, and what the catalogue in memory was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct AsOf {
    mark: Mark,
    catalogue: i64,
}

/// All that a page about one's own path is made of, beside words and templates: settings and revision, whether there is a
/// newer one, the ledger by its number, plans, who guides, the learner's day, and how the learner is called and wants to
/// see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    account: Account,
    path: Path,
    newer: Option<RevisionId>,
    ledger_seq: u32,
    plans: BTreeMap<String, Plan>,
    mentored: bool,
    today: Day,
}

/// What a handler made, and how long it holds.
pub struct Fresh {
    body: Bytes,
    again: bool,
    stamp: Option<Stamp>,
}

#[derive(Default)]
pub struct Kept(RwLock<HashMap<Key, Entry>>);

struct Entry {
    as_of: Option<AsOf>,
    stamp: Option<Stamp>,
    body: Arc<Body>,
}

struct Body {
    plain: Bytes,
    /// Fresh when the first client takes it.
    gzip: OnceLock<Bytes>,
}

impl Fresh {
    /// A page that holds while nothing is committed.
    pub fn page(template: &impl Template) -> Result<Self, Error> {
        Ok(Self { body: template.render().map_err(Error::machine)?.into(), again: true, stamp: None })
    }

    /// The same of JSON.
    pub fn json(value: &impl Serialize) -> Result<Self, Error> {
        Ok(Self { body: serde_json::to_vec(value).map_err(Error::machine)?.into(), again: true, stamp: None })
    }

    /// It shows this path: a page that may say that a plugin's rule failed is nobody's to keep, since the rule may go on
    /// without any commit.
    pub fn shows(mut self, open: &OpenPath) -> Self {
        self.again &= open.path.rule == RuleChoice::BuiltIn;
        self
    }

    /// It is nobody's to keep if what it shows changes with the clock.
    pub fn unless(mut self, moves_with_the_clock: bool) -> Self {
        self.again &= !moves_with_the_clock;
        self
    }

    /// It shows this path and nothing beside it: it holds as long as what is in a [`Stamp`]. For an [`Ask::of_path`].
    pub fn shows_only(mut self, who: &Signed, open: &OpenPath) -> Self {
        let ledger_seq = open.facts.last().map_or(0, |entry| entry.seq);
        let newer = open.newer.as_ref().map(|newer| newer.id);
        self.stamp = Stamp::new(who, (open.path.clone(), newer), ledger_seq, open.plans.clone(), open.mentored, open.today);
        self.shows(open)
    }
}

impl Stamp {
    /// As the database has it now: four reads by key.
    async fn read(state: &State, who: &Signed, path: PublicId, today: Day) -> Result<Option<Self>, Error> {
        let id = who.account.id;
        let (path, plans, mentored, version) = state
            .store
            .read(move |conn| {
                let path = store::paths::get(conn, id, path)?;
                let plans = store::plans::get(conn, path.id)?;
                let mentored = store::digest_facts::mentored(conn, &path)?;
                Ok((path, plans, mentored, store::instance::version(conn)?))
            })
            .await?;
        let newer = state.newer(version, &*state.template(path.revision).await?).await?.map(|newer| newer.id);
        Ok(Self::new(who, (path, newer), who.account.ledger_seq, plans, mentored, today))
    }

    fn new(
        who: &Signed,
        (path, newer): (Path, Option<RevisionId>),
        ledger_seq: u32,
        plans: BTreeMap<String, Plan>,
        mentored: bool,
        today: Day,
    ) -> Option<Self> {
        // The number stands beside: the account may have been read a moment before the ledger.
        let account = Account { ledger_seq: 0, ..who.account.clone() };
        (path.rule == RuleChoice::BuiltIn).then_some(Self { account, path, newer, ledger_seq, plans, mentored, today })
    }
}

impl<'a> Ask<'a> {
    /// For a page of `w`'s.
    pub fn page(state: &'a State, request: &'a HttpRequest, who: &'a Signed, w: &View) -> Self {
        // The day of what was looked at first: at midnight a page may be kept for a day that is over, never for one to come.
        Self::new(state, request, who, w.today(), Some((w.lang.tag().to_owned(), w.partial)))
    }

    /// For JSON, which has no language.
    pub fn json(state: &'a State, request: &'a HttpRequest, who: &'a Signed) -> Self {
        Self::new(state, request, who, state.clock.now().day_in(&who.account.zone), None)
    }

    fn new(state: &'a State, request: &'a HttpRequest, who: &'a Signed, today: Day, page: Option<(String, bool)>) -> Self {
        let as_of = auth::as_of(request).map(|mark| AsOf { mark, catalogue: state.catalogue_version() });
        let address = request.uri().path_and_query().map_or("", |address| address.as_str()).to_owned();
        let key = Key { account: who.account.id, today, page, address };
        Self { state, request, who, as_of, key, path: None }
    }

    /// It is about this path of one's own, and about nothing that is not in its [`Stamp`].
    pub fn of_path(self, path: PublicId) -> Self {
        Self { path: Some(path), ..self }
    }

    /// The answer: what was kept if it holds, else what `make` makes.
    pub async fn or_make(self, make: impl AsyncFnOnce() -> Result<Fresh, Error>) -> Result<HttpResponse, Error> {
        let kept = &self.state.kept;
        if let Some(body) = self.as_of.and_then(|as_of| kept.unchanged(&self.key, as_of)) {
            return Ok(self.answer(&body));
        }
        if let Some(path) = self.path
            && let Some(stamp) = Stamp::read(self.state, self.who, path, self.key.today).await?
            && let Some(body) = kept.same(&self.key, &stamp, self.as_of)
        {
            return Ok(self.answer(&body));
        }
        let Fresh { body, again, stamp } = make().await?;
        let body = Arc::new(Body { plain: body, gzip: OnceLock::new() });
        let stamp = stamp.filter(|_| self.path.is_some());
        if again && (stamp.is_some() || self.as_of.is_some()) {
            kept.keep(self.key.clone(), Entry { as_of: self.as_of, stamp, body: Arc::clone(&body) });
        }
        Ok(self.answer(&body))
    }

    fn answer(&self, body: &Body) -> HttpResponse {
        let mut answer = HttpResponse::Ok();
        answer.content_type(if self.key.page.is_some() { "text/html; charset=utf-8" } else { "application/json" });
        answer.insert_header((header::VARY, "accept-encoding"));
        if takes_gzip(self.request) {
            // With this header actix's own compression leaves it alone.
            answer.insert_header(ContentEncoding::Gzip).body(body.gzip())
        } else {
            answer.body(body.plain.clone())
        }
    }
}

impl Kept {
    /// What was made when the database was just this.
    fn unchanged(&self, key: &Key, as_of: AsOf) -> Option<Arc<Body>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).filter(|entry| entry.as_of == Some(as_of)).map(|entry| Arc::clone(&entry.body))
    }

    /// What was made of just this. `stamp` was read after `as_of` was taken, so from now on the mark alone may say it.
    fn same(&self, key: &Key, stamp: &Stamp, as_of: Option<AsOf>) -> Option<Arc<Body>> {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let entry = kept.get_mut(key).filter(|entry| entry.stamp.as_ref() == Some(stamp))?;
        entry.as_of = as_of;
        Some(Arc::clone(&entry.body))
    }

    fn keep(&self, key: Key, entry: Entry) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST && !kept.contains_key(&key) {
            kept.clear();
        }
        kept.insert(key, entry);
    }
}

impl Body {
    fn gzip(&self) -> Bytes {
        let made = || {
            let mut encoder = GzEncoder::new(Vec::with_capacity(self.plain.len() / 4), LEVEL);
            // A vector takes all that is written.
            let _ = encoder.write_all(&self.plain);
            encoder.finish().unwrap_or_default().into()
        };
        self.gzip.get_or_init(made).clone()
    }
}

/// The client prefers gzip to what is not compressed.
fn takes_gzip(request: &HttpRequest) -> bool {
    let takes = AcceptEncoding::parse(request).ok();
    takes.and_then(|takes| takes.negotiate([Encoding::gzip(), Encoding::identity()].iter())) == Some(Encoding::gzip())
}
