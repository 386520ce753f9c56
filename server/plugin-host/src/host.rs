//! The host: takes packs in, hands rules out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use domain::catalogue::CatalogueDocument;
use domain::practice::{DeckDocument, parse_deck_toml};
use domain::scoring::RuleIdentity;
use domain::template::{self, Document, Problems};
use domain::world::Clock;
use wasmtime::Engine;
use wasmtime::component::{Component, Linker};

use crate::cache::{self, Cache};
use crate::call::{self, CallState, Program};
use crate::compile::Compiler;
use crate::engine::{Ticker, engine};
use crate::inspect::{Inspection, inspect};
use crate::limits::Limits;
use crate::manifest::{Manifest, Templates};
use crate::pack::Pack;
use crate::probe::{Probed, probe};
use crate::refusal::Refusal;
use crate::rule::PluginRule;
use crate::text::plain;

/// What a host needs to know.
#[derive(Clone)]
pub struct Options {
    /// Where compiled plugins are kept; made with mode 0700 when first needed.
    pub folder: PathBuf,
    /// Seals them. The same on every start of an instance, known to nobody else.
    pub seal: [u8; 32],
    pub compiler: Compiler,
    pub limits: Limits,
    pub clock: Arc<dyn Clock>,
}

/// Loads packs and runs their code. Cheap until the first pack with code is loaded. Cloning shares everything.
///
/// Loading and calling block: call them from a thread that may wait.
#[derive(Clone)]
pub struct Host {
    inner: Arc<Inner>,
}

struct Inner {
    options: Options,
    machine: OnceLock<Machine>,
    /// One compilation at a time.
    compiling: Mutex<()>,
    /// By the pack's digest.
    rules: Mutex<BTreeMap<String, Arc<PluginRule>>>,
}

struct Machine {
    engine: Engine,
    linker: Linker<CallState>,
    ticker: Arc<Ticker>,
    cache: Cache,
}

/// A pack that was read, inspected, compiled and asked for its templates. Its documents are not yet validated against a
/// catalogue, and its rule is not yet probed.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub manifest: Manifest,
    /// SHA-256 of the archive, hexadecimal; also the digest of the rule's identity.
    pub digest: String,
    /// What stands in the pack's files, README, licence and fixtures among them.
    pub pack: Pack,
    /// None for a pack of documents.
    pub inspection: Option<Inspection>,
    pub templates: Vec<Document>,
    /// The pack's own subjects.
    pub catalogue: Option<CatalogueDocument>,
    /// Its decks of questions, as their author writes them.
    pub decks: Vec<DeckDocument>,
    /// Fluent catalogues of the rule's messages, by language.
    pub messages: BTreeMap<String, String>,
    pub rule: Option<Arc<PluginRule>>,
}

impl Host {
    pub fn new(options: Options) -> Self {
        let inner = Inner { options, machine: OnceLock::new(), compiling: Mutex::new(()), rules: Mutex::default() };
        Self { inner: Arc::new(inner) }
    }

    pub fn limits(&self) -> &Limits {
        &self.inner.options.limits
    }

    /// Loads a pack. Loaded before and not forgotten, its rule is the same one, with its breaker and statistics.
    ///
    /// # Errors
    /// See [`Refusal::code`].
    pub fn load(&self, archive: &[u8]) -> Result<Loaded, Refusal> {
        let pack = Pack::read(archive)?;
        let id = pack.manifest.id.clone();
        self.load_pack(pack).map_err(|refusal| refusal.of(&id))
    }

    /// Probes what was loaded: fixtures, scoring laws, fuel at the largest input. To be done at install.
    ///
    /// # Errors
    /// `fixture`, `unsteady`, `law`, `fuel_at_largest`, or the code of a call that failed.
    pub fn probe(&self, loaded: &Loaded) -> Result<Probed, Refusal> {
        probe(loaded, self.limits())
    }

    /// The rule of a loaded pack, by the pack's digest.
    pub fn rule(&self, digest: &str) -> Option<Arc<PluginRule>> {
        self.rules().get(digest).cloned()
    }

    /// Every loaded rule, by its pack's digest.
    pub fn loaded_rules(&self) -> Vec<(String, Arc<PluginRule>)> {
        self.rules().iter().map(|(digest, rule)| (digest.clone(), Arc::clone(rule))).collect()
    }

    /// Lets a pack's code go; calls under way finish.
    pub fn forget(&self, digest: &str) {
        self.rules().remove(digest);
    }

    fn rules(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<PluginRule>>> {
        self.inner.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn load_pack(&self, pack: Pack) -> Result<Loaded, Refusal> {
        let manifest = pack.manifest.clone();
        let mut loaded = Loaded {
            digest: pack.digest.clone(),
            inspection: None,
            templates: documents(&pack)?,
            catalogue: catalogue(&pack)?,
            decks: decks(&pack)?,
            messages: messages(&pack)?,
            rule: None,
            manifest,
            pack,
        };
        if let Some(component) = loaded.pack.files.get("component.wasm").cloned() {
            self.load_code(&mut loaded, &component)?;
        } else if loaded.manifest.kind.scores() || loaded.manifest.templates == Templates::Computed {
            return Err(Refusal::new(
                "export_missing",
                "plugin.toml asks for a component, but there is no component.wasm",
                "Add it, or change plugin.toml",
            ));
        }
        let prefix = format!("{}/", loaded.manifest.id);
        if let Some(foreign) = loaded.templates.iter().find(|template| !template.id.starts_with(&prefix)) {
            let what = format!("template “{}” does not carry the plugin's name", plain(&foreign.id, 120));
            return Err(Refusal::new("documents", what, format!("Call it {prefix}…")));
        }
        if loaded.manifest.kind.brings_roles() && loaded.templates.is_empty() {
            return Err(Refusal::new("documents", "it brings no role template", "Add one to templates/, or say kind = \"scoring\""));
        }
        Ok(loaded)
    }

    fn load_code(&self, loaded: &mut Loaded, component: &[u8]) -> Result<(), Refusal> {
        let limits = *self.limits();
        let inspection = inspect(&loaded.manifest, component, limits.component)?;
        let machine = self.machine()?;
        let compiled = self.compiled(machine, component)?;
        let (scores, has_templates) = (loaded.manifest.kind.scores(), loaded.manifest.templates == Templates::Computed);
        let program = Program::new(&machine.linker, &compiled, limits, scores, has_templates)
            .map_err(|error| Refusal::new("compile", plain(&format!("{error:#}"), 500), "Build it again with `waymark plugin build`"))?;
        if has_templates {
            let (texts, _) = program.templates(&machine.ticker);
            let texts = texts.map_err(|failed| Refusal::new(&failed.code, failed.detail, "Mend its catalog"))?;
            for (index, text) in texts.iter().enumerate() {
                loaded.templates.push(template::parse_json(text).map_err(|problems| unreadable(&format!("template {index}"), problems))?);
            }
        }
        if scores {
            let known = message_ids(&loaded.messages)?;
            let mut rules = self.rules();
            let rule = rules.entry(loaded.digest.clone()).or_insert_with(|| {
                let identity = RuleIdentity { name: loaded.manifest.full_name(), digest: loaded.digest.clone() };
                Arc::new(PluginRule::new(identity, known, program, Arc::clone(&machine.ticker), Arc::clone(&self.inner.options.clock)))
            });
            loaded.rule = Some(Arc::clone(rule));
        }
        loaded.inspection = Some(inspection);
        Ok(())
    }

    fn machine(&self) -> Result<&Machine, Refusal> {
        if let Some(machine) = self.inner.machine.get() {
            return Ok(machine);
        }
        let options = &self.inner.options;
        let make = || -> wasmtime::Result<Machine> {
            let engine = engine(&options.limits)?;
            let linker = call::linker(&engine)?;
            let ticker = Arc::new(Ticker::start(&engine)?);
            let cache = Cache::new(&options.folder, options.seal, &engine);
            Ok(Machine { engine, linker, ticker, cache })
        };
        let made =
            make().map_err(|error| Refusal::new("engine", format!("the sandbox cannot be made: {error:#}"), "See `waymark doctor`"))?;
        Ok(self.inner.machine.get_or_init(|| made))
    }

    /// From the cache, else compiled and kept there.
    fn compiled(&self, machine: &Machine, component: &[u8]) -> Result<Component, Refusal> {
        let _one = self.inner.compiling.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = machine.cache.get(&machine.engine, component) {
            return Ok(known);
        }
        let refuse =
            |what: String| Refusal::new("compile", what, "Build it again with `waymark plugin build`; a smaller component compiles faster");
        let artefact = self.inner.options.compiler.compile(component, machine.cache.fingerprint()).map_err(refuse)?;
        let compiled = cache::load(&machine.engine, &artefact).map_err(|error| refuse(plain(&format!("{error:#}"), 500)))?;
        if let Err(error) = machine.cache.put(component, &artefact) {
            tracing::warn!(%error, folder = %self.inner.options.folder.display(), "a compiled plugin cannot be kept; it is compiled at every start");
        }
        Ok(compiled)
    }
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").field("folder", &self.inner.options.folder).finish_non_exhaustive()
    }
}

fn unreadable(place: &str, problems: Problems) -> Refusal {
    Refusal::new("documents", format!("{place} cannot be read"), "Mend what is listed").with(problems.0)
}

fn documents(pack: &Pack) -> Result<Vec<Document>, Refusal> {
    let texts = pack.texts("templates/", ".toml")?;
    if pack.manifest.templates == Templates::Computed && !texts.is_empty() {
        return Err(Refusal::new("documents", "templates are computed, but templates/ holds documents", "Leave one of them out"));
    }
    let read =
        |(name, text): (&str, &str)| template::parse_toml(text).map_err(|problems| unreadable(&format!("templates/{name}.toml"), problems));
    texts.into_iter().map(read).collect()
}

fn catalogue(pack: &Pack) -> Result<Option<CatalogueDocument>, Refusal> {
    let Some(text) = pack.text("skills.toml")? else { return Ok(None) };
    template::parse_catalogue_toml(text).map(Some).map_err(|problems| unreadable("skills.toml", problems))
}

fn decks(pack: &Pack) -> Result<Vec<DeckDocument>, Refusal> {
    let texts = pack.texts("questions/", ".toml")?;
    let read =
        |(name, text): (&str, &str)| parse_deck_toml(text).map_err(|problems| unreadable(&format!("questions/{name}.toml"), problems));
    texts.into_iter().map(read).collect()
}

fn messages(pack: &Pack) -> Result<BTreeMap<String, String>, Refusal> {
    Ok(pack.texts("messages/", ".ftl")?.into_iter().map(|(language, text)| (language.to_owned(), text.to_owned())).collect())
}

/// Ids of the messages; each language must have them all.
fn message_ids(messages: &BTreeMap<String, String>) -> Result<BTreeSet<String>, Refusal> {
    let refuse = |what: String, mend: &str| Err(Refusal::new("messages", what, mend));
    let Some(english) = messages.get("en").map(|text| ids_in(text)) else {
        return refuse("it has no messages/en.ftl".to_owned(), "Add it: every reason is a message of it");
    };
    for (language, text) in messages {
        let ids = ids_in(text);
        if let Some(odd) = ids.symmetric_difference(&english).next() {
            let what = format!("messages/en.ftl and messages/{language}.ftl do not both have “{}”", plain(odd, 80));
            return refuse(what, "Give every language the same messages");
        }
    }
    Ok(english)
}

/// Fluent: a message begins a line with its identifier and an equals sign
/// (<https://github.com/projectfluent/fluent/blob/master/spec/fluent.ebnf>).
fn ids_in(text: &str) -> BTreeSet<String> {
    let id = |line: &str| {
        let id = line.split_once('=')?.0.trim_end_matches(' ');
        let fits =
            id.starts_with(|c: char| c.is_ascii_alphabetic()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        fits.then(|| id.to_owned())
    };
    text.lines().filter_map(id).collect()
}
