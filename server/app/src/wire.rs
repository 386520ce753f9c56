//! Puts the house together: from a configuration to the pieces that commands and the server use.

use std::fmt;
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::scoring::ScoringRule;
use domain::world::{Clock, Dice};
use store::{Options, Store};
use web::base::{BaseUrl, Links};
use words::{Lang, Words};

use crate::clock::{SystemClock, SystemDice};
use crate::config::{Config, Loaded};
use crate::plugins::HostDoor;

/// Why a command ends without having done what it should: a sentence for the person, and whose fault it is.
#[derive(Debug)]
pub struct Failure {
    pub sentence: String,
    /// 1: what was asked for cannot be done; 2: the set-up is wrong; 70: a broken machine or a bug.
    pub code: u8,
}

impl Failure {
    pub fn input(sentence: String) -> Self {
        Self { sentence, code: 1 }
    }

    pub fn setup(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: 2 }
    }

    pub fn broken(sentence: impl fmt::Display) -> Self {
        Self { sentence: sentence.to_string(), code: 70 }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

/// What every command that touches data works with.
pub struct Tools {
    pub loaded: Loaded,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub dice: Arc<dyn Dice>,
    pub words: Words,
    pub base: BaseUrl,
    pub host: Arc<HostDoor>,
}

impl Tools {
    /// Opens the database that the configuration names and checks its schema.
    pub fn open(loaded: Loaded) -> Result<Self, Failure> {
        let tools = Self::open_unchecked(loaded)?;
        tools.store.check_schema().map_err(|error| Failure::setup(sentence(error)))?;
        Ok(tools)
    }

    /// As [`Tools::open`], for those who migrate.
    pub fn open_unchecked(loaded: Loaded) -> Result<Self, Failure> {
        let config = &loaded.config;
        prepare_folder(&config.storage.data_dir)?;
        let store = Store::open(&Options { url: config.database_url(), readers: config.database.readers })
            .map_err(|error| Failure::setup(sentence(error)))?;
        let listening = if config.server.bind.port() == 0 { listening(&config.storage.data_dir) } else { None };
        let base = base_url(config, listening)?;
        let dice: Arc<dyn Dice> = Arc::new(SystemDice);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let largest = (config.plugins.max_component_mib as usize) << 20;
        let host = Arc::new(HostDoor::new(
            config.storage.data_dir.join("compiled"),
            largest,
            store.clone(),
            Arc::clone(&clock),
            Arc::clone(&dice),
        ));
        Ok(Self { store, clock, dice, words: Words::load(), base, host, loaded })
    }

    /// Links for people to open, made from the base URL.
    ///
    /// # Errors
    /// The operating system will choose the port, and has not yet.
    pub fn links_to_hand_out(&self) -> Result<Links, Failure> {
        let config = &self.config().server;
        let unknown = config.base_url.is_empty() && self.base.to_string().ends_with(":0");
        if unknown {
            return Err(Failure::setup(
                "Nobody knows yet where the server will listen, so a link would lead nowhere: start it first, or set server.base_url."
                    .to_owned(),
            ));
        }
        Ok(self.links())
    }

    /// Links, made from the base URL.
    pub fn links(&self) -> Links {
        Links::new(Arc::new(self.base.clone()), web::routes::table().into())
    }

    pub fn config(&self) -> &Config {
        &self.loaded.config
    }

    /// The command line speaks English.
    pub fn lang(&self) -> Lang {
        self.words.for_languages(Some("en"), None)
    }

    /// The words of an error's code.
    pub fn said(&self, code: &str) -> Failure {
        Failure::input(sentence(self.lang().t(&web::errors::message_key(code))))
    }

    /// A failed query as the person should hear it.
    pub fn failed(&self, error: store::Error) -> Failure {
        match error {
            store::Error::Rule(code) => self.said(code),
            store::Error::NotThere(what) => Failure::input(format!("There is no such {what}.")),
            store::Error::Machine(cause) => Failure::broken(format!("The database failed: {cause}.")),
        }
    }

    /// The rule that a stored score names by its digest, where its pack is still installed.
    pub fn rule_by_digest(&self, digest: &str) -> Result<Option<Arc<dyn ScoringRule>>, Failure> {
        self.host.rule_by_digest(digest).map_err(Failure::broken)
    }
}

/// An error as a sentence: with a capital and a full stop.
pub fn sentence(error: impl fmt::Display) -> String {
    let mut text = error.to_string();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if text.ends_with(['.', '?']) { text } else { format!("{text}.") }
}

/// The configured base URL; without one, http and the address that is listened on. Where the operating system chooses the
/// port, a command finds the address in the file that the server on the data folder wrote.
pub fn base_url(config: &Config, listening: Option<SocketAddr>) -> Result<BaseUrl, Failure> {
    let text = if config.server.base_url.is_empty() {
        format!("http://{}", listening.unwrap_or(config.server.bind))
    } else {
        config.server.base_url.clone()
    };
    BaseUrl::parse(&text).map_err(|error| Failure::setup(format!("server.base_url: {}", sentence(error))))
}

/// Makes the data folder where it is missing, for its owner only, and tries whether it takes a file.
pub fn prepare_folder(folder: &Path) -> Result<(), Failure> {
    let refuse = |error: std::io::Error| {
        Failure::setup(format!(
            "The data folder {} cannot be written ({error}): give it to the user that runs Waymark, or set storage.data_dir to another folder.",
            folder.display()
        ))
    };
    if !folder.exists() {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(refuse)?;
    }
    let probe = folder.join(format!(".probe-{}", std::process::id()));
    std::fs::write(&probe, b"waymark").and_then(|()| std::fs::remove_file(&probe)).map_err(refuse)
}

/// Where the server that holds the data folder listens; none where none does.
fn listening(folder: &Path) -> Option<SocketAddr> {
    let mut file = std::fs::File::open(folder.join(LOCK)).ok()?;
    if !matches!(file.try_lock_shared(), Err(std::fs::TryLockError::WouldBlock)) {
        return None;
    }
    let mut address = String::new();
    file.read_to_string(&mut address).ok()?;
    address.trim().parse().ok()
}

const LOCK: &str = "server.lock";

/// Holds the data folder for one server until it is dropped; the operating system lets go when the process ends, however it
/// ends.
pub struct FolderLock {
    file: std::fs::File,
    pub path: PathBuf,
}

impl FolderLock {
    pub fn take(folder: &Path) -> Result<Self, Failure> {
        let path = folder.join(LOCK);
        let file = std::fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| Failure::setup(format!("{} cannot be opened: {error}.", path.display())))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file, path }),
            Err(std::fs::TryLockError::WouldBlock) => Err(Failure::setup(format!(
                "Another Waymark server uses the data folder {}: stop it, or give this one a folder of its own with storage.data_dir.",
                folder.display()
            ))),
            Err(std::fs::TryLockError::Error(error)) => Err(Failure::setup(format!("{} cannot be locked: {error}.", path.display()))),
        }
    }

    /// Says to commands where the server listens.
    pub fn say(&mut self, address: SocketAddr) -> Result<(), Failure> {
        let write = |file: &mut std::fs::File| {
            file.set_len(0)?;
            file.write_all(address.to_string().as_bytes())
        };
        write(&mut self.file).map_err(|error| Failure::setup(format!("{} cannot be written: {error}.", self.path.display())))
    }
}

/// A runtime for commands that wait for a few things only.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::broken)
}

/// A runtime for the jobs: letters are made on both of its threads.
pub fn jobs_runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(Failure::broken)
}

/// What the jobs are made of. `clock` stands in for the tools' own where history is sent.
pub fn job_parts(tools: &Tools, clock: Option<Arc<dyn Clock>>) -> Result<jobs::Parts, Failure> {
    let config = tools.config();
    let builtin = crate::builtin::content().map_err(Failure::broken)?;
    let crons = jobs::JobsConfig { snapshot: config.jobs.snapshot.clone(), cleanup: config.jobs.cleanup.clone() };
    Ok(jobs::Parts {
        store: tools.store.clone(),
        clock: clock.unwrap_or_else(|| Arc::clone(&tools.clock)),
        dice: Arc::clone(&tools.dice),
        words: tools.words.clone(),
        mailer: crate::post::mailer(config, tools.base.host())?,
        rules: Arc::clone(&tools.host) as Arc<dyn jobs::Rules>,
        catalogue: builtin.skills,
        decks: builtin.decks,
        base_url: tools.base.to_string(),
        instance: config.instance.name.clone(),
        instance_is_set: tools.loaded.explain("instance.name").is_ok_and(|name| name.source != crate::config::Source::Default),
        crons: jobs::Crons::parse(&crons).map_err(|problems| Failure::setup(problems.join("\n")))?,
        pace: jobs::Pace::new(crate::post::timeout(config), config.mail.connections),
    })
}
