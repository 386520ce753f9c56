//! A Waymark of one's own for each test: a temporary SQLite database, a clock that stands still, real sockets.

#![allow(dead_code, clippy::unwrap_used, reason = "each test program uses a part")]

pub mod handing;
pub mod school;

use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;

use domain::account::{Account, CleanName, Password, Theme, Username};
use domain::cohort::{MemberState, Span, Standing};
use domain::ids::{AccountId, CohortId, RevisionId};
use domain::policy::Scope;
use domain::practice::{Deck, parse_deck_toml, validate_deck};
use domain::scoring::{DefaultRule, Outcome, RuleFailure, RuleIdentity, ScoreInput, ScoringRule};
use domain::template;
use domain::time::{Day, Instant, Zone};
use domain::world::{Clock, Dice};
use store::accounts::NewAccount;
use store::cohorts::NewCohort;
use store::packs::NewPack;
use store::sessions::NewSession;
use store::templates::NewRevision;
use store::tokens::NewToken;
use store::{Options, Store};
use tempfile::TempDir;
use tokio::sync::oneshot;
use web::auth::{passwords, secrets};
use web::route::Route;
use web::state::{Limits, Shared};
use web::{BaseUrl, Hooks, Inspected, Instance, MailStatus, Parts, Plugins, Refused, Setting, State};
use words::Words;

pub mod keeper;

pub const PASSWORD: &str = "correct horse battery";
/// 2026-11-19T08:14:07Z, a Thursday.
pub const NOW: Instant = Instant::from_micros(1_795_076_047_000_000);

/// A member who rests since today.
pub fn pause(conn: &mut store::Conn<'_>, cohort: CohortId, account: AccountId) -> store::Result<()> {
    let span = Span::new(MemberState::Paused, NOW.day_in(&Zone::utc()));
    store::cohorts::add_span(conn, cohort, account, &span, store::cohorts::Written { by: None, at: NOW })
}

pub struct StillClock(AtomicI64);

impl Clock for StillClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Different bytes every time, the same in every run (splitmix64).
pub struct Counter(AtomicU64);

impl Dice for Counter {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut x = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
            x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            x ^= x >> 31;
            chunk.copy_from_slice(&x.to_le_bytes()[..chunk.len()]);
        }
    }
}

/// A plugin host with one rule, `acme/rule@1.0.0`, that judges as the built-in one does until it is told to fail.
#[derive(Default)]
pub struct OneRule {
    pub fails: AtomicBool,
    meanwhile: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl OneRule {
    /// Happens while the rule scores the next time.
    pub fn meanwhile(&self, act: impl FnOnce() + Send + 'static) {
        *self.meanwhile.lock().unwrap() = Some(Box::new(act));
    }

    /// Whether it has happened.
    pub fn is_done(&self) -> bool {
        self.meanwhile.lock().unwrap().is_none()
    }
}

struct Rule(Arc<OneRule>);

impl ScoringRule for Rule {
    fn identity(&self) -> RuleIdentity {
        RuleIdentity { name: "acme/rule@1.0.0".to_owned(), digest: "acme".to_owned() }
    }

    fn score(&self, inputs: &[ScoreInput]) -> Vec<Result<Outcome, RuleFailure>> {
        let meanwhile = self.0.meanwhile.lock().unwrap().take();
        if let Some(act) = meanwhile {
            act();
        }
        if self.0.fails.load(Ordering::SeqCst) {
            let failure = RuleFailure { code: "trap".to_owned(), detail: "unreachable".to_owned(), passing: false };
            return inputs.iter().map(|_| Err(failure.clone())).collect();
        }
        DefaultRule.score(inputs)
    }

    fn knows_message(&self, id: &str) -> bool {
        DefaultRule.knows_message(id)
    }
}

struct Door(Arc<OneRule>);

impl Plugins for Door {
    fn rule(&self, _: &str, _: &mut dyn FnMut() -> Result<Vec<u8>, String>) -> Result<Arc<dyn ScoringRule>, RuleFailure> {
        Ok(Arc::new(Rule(Arc::clone(&self.0))))
    }

    fn words(&self, _: &str) -> Option<Arc<words::PackWords>> {
        None
    }

    fn record_calls(&self) {}

    fn limits(&self) -> Limits {
        Limits { fuel: 1, memory: 1, micros: 1, output: 1, log_lines: 1 }
    }

    fn inspect(&self, _: &[u8]) -> Result<Inspected, Refused> {
        Err(Refused(vec!["This is not a pack.".to_owned()]))
    }
}

pub struct Waymark {
    pub base: BaseUrl,
    pub address: String,
    /// Of the database.
    pub url: String,
    pub store: Store,
    /// What the server answers from.
    pub state: Shared,
    pub clock: Arc<StillClock>,
    pub dice: Arc<Counter>,
    pub rule: Arc<OneRule>,
    /// Message ids of written mails that were to be deleted.
    pub forgotten: Arc<Mutex<Vec<String>>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _folder: TempDir,
}

pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub bytes: Vec<u8>,
    /// Empty where the bytes are no text.
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
    }
}

impl Waymark {
    pub fn start() -> Self {
        Self::start_with("", &[])
    }

    /// With a path in the base URL, and routes that only this test has.
    pub fn start_with(path: &str, more: &[&'static Route]) -> Self {
        Self::start_at("http", path, more)
    }

    pub fn start_at(scheme: &str, path: &str, more: &[&'static Route]) -> Self {
        Self::start_as(scheme, path, more, Vec::new())
    }

    /// Its name is set by that file or variable.
    pub fn start_named_by(source: &str) -> Self {
        let name = Setting {
            key: "instance.name".to_owned(),
            value: "Harbour School".to_owned(),
            source: source.to_owned(),
            set: true,
            meaning: String::new(),
        };
        Self::start_as("http", "", &[], vec![name])
    }

    fn start_as(scheme: &str, path: &str, more: &[&'static Route], settings: Vec<Setting>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("waymark.db").display());
        let store = Store::open(&Options { url: url.clone(), readers: 2 }).unwrap();
        store.migrate().unwrap();
        let clock = Arc::new(StillClock(AtomicI64::new(NOW.micros())));
        let dice = Arc::new(Counter(AtomicU64::new(1)));
        let rule = Arc::<OneRule>::default();
        let forgotten = Arc::<Mutex<Vec<String>>>::default();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let base = BaseUrl::parse(&format!("{scheme}://{address}{path}")).unwrap();
        put_role(&store);
        let mut routes = web::routes::table();
        routes.extend(more.iter().copied());
        let parts = Parts {
            store: store.clone(),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            dice: Arc::clone(&dice) as Arc<dyn Dice>,
            words: Words::load(),
            base: base.clone(),
            instance: Instance {
                name: "Harbour School".to_owned(),
                notice: String::new(),
                version: "0.1.0",
                trusted_proxies: 0,
                workers: 1,
                max_pack_bytes: 1 << 20,
                attachment_quota: 12 << 20,
                settings,
            },
            catalogue: Arc::new(template::parse_catalogue_toml(include_str!("../../../../config/skills.toml")).unwrap()),
            decks: vec![Arc::new(deck())],
            plugins: Arc::new(Door(Arc::clone(&rule))),
            hooks: Hooks {
                doctor: Arc::new(Vec::new),
                mail: Arc::new(|| MailStatus {
                    transport: "folder".to_owned(),
                    target: "mail".to_owned(),
                    from: "waymark@localhost".to_owned(),
                    signed: false,
                }),
                forget_mails: {
                    let forgotten = Arc::clone(&forgotten);
                    Arc::new(move |ids: &[String]| {
                        forgotten.lock().unwrap().extend_from_slice(ids);
                        Ok(())
                    })
                },
            },
            routes,
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let (up, is_up) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let state = Shared::new(State::new(parts).await.unwrap());
                up.send(state.clone()).unwrap();
                web::serve(listener, state, async move {
                    let _ = stopped.await;
                })
                .await
                .unwrap();
            });
        });
        let state = is_up.recv().unwrap();
        Self { base, address, url, store, state, clock, dice, rule, forgotten, stop: Some(stop), thread: Some(thread), _folder: folder }
    }

    pub fn pass_seconds(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// Any request. `path` begins below the base path.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        // A new agent each time: one that is kept keeps cookies too, and sends them for whoever asks next.
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).max_redirects_will_error(false);
        let agent: ureq::Agent = config.build().into();
        let url = format!("http://{}{}{path}", self.address, self.base.path());
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = if body.is_empty() { agent.run(request.body(()).unwrap()) } else { agent.run(request.body(body).unwrap()) };
        let mut answer = sent.unwrap();
        let bytes = answer.body_mut().read_to_vec().unwrap_or_default();
        let body = String::from_utf8(bytes.clone()).unwrap_or_default();
        Answer { status: answer.status().as_u16(), headers: answer.headers().clone(), bytes, body }
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers, b"")
    }

    /// A form, as a browser sends it from our own page.
    pub fn form(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(name, value)| format!("{name}={}", web::base::query_value(value))).collect::<Vec<_>>().join("&");
        let mut headers = vec![("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        if !cookie.is_empty() {
            headers.push(("cookie", cookie));
        }
        self.ask("POST", path, &headers, if body.is_empty() { b"&" } else { body.as_bytes() })
    }

    /// JSON with a bearer token.
    pub fn send(&self, method: &str, path: &str, token: &str, json: serde_json::Value) -> Answer {
        self.send_with(method, path, token, json, &[])
    }

    pub fn send_with(&self, method: &str, path: &str, token: &str, json: serde_json::Value, more: &[(&str, &str)]) -> Answer {
        let bearer = format!("Bearer {token}");
        let mut headers = vec![("authorization", bearer.as_str()), ("content-type", "application/json")];
        headers.extend_from_slice(more);
        self.ask(method, path, &headers, json.to_string().as_bytes())
    }

    pub fn get_as(&self, path: &str, token: &str) -> Answer {
        self.get(path, &[("authorization", &format!("Bearer {token}"))])
    }

    pub fn account(&self, username: &str, admin: bool) -> Account {
        let hash = passwords::hash_blocking(&Password::parse(PASSWORD).unwrap(), self.dice.as_ref()).unwrap();
        let new = NewAccount {
            public_id: self.dice.public_id(),
            username: Username::parse(username).unwrap(),
            name: CleanName::parse(username).unwrap(),
            mail: None,
            language: None,
            zone: Zone::parse("Europe/Lisbon").unwrap(),
            theme: Theme::System,
            is_admin: admin,
            password_hash: Some(hash),
            created_at: self.clock.now(),
        };
        self.store.write_blocking(move |conn| store::accounts::create(conn, &new)).unwrap()
    }

    /// A session made behind the login page's back; the `Cookie` header.
    pub fn cookie(&self, account: &Account) -> String {
        let secret = self.dice.secret();
        let new = NewSession {
            account: account.id,
            token_hash: secrets::hash(&secret),
            created_at: self.clock.now(),
            expires_at: self.clock.now().plus_seconds(30 * 86_400),
            user_agent: String::new(),
            address: "127.0.0.1".to_owned(),
        };
        self.store.write_blocking(move |conn| store::sessions::create(conn, &new)).unwrap();
        format!("waymark={}", secrets::write(&secret))
    }

    pub fn token(&self, account: &Account, scope: Scope, seconds: Option<i64>) -> String {
        let secret = self.dice.secret();
        let new = NewToken {
            account: account.id,
            public_id: self.dice.public_id(),
            name: CleanName::parse("test").unwrap(),
            token_hash: secrets::hash(&secret),
            scope,
            created_at: self.clock.now(),
            expires_at: seconds.map(|seconds| self.clock.now().plus_seconds(seconds)),
        };
        self.store.write_blocking(move |conn| store::tokens::create(conn, &new)).unwrap();
        secrets::write_token(&secret)
    }

    pub fn cohort(&self, name: &str, members: &[(&Account, Standing)]) -> CohortId {
        let new = NewCohort {
            public_id: self.dice.public_id(),
            name: CleanName::parse(name).unwrap(),
            starts_on: Day::from_number(20_700),
            ends_on: Day::from_number(20_900),
            zone: Zone::utc(),
            created_at: self.clock.now(),
        };
        let members: Vec<_> = members.iter().map(|(account, standing)| (account.id, *standing)).collect();
        let now = self.clock.now();
        self.store
            .write_blocking(move |conn| {
                let cohort = store::cohorts::create(conn, &new)?.id;
                for (account, standing) in &members {
                    store::cohorts::add_member(conn, cohort, *account, *standing, now)?;
                }
                Ok(cohort)
            })
            .unwrap()
    }

    /// Installs and activates `acme/rule`.
    pub fn install_rule(&self) {
        let pack = NewPack {
            plugin: "acme/rule".to_owned(),
            version: "1.0.0".to_owned(),
            digest: "acme".to_owned(),
            manifest_json: "{}".to_owned(),
            archive: vec![1],
            kind: "scoring".to_owned(),
            now: self.clock.now(),
        };
        self.store
            .write_blocking(move |conn| {
                store::packs::install(conn, &pack)?;
                store::packs::activate(conn, "acme/rule", "1.0.0")
            })
            .unwrap();
    }

    pub fn revoke_tokens(&self, account: &Account) {
        let (id, now) = (account.id, self.clock.now());
        self.store
            .write_blocking(move |conn| {
                for token in store::tokens::list(conn, id)? {
                    store::tokens::revoke(conn, id, token.public_id, now)?;
                }
                Ok(())
            })
            .unwrap();
    }
}

/// The questions that come along with the shipped role.
pub fn deck() -> Deck {
    let skills = template::parse_catalogue_toml(include_str!("../../../../config/skills.toml")).unwrap();
    let catalogue = template::catalogue(&[(None, skills)]).unwrap();
    let document = parse_deck_toml(include_str!("../../../../config/questions/backend-developer.toml")).unwrap();
    validate_deck(document, &catalogue).unwrap()
}

/// The shipped role, as the binary puts it in.
fn put_role(store: &Store) -> RevisionId {
    put_role_of(store, include_str!("../../../../config/roles/backend-developer.toml"))
}

/// Any role that needs no more than the built-in catalogue.
pub fn put_role_of(store: &Store, text: &str) -> RevisionId {
    let skills = template::parse_catalogue_toml(include_str!("../../../../config/skills.toml")).unwrap();
    let catalogue = template::catalogue(&[(None, skills)]).unwrap();
    let template = template::validate(template::parse_toml(text).unwrap(), &catalogue).unwrap_or_else(|problems| panic!("{problems}"));
    let revision = NewRevision {
        role: template.id().to_owned(),
        version: template.version().to_owned(),
        hash: template.hash.clone(),
        canonical: template.canonical(),
        origin: "builtin".to_owned(),
        created_at: NOW,
    };
    store.write_blocking(move |conn| store::templates::put(conn, &revision)).unwrap()
}

impl Drop for Waymark {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
