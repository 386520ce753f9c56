//! The plugin host as web, jobs and commands want it, made when first needed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use domain::scoring::{DefaultRule, RuleFailure, ScoringRule};
use domain::world::{Clock, Dice};
use plugin_host::{Call, Compiler, Host, Kind, Loaded, Options, Refusal};
use store::Store;
use store::packs::{self, CallStats};
use web::{Inspected, Limits, Refused};
use words::PackWords;

/// Lines that a plugin may log in one call.
const LOG_LINES: u32 = 64;

pub struct HostDoor {
    folder: PathBuf,
    largest: usize,
    store: Store,
    clock: Arc<dyn Clock>,
    dice: Arc<dyn Dice>,
    host: OnceLock<Host>,
    /// The words of loaded rules, by the pack's digest.
    words: Mutex<BTreeMap<String, Arc<PackWords>>>,
}

impl HostDoor {
    /// `folder` is where compiled plugins are kept, `largest` the most bytes of a component.
    pub fn new(folder: PathBuf, largest: usize, store: Store, clock: Arc<dyn Clock>, dice: Arc<dyn Dice>) -> Self {
        Self { folder, largest, store, clock, dice, host: OnceLock::new(), words: Mutex::default() }
    }

    /// The host itself. Its first call reads the instance's seal, so the database has to be migrated.
    fn host(&self) -> Result<&Host, String> {
        if let Some(host) = self.host.get() {
            return Ok(host);
        }
        let fresh = self.dice.secret();
        let seal =
            self.store.write_blocking(move |conn| store::instance::secret(conn, "plugins", &fresh)).map_err(|error| error.to_string())?;
        let program = std::env::current_exe().map_err(|error| format!("this program cannot find itself: {error}"))?;
        let limits = plugin_host::Limits { component: self.largest, ..plugin_host::Limits::default() };
        let options = Options {
            folder: self.folder.clone(),
            seal,
            compiler: Compiler::Child { program, arguments: vec!["plugin-compile".to_owned()] },
            limits,
            clock: Arc::clone(&self.clock),
        };
        Ok(self.host.get_or_init(|| Host::new(options)))
    }

    fn load(&self, archive: &[u8]) -> Result<Loaded, Refusal> {
        let host = self.host().map_err(|error| Refusal {
            code: "broken".to_owned(),
            plugin: None,
            what: error,
            mend: "Look into the log.".to_owned(),
            problems: vec![],
        })?;
        let loaded = host.load(archive)?;
        if let Ok(words) = PackWords::parse(loaded.messages.iter().map(|(language, text)| (language.as_str(), text.as_str()))) {
            self.words.lock().unwrap_or_else(PoisonError::into_inner).insert(loaded.digest.clone(), Arc::new(words));
        }
        Ok(loaded)
    }

    /// The scoring rule of an installed pack; `archive` is asked for the pack only when it is not loaded yet.
    pub fn pack_rule(
        &self,
        digest: &str,
        archive: &mut dyn FnMut() -> Result<Vec<u8>, String>,
    ) -> Result<Arc<dyn ScoringRule>, RuleFailure> {
        if let Some(rule) = self.host.get().and_then(|host| host.rule(digest)) {
            return Ok(rule);
        }
        let archive = archive().map_err(|error| RuleFailure { code: "pack_unreadable".to_owned(), detail: error, passing: true })?;
        let loaded = self.load(&archive).map_err(|refusal| RuleFailure::lasting(&refusal.code, sentence(&refusal)))?;
        match loaded.rule {
            Some(rule) => Ok(rule),
            None => Err(RuleFailure::lasting("no_rule", format!("{} brings no scoring rule", loaded.manifest.id))),
        }
    }

    /// The rule that a stored score names, where its pack is still kept.
    pub fn rule_by_digest(&self, digest: &str) -> Result<Option<Arc<dyn ScoringRule>>, String> {
        let default: Arc<dyn ScoringRule> = Arc::new(DefaultRule);
        if default.identity().digest == digest {
            return Ok(Some(default));
        }
        let found = self.store.read_blocking(|conn| packs::by_digest(conn, digest)).map_err(|error| error.to_string())?;
        let Some(pack) = found else { return Ok(None) };
        let mut archive = || self.store.read_blocking(|conn| packs::archive(conn, pack.id)).map_err(|error| error.to_string());
        self.pack_rule(digest, &mut archive).map(Some).map_err(|failure| failure.to_string())
    }

    /// Writes the figures of calls since the last time into the store, for the admin's page.
    pub fn record_calls(&self) {
        let Some(host) = self.host.get() else { return };
        for (digest, rule) in host.loaded_rules() {
            let calls = rule.fetch_calls();
            if calls.is_empty() {
                continue;
            }
            let written = self.store.write_blocking(move |conn| {
                let Some(pack) = packs::by_digest(conn, &digest)? else { return Ok(()) };
                calls.iter().try_for_each(|call| packs::record_call(conn, pack.id, &figures(call)))
            });
            if let Err(error) = written {
                tracing::warn!(%error, "figures of plugin calls were lost");
            }
        }
    }
}

fn figures(call: &Call) -> CallStats {
    CallStats {
        ok: call.error.is_none(),
        fuel: call.fuel,
        memory: call.memory,
        output: call.output,
        log_lines: call.log_lines,
        micros: call.micros,
        error: call.error.clone(),
        at: call.at,
    }
}

/// A refusal in one line: what is wrong and what to do, each with its full stop.
fn sentence(refusal: &Refusal) -> String {
    let stop = |text: &str| if text.ends_with(['.', '?']) { "" } else { "." };
    format!("{}{} {}{}", refusal.what, stop(&refusal.what), refusal.mend, stop(&refusal.mend))
}

fn refused(refusal: &Refusal) -> Refused {
    Refused(lines(refusal))
}

/// A refusal as lines: what and how to mend it, then every single problem.
pub fn lines(refusal: &Refusal) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", refusal.plugin.as_deref().unwrap_or("the pack"), sentence(refusal))];
    lines.extend(refusal.problems.iter().map(ToString::to_string));
    lines
}

impl web::Plugins for HostDoor {
    fn rule(&self, digest: &str, archive: &mut dyn FnMut() -> Result<Vec<u8>, String>) -> Result<Arc<dyn ScoringRule>, RuleFailure> {
        self.pack_rule(digest, archive)
    }

    fn words(&self, digest: &str) -> Option<Arc<PackWords>> {
        self.words.lock().unwrap_or_else(PoisonError::into_inner).get(digest).cloned()
    }

    fn limits(&self) -> Limits {
        let limits = plugin_host::Limits::default();
        Limits {
            fuel: limits.score.fuel,
            memory: limits.memory as u64,
            micros: limits.score.deadline * 10_000,
            output: limits.score.output as u64,
            log_lines: LOG_LINES,
        }
    }

    fn record_calls(&self) {
        HostDoor::record_calls(self);
    }

    fn inspect(&self, archive: &[u8]) -> Result<Inspected, Refused> {
        let loaded = self.load(archive).map_err(|refusal| refused(&refusal))?;
        if loaded.manifest.kind != Kind::Roles {
            let host = self.host().map_err(|error| Refused(vec![error]))?;
            host.probe(&loaded).map_err(|refusal| {
                host.forget(&loaded.digest);
                refused(&refusal)
            })?;
        }
        let templates = loaded
            .templates
            .iter()
            .map(serde_json::to_string)
            .collect::<Result<_, _>>()
            .map_err(|error| Refused(vec![error.to_string()]))?;
        Ok(Inspected {
            plugin: loaded.manifest.id.clone(),
            version: loaded.manifest.version.clone(),
            digest: loaded.digest.clone(),
            manifest_json: serde_json::to_string(&loaded.manifest).map_err(|error| Refused(vec![error.to_string()]))?,
            kind: loaded.manifest.kind.word().to_owned(),
            catalogue: loaded.catalogue,
            templates,
            decks: loaded.decks,
        })
    }
}

impl jobs::Rules for HostDoor {
    fn rule(&self, digest: &str, archive: &mut dyn FnMut() -> Result<Vec<u8>, String>) -> Result<Arc<dyn ScoringRule>, RuleFailure> {
        self.pack_rule(digest, archive)
    }
}
