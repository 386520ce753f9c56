//! What each key means: the types of the configuration, and what a value may be.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;

use super::{Key, Source, defaults};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub instance: Instance,
    pub server: Server,
    pub database: Database,
    pub storage: Storage,
    pub mail: Mail,
    pub jobs: Jobs,
    pub plugins: Plugins,
    pub log: Log,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    pub name: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub bind: SocketAddr,
    pub base_url: String,
    pub trusted_proxies: usize,
    pub workers: usize,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub url: String,
    pub readers: u32,
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").field("readers", &self.readers).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    pub data_dir: PathBuf,
    pub attachments_mib: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTransport {
    Smtp,
    Folder,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    None,
    Starttls,
    Tls,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub transport: MailTransport,
    pub folder: PathBuf,
    pub from_name: String,
    pub from_address: String,
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    pub password: String,
    pub timeout_seconds: u32,
    pub connections: u32,
    pub dkim_selector: String,
    pub dkim_domain: String,
    pub dkim_key: String,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("transport", &self.transport).field("host", &self.host).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jobs {
    pub enabled: bool,
    pub snapshot: String,
    pub cleanup: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plugins {
    pub max_component_mib: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    pub filter: String,
}

/// Each section by itself, so that every wrong value is found and named with its source.
pub(super) fn typed(keys: &BTreeMap<String, Key>) -> Result<Config, Vec<String>> {
    let config: Config = table(keys).try_into().map_err(|error: toml::de::Error| {
        let culprits = culprits(keys);
        if culprits.is_empty() { vec![format!("The configuration does not fit: {error}")] } else { culprits }
    })?;
    let mut problems = Vec::new();
    let base = &config.server.base_url;
    if !(base.is_empty() || base.starts_with("http://") || base.starts_with("https://")) {
        problems.push(format!("server.base_url must begin with http:// or https://, not “{}”.", config.server.base_url));
    }
    if config.database.readers == 0 || config.database.readers > 256 {
        problems.push("database.readers must be from 1 to 256.".to_owned());
    }
    if !(1..=32).contains(&config.plugins.max_component_mib) {
        problems.push("plugins.max_component_mib must be from 1 to 32.".to_owned());
    }
    if !(1..=600).contains(&config.mail.timeout_seconds) {
        problems.push("mail.timeout_seconds must be from 1 to 600.".to_owned());
    }
    if !(1..=64).contains(&config.mail.connections) {
        problems.push("mail.connections must be from 1 to 64.".to_owned());
    }
    let dkim = [&config.mail.dkim_selector, &config.mail.dkim_domain, &config.mail.dkim_key];
    if dkim.iter().any(|part| part.is_empty()) && dkim.iter().any(|part| !part.is_empty()) {
        problems.push("mail.dkim_selector, mail.dkim_domain and mail.dkim_key go together: set all three or none.".to_owned());
    }
    if problems.is_empty() { Ok(config) } else { Err(problems) }
}

fn table(keys: &BTreeMap<String, Key>) -> toml::Table {
    let mut table = toml::Table::new();
    for (name, key) in keys {
        if let Some((section, leaf)) = name.split_once('.')
            && let toml::Value::Table(section) = table.entry(section).or_insert_with(|| toml::Value::Table(toml::Table::new()))
        {
            section.insert(leaf.to_owned(), key.value.clone());
        }
    }
    table
}

/// serde says what is wrong, not which key: each value that was set is tried alone among the defaults.
fn culprits(keys: &BTreeMap<String, Key>) -> Vec<String> {
    let tried = keys.iter().filter(|(_, key)| key.source != Source::Default).filter_map(|(name, key)| {
        let mut alone = defaults().ok()?;
        let usual = std::mem::replace(&mut alone.get_mut(name)?.value, key.value.clone());
        let error = Config::deserialize(toml::Value::Table(table(&alone))).err()?;
        let message = error.message();
        Some(format!("{name}, from {}: {message}. The default is {usual}.", key.source))
    });
    tried.collect()
}

impl Config {
    /// The database's URL; SQLite in the data folder where none is set.
    pub fn database_url(&self) -> String {
        if self.database.url.is_empty() {
            format!("sqlite:{}", self.storage.data_dir.join("waymark.db").display())
        } else {
            self.database.url.clone()
        }
    }

    /// Where written mails go.
    pub fn mail_folder(&self) -> PathBuf {
        if self.mail.folder.as_os_str().is_empty() { self.storage.data_dir.join("mail") } else { self.mail.folder.clone() }
    }
}
