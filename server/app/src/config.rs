//! Configuration: defaults, then a file, then the environment; typed, unknown keys refused, secrets never printed.
//!
//! `config/default.toml` is the list of keys: what is not in it does not exist.

mod typed;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

pub use typed::*;

/// The compiled-in defaults, which are also the documentation of every key.
pub const DEFAULTS: &str = include_str!("../../../config/default.toml");

/// Keys whose value is never printed. Any key may be read from a file by `…_FILE`; these should be.
const SECRETS: &[&str] = &["database.url", "mail.password", "mail.dkim_key"];

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Default,
    File(PathBuf),
    Environment(String),
    SecretFile { variable: String, file: PathBuf },
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("the default"),
            Self::File(path) => write!(f, "the file {}", path.display()),
            Self::Environment(variable) => write!(f, "the environment variable {variable}"),
            Self::SecretFile { variable, file } => write!(f, "the file {} that {variable} names", file.display()),
        }
    }
}

/// One key: its value as it would be shown, where that came from, what it means.
#[derive(Clone, Debug)]
pub struct Explained {
    pub key: String,
    pub value: String,
    pub source: Source,
    pub meaning: String,
}

/// Everything that is wrong with the configuration, a sentence each.
#[derive(Debug)]
pub struct ConfigProblems(pub Vec<String>);

impl fmt::Display for ConfigProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

/// The configuration that holds, and where each value of it came from.
pub struct Loaded {
    pub config: Config,
    keys: BTreeMap<String, Key>,
}

struct Key {
    value: toml::Value,
    source: Source,
    meaning: String,
}

impl Loaded {
    /// Every key, sorted.
    pub fn explain_all(&self) -> Vec<Explained> {
        self.keys.iter().map(|(name, key)| explained(name, key)).collect()
    }

    /// One key, or a sentence that names the nearest one.
    pub fn explain(&self, name: &str) -> Result<Explained, String> {
        self.keys.get(name).map(|key| explained(name, key)).ok_or_else(|| no_such_key(name, &self.keys))
    }
}

fn explained(name: &str, key: &Key) -> Explained {
    let value = match &key.value {
        toml::Value::String(text) if SECRETS.contains(&name) => if text.is_empty() { "(not set)" } else { "(set, not shown)" }.to_owned(),
        other => other.to_string(),
    };
    Explained { key: name.to_owned(), value, source: key.source.clone(), meaning: key.meaning.clone() }
}

fn no_such_key(name: &str, keys: &BTreeMap<String, Key>) -> String {
    let nearest = keys.keys().max_by(|a, b| strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name)));
    match nearest {
        Some(nearest) => format!("There is no key {name}; the nearest one is {nearest}. `waymark config explain` lists all."),
        None => format!("There is no key {name}."),
    }
}

/// Reads defaults, file and environment. `file` is what `--config` named; without it `waymark.toml` in the working folder
/// is read where it exists. `overrides` come from the command line and win over all.
pub fn load(
    file: Option<&Path>,
    environment: impl Iterator<Item = (String, String)>,
    overrides: &[(&str, String)],
) -> Result<Loaded, ConfigProblems> {
    let mut keys = defaults().map_err(|problem| ConfigProblems(vec![problem]))?;
    let mut problems = Vec::new();
    let here = Path::new("waymark.toml");
    if let Some(path) = file.or_else(|| here.exists().then_some(here)) {
        read_file(path, &mut keys, &mut problems);
    }
    read_environment(environment, &mut keys, &mut problems);
    for (name, value) in overrides {
        if let Some(key) = keys.get_mut(*name) {
            key.value = toml::Value::String(value.clone());
            key.source = Source::Environment("the command line".to_owned());
        }
    }
    if !problems.is_empty() {
        return Err(ConfigProblems(problems));
    }
    match typed::typed(&keys) {
        Ok(config) => Ok(Loaded { config, keys }),
        Err(problems) => Err(ConfigProblems(problems)),
    }
}

fn defaults() -> Result<BTreeMap<String, Key>, String> {
    let document: toml_edit::DocumentMut = DEFAULTS.parse().map_err(|error| format!("config/default.toml: {error}"))?;
    let mut keys = BTreeMap::new();
    for (section, table) in document.iter() {
        let Some(table) = table.as_table() else { continue };
        let mut meaning = String::new();
        for (name, item) in table.iter() {
            let comment = table.key(name).and_then(|key| key.leaf_decor().prefix()).and_then(|prefix| prefix.as_str()).map(uncomment);
            if let Some(comment) = comment.filter(|comment| !comment.is_empty()) {
                meaning = comment;
            }
            let value = match item.as_value() {
                Some(toml_edit::Value::String(text)) => toml::Value::String(text.value().clone()),
                Some(toml_edit::Value::Integer(number)) => toml::Value::Integer(*number.value()),
                Some(toml_edit::Value::Boolean(truth)) => toml::Value::Boolean(*truth.value()),
                _ => return Err(format!("config/default.toml: {section}.{name} is neither text, a number nor true or false")),
            };
            keys.insert(format!("{section}.{name}"), Key { value, source: Source::Default, meaning: meaning.clone() });
        }
    }
    Ok(keys)
}

fn uncomment(prefix: &str) -> String {
    prefix.lines().filter_map(|line| line.trim().strip_prefix('#')).map(str::trim).collect::<Vec<_>>().join(" ")
}

fn read_file(path: &Path, keys: &mut BTreeMap<String, Key>, problems: &mut Vec<String>) {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return problems.push(format!("The configuration file {} cannot be read: {error}.", path.display())),
    };
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => return problems.push(format!("{}: {error}", path.display())),
    };
    for (section, value) in table {
        let toml::Value::Table(entries) = value else {
            problems.push(format!("{}: {section} must stand in a section, such as [server].", path.display()));
            continue;
        };
        for (name, value) in entries {
            let name = format!("{section}.{name}");
            match keys.get_mut(&name) {
                None => problems.push(format!("{}: {}", path.display(), no_such_key(&name, keys))),
                Some(key) if !value.same_type(&key.value) => {
                    problems.push(format!("{}: {name} must be {}, not {}.", path.display(), kind(&key.value), kind(&value)));
                }
                Some(key) => {
                    key.value = value;
                    key.source = Source::File(path.to_owned());
                }
            }
        }
    }
}

fn read_environment(environment: impl Iterator<Item = (String, String)>, keys: &mut BTreeMap<String, Key>, problems: &mut Vec<String>) {
    let mut variables: Vec<(String, String)> =
        environment.filter(|(name, _)| name.starts_with("WAYMARK_") && name.contains("__")).collect();
    variables.sort();
    for (variable, value) in variables {
        let name = variable["WAYMARK_".len()..].to_ascii_lowercase().replacen("__", ".", 1);
        let (name, value, source) = match (keys.contains_key(&name), name.strip_suffix("_file")) {
            (false, Some(stem)) if keys.contains_key(stem) => match std::fs::read_to_string(&value) {
                Ok(text) => {
                    let source = Source::SecretFile { variable: variable.clone(), file: PathBuf::from(&value) };
                    (stem.to_owned(), text.trim_end_matches(['\r', '\n']).to_owned(), source)
                }
                Err(error) => {
                    problems.push(format!("{variable} names the file {value}, which cannot be read: {error}."));
                    continue;
                }
            },
            _ => (name, value, Source::Environment(variable.clone())),
        };
        let Some(key) = keys.get_mut(&name) else {
            problems.push(format!("{variable}: {}", no_such_key(&name, keys)));
            continue;
        };
        let parsed = match &key.value {
            toml::Value::Integer(_) => value.trim().parse().ok().map(toml::Value::Integer),
            toml::Value::Boolean(_) => value.trim().parse().ok().map(toml::Value::Boolean),
            _ => Some(toml::Value::String(value)),
        };
        match parsed {
            Some(parsed) => {
                key.value = parsed;
                key.source = source;
            }
            None => problems.push(format!("{variable} must be {}.", kind(&key.value))),
        }
    }
}

fn kind(value: &toml::Value) -> &'static str {
    match value {
        toml::Value::String(_) => "text in quotes",
        toml::Value::Integer(_) => "a whole number",
        toml::Value::Boolean(_) => "true or false",
        _ => "something else",
    }
}

/// The process's environment: the one place that reads it.
#[allow(clippy::disallowed_methods, reason = "this is the place")]
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Result<Loaded, ConfigProblems> {
        let variables: Vec<(String, String)> = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        load(None, variables.into_iter(), &[])
    }

    #[test]
    fn the_defaults_are_valid_and_every_key_is_explained() {
        let loaded = with(&[]).unwrap();
        assert_eq!(loaded.config.server.bind.port(), 8080);
        for key in loaded.explain_all() {
            assert!(key.meaning.len() > 10, "{} has no comment in default.toml", key.key);
            assert_eq!(key.source, Source::Default);
        }
    }

    #[test]
    fn the_environment_wins_and_says_so() {
        let loaded = with(&[("WAYMARK_SERVER__BIND", "127.0.0.1:0"), ("WAYMARK_JOBS__ENABLED", "false")]).unwrap();
        assert_eq!(loaded.config.server.bind.port(), 0);
        assert!(!loaded.config.jobs.enabled);
        assert_eq!(loaded.explain("server.bind").unwrap().source, Source::Environment("WAYMARK_SERVER__BIND".to_owned()));
    }

    #[test]
    fn unknown_keys_are_refused_with_the_nearest_known_one() {
        let problems = with(&[("WAYMARK_SERVER__BNID", "x"), ("WAYMARK_MAIL__HOTS", "y")]).err().unwrap().0;
        assert_eq!(problems.len(), 2, "all at once: {problems:?}");
        assert!(problems.iter().any(|text| text.contains("server.bind")), "{problems:?}");
        assert!(problems.iter().any(|text| text.contains("mail.host")), "{problems:?}");
    }

    #[test]
    fn wrong_values_name_the_key_and_what_fits() {
        for (variable, value, expected) in [
            ("WAYMARK_MAIL__PORT", "many", "a whole number"),
            ("WAYMARK_JOBS__ENABLED", "perhaps", "true or false"),
            ("WAYMARK_MAIL__TRANSPORT", "pigeon", "mail.transport"),
            ("WAYMARK_SERVER__BIND", "nowhere:port", "server.bind"),
            ("WAYMARK_SERVER__BASE_URL", "school.example", "http://"),
            ("WAYMARK_MAIL__DKIM_DOMAIN", "school.example", "go together"),
            ("WAYMARK_MAIL__CONNECTIONS", "0", "from 1 to 64"),
            ("WAYMARK_MAIL__CONNECTIONS", "65", "from 1 to 64"),
        ] {
            let problems = with(&[(variable, value)]).err().unwrap().to_string();
            assert!(problems.contains(expected), "{variable}: {problems}");
        }
    }

    #[test]
    fn secrets_come_from_files_and_are_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        std::fs::write(&file, "hunter2\n").unwrap();
        let loaded = with(&[("WAYMARK_MAIL__PASSWORD_FILE", file.to_str().unwrap())]).unwrap();
        assert_eq!(loaded.config.mail.password, "hunter2");
        assert_eq!(loaded.explain("mail.password").unwrap().value, "(set, not shown)");
        assert!(!format!("{:?}", loaded.config).contains("hunter2"));
    }

    #[test]
    fn a_file_is_checked_key_by_key() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("waymark.toml");
        std::fs::write(&file, "[server]\nbind = \"127.0.0.1:9\"\ntrusted_proxies = \"one\"\n[lgo]\nformat = \"json\"\n").unwrap();
        let problems = load(Some(&file), std::iter::empty(), &[]).err().unwrap().0;
        assert_eq!(problems.len(), 2, "{problems:?}");
        std::fs::write(&file, "[server]\nbind = \"127.0.0.1:9\"\n").unwrap();
        let loaded = load(Some(&file), std::iter::empty(), &[]).unwrap();
        assert_eq!(loaded.explain("server.bind").unwrap().source, Source::File(file));
    }
}
