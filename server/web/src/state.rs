//! What every handler can reach: one struct, shared by all threads.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use actix_web::{HttpRequest, web};
use domain::catalogue::{Catalogue, CatalogueDocument};
use domain::ids::RevisionId;
use domain::practice::{Deck, DeckDocument, Library};
use domain::scoring::{RuleFailure, ScoringRule};
use domain::setup::Finding;
use domain::template::{self, Template};
use domain::upgrade::is_newer;
use domain::world::{Clock, Dice};
use serde::Serialize;
use store::Store;
use store::templates::RevisionHead;
use utoipa::ToSchema;
use words::{PackWords, Words};

use crate::auth::Remembered;
use crate::auth::limiter::{Limiter, Touched};
use crate::auth::passwords::Passwords;
use crate::base::{BaseUrl, Links};
use crate::errors::Error;
use crate::kept::Kept;
use crate::metrics::Metrics;
use crate::route::Route;
use crate::services::cohorts::{PastScores, Scored};
use crate::services::enrolment::Runs;
use crate::services::search::Index;

/// How handlers ask for it.
pub type Shared = web::Data<State>;

/// What the binary brings.
pub struct Parts {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub dice: Arc<dyn Dice>,
    pub words: Words,
    pub base: BaseUrl,
    pub instance: Instance,
    /// The catalogue that is compiled in; packs' are read from the store.
    pub catalogue: Arc<CatalogueDocument>,
    /// Decks of questions that are compiled in; packs' are read from the store.
    pub decks: Vec<Arc<Deck>>,
    pub plugins: Arc<dyn Plugins>,
    pub hooks: Hooks,
    /// [`crate::routes::table`]; tests add routes of their own.
    pub routes: Vec<&'static Route>,
}

/// What configuration says of the instance.
#[derive(Clone, Debug)]
pub struct Instance {
    pub name: String,
    /// What stands at the door in place of Waymark's own words; empty: nothing. The configuration has no key for it.
    pub notice: String,
    pub version: &'static str,
    /// Proxies in front that add to `X-Forwarded-For`.
    pub trusted_proxies: usize,
    /// Threads that answer; 0: one a core.
    pub workers: usize,
    /// Most bytes of a pack's archive.
    pub max_pack_bytes: usize,
    /// Most bytes of the files that one learner hands in.
    pub attachment_quota: u64,
    /// Shown read-only in the admin pages; secrets are left out by the binary.
    pub settings: Vec<Setting>,
}

impl Instance {
    /// The file or variable that says a key; none where its default holds.
    pub fn source_of(&self, key: &str) -> Option<&str> {
        self.settings.iter().find(|setting| setting.key == key && setting.set).map(|setting| setting.source.as_str())
    }
}

/// A configured value, for showing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Setting {
    pub key: String,
    pub value: String,
    /// In words: the default, or which file or variable.
    pub source: String,
    /// False where the default holds.
    pub set: bool,
    pub meaning: String,
}

/// Takes message ids; says in words for the log why mails could not be deleted.
pub type ForgetMails = dyn Fn(&[String]) -> Result<(), String> + Send + Sync;

/// Questions that only the binary can answer.
#[derive(Clone)]
pub struct Hooks {
    /// What is wrong in the set-up. May touch disk and network: called on a blocking thread.
    pub doctor: Arc<dyn Fn() -> Vec<Finding> + Send + Sync>,
    pub mail: Arc<dyn Fn() -> MailStatus + Send + Sync>,
    /// Deletes written mails of an account that is erased, by their message ids; those that are not there are fine. Blocks.
    pub forget_mails: Arc<ForgetMails>,
}

/// Where mail goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MailStatus {
    /// `smtp` or `folder`.
    pub transport: String,
    /// Host and port, or the folder.
    pub target: String,
    pub from: String,
    pub signed: bool,
}

/// What the web layer wants of plugins; the plugin host's door, as the binary wires it. Calls block.
pub trait Plugins: Send + Sync {
    /// The scoring rule of an installed pack. `archive` is called when its component is not loaded yet.
    fn rule(&self, digest: &str, archive: &mut dyn FnMut() -> Result<Vec<u8>, String>) -> Result<Arc<dyn ScoringRule>, RuleFailure>;
    /// The words of a loaded rule's reasons; none for a rule without words of its own, or that is not loaded.
    fn words(&self, digest: &str) -> Option<Arc<PackWords>>;
    /// Writes the figures of calls since the last time into the store.
    fn record_calls(&self);
    /// What one call of a rule may use.
    fn limits(&self) -> Limits;
    /// Looks a pack through, proves its rule, and says what would be installed.
    fn inspect(&self, archive: &[u8]) -> Result<Inspected, Refused>;
}

/// What one call of a rule may use at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub fuel: u64,
    /// Bytes.
    pub memory: u64,
    pub micros: u64,
    /// Bytes.
    pub output: u64,
    pub log_lines: u32,
}

/// A pack that may be installed.
#[derive(Clone, Debug)]
pub struct Inspected {
    /// `publisher/name`.
    pub plugin: String,
    pub version: String,
    pub digest: String,
    pub manifest_json: String,
    /// `roles`, `scoring` or `both`.
    pub kind: String,
    /// Its part of the catalogue.
    pub catalogue: Option<CatalogueDocument>,
    /// Its role templates, as JSON.
    pub templates: Vec<String>,
    /// Its decks of questions.
    pub decks: Vec<DeckDocument>,
}

/// Why a pack is not installed: what it wants, what is supported, how to mend it; one sentence each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Vec<String>);

/// Everything a handler can reach.
pub struct State {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub dice: Arc<dyn Dice>,
    pub words: Words,
    pub base: Arc<BaseUrl>,
    pub links: Links,
    /// As configured.
    pub instance: Arc<Instance>,
    pub plugins: Arc<dyn Plugins>,
    pub hooks: Hooks,
    pub metrics: Metrics,
    pub passwords: Passwords,
    pub limiter: Limiter,
    pub routes: Arc<[&'static Route]>,
    pub(crate) touched: Touched,
    pub(crate) remembered: Remembered,
    pub(crate) kept: Kept,
    pub(crate) boards: Scored,
    pub(crate) past_scores: PastScores,
    pub(crate) runs: Runs,
    pub(crate) search: Index,
    builtin: Arc<CatalogueDocument>,
    builtin_decks: Vec<Arc<Deck>>,
    /// Read together, at a version of the instance.
    documents: RwLock<(i64, Arc<Catalogue>, Arc<Library>)>,
    /// With what admins have changed since.
    now: RwLock<Arc<Instance>>,
    templates: RwLock<HashMap<RevisionId, Arc<Template>>>,
    /// The newest revision on offer of each role, as of a version of the instance.
    newest: RwLock<(i64, Arc<Vec<RevisionHead>>)>,
}

/// Revisions kept in memory; above that the cache starts anew.
const MAX_TEMPLATES: usize = 64;

impl State {
    /// Reads the catalogue, so the database has to be open and migrated.
    pub async fn new(parts: Parts) -> Result<Self, Error> {
        let base = Arc::new(parts.base);
        let routes: Arc<[&'static Route]> = parts.routes.into();
        let state = Self {
            links: Links::new(Arc::clone(&base), Arc::clone(&routes)),
            passwords: Passwords::new(Arc::clone(&parts.dice)),
            store: parts.store,
            clock: parts.clock,
            dice: parts.dice,
            words: parts.words,
            base,
            now: RwLock::new(Arc::new(parts.instance.clone())),
            instance: Arc::new(parts.instance),
            plugins: parts.plugins,
            hooks: parts.hooks,
            metrics: Metrics::default(),
            limiter: Limiter::default(),
            routes,
            touched: Touched::default(),
            remembered: Remembered::default(),
            kept: Kept::default(),
            boards: Scored::default(),
            past_scores: PastScores::default(),
            runs: Runs::default(),
            search: Index::default(),
            builtin: parts.catalogue,
            builtin_decks: parts.decks,
            documents: RwLock::new((-1, Arc::default(), Arc::default())),
            templates: RwLock::default(),
            newest: RwLock::new((-1, Arc::default())),
        };
        state.refresh().await?;
        Ok(state)
    }

    /// The instance's version that the catalogue was read at.
    pub(crate) fn catalogue_version(&self) -> i64 {
        self.documents.read().unwrap_or_else(PoisonError::into_inner).0
    }

    /// The catalogue as it is now.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.documents.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// The decks of questions that are on offer now.
    pub fn library(&self) -> Arc<Library> {
        Arc::clone(&self.documents.read().unwrap_or_else(PoisonError::into_inner).2)
    }

    /// Name and notice as they are now, beside what is configured.
    pub fn instance_now(&self) -> Arc<Instance> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The configuration says the instance's name, so that admins cannot change it.
    pub fn name_is_set(&self) -> bool {
        self.instance.source_of("instance.name").is_some()
    }

    /// Reads catalogue, decks and settings anew if another server, the command line or an admin changed the instance. Says whether.
    pub async fn refresh(&self) -> Result<bool, Error> {
        let known = self.documents.read().unwrap_or_else(PoisonError::into_inner).0;
        let changed = self
            .store
            .read(move |conn| {
                let version = store::instance::version(conn)?;
                if version == known {
                    return Ok(None);
                }
                let settings = (store::instance::get(conn, "instance.name")?, store::instance::get(conn, "instance.notice")?);
                Ok(Some((version, store::catalogue::documents(conn)?, store::practice::pack_decks(conn)?, settings)))
            })
            .await?;
        let Some((version, documents, decks, (name, notice))) = changed else { return Ok(false) };
        let mut instance = (*self.instance).clone();
        instance.name = name.filter(|_| !self.name_is_set()).unwrap_or(instance.name);
        instance.notice = notice.unwrap_or(instance.notice);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(instance);
        let mut all: Vec<(Option<&str>, &CatalogueDocument)> = vec![(None, &self.builtin)];
        all.extend(documents.iter().map(|(owner, document)| (Some(owner.as_str()), document)));
        let catalogue = template::catalogue(&all).map_err(Error::machine)?;
        let library = Library::new(self.builtin_decks.iter().cloned().chain(decks.into_iter().map(Arc::new)));
        *self.documents.write().unwrap_or_else(PoisonError::into_inner) = (version, Arc::new(catalogue), Arc::new(library));
        Ok(true)
    }

    /// What the catalogue would be with one more pack's document.
    pub(crate) async fn catalogue_with(
        &self,
        owner: &str,
        document: &CatalogueDocument,
    ) -> Result<Result<Catalogue, template::Problems>, Error> {
        let documents = self.store.read(store::catalogue::documents).await?;
        let mut all: Vec<(Option<&str>, &CatalogueDocument)> = vec![(None, &self.builtin)];
        all.extend(documents.iter().filter(|(known, _)| known != owner).map(|(known, document)| (Some(known.as_str()), document)));
        all.push((Some(owner), document));
        Ok(template::catalogue(&all))
    }

    /// The newest revision on offer of a pinned one's role, if that is newer. `version` is the instance's, which every new
    /// revision and every pack raises, as of the read that asks.
    pub(crate) async fn newer(&self, version: i64, pinned: &Template) -> Result<Option<RevisionHead>, Error> {
        let (known, mut heads) = self.newest.read().unwrap_or_else(PoisonError::into_inner).clone();
        if known != version {
            let read = self.store.read(|conn| Ok((store::instance::version(conn)?, store::templates::list_newest(conn)?)));
            let (version, read) = read.await?;
            heads = Arc::new(read);
            *self.newest.write().unwrap_or_else(PoisonError::into_inner) = (version, Arc::clone(&heads));
        }
        let newest = heads.iter().find(|head| head.role == pinned.id());
        Ok(newest.filter(|head| is_newer(&head.version, pinned.version())).cloned())
    }

    /// A revision, from memory or from the store. Revisions never change.
    pub async fn template(&self, id: RevisionId) -> Result<Arc<Template>, Error> {
        if let Some(known) = self.templates.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(Arc::clone(known));
        }
        let revision = self.store.read(move |conn| store::templates::get(conn, id)).await?;
        let template = Arc::new(template::restore(&revision.canonical).map_err(Error::machine)?);
        let mut templates = self.templates.write().unwrap_or_else(PoisonError::into_inner);
        if templates.len() >= MAX_TEMPLATES {
            templates.clear();
        }
        templates.insert(id, Arc::clone(&template));
        Ok(template)
    }
}

/// The state that a request is answered from.
pub(crate) fn of(request: &HttpRequest) -> Option<&State> {
    request.app_data::<Shared>().map(|state| state.get_ref())
}
