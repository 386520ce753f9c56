//! What is wrong with a set-up and how to mend it, from facts that the binary gathers. `waymark doctor` and the admin's
//! health page say the same.

use serde::Serialize;

use crate::time::Instant;

/// What was found out about the place where Waymark runs.
#[derive(Clone, Debug)]
pub struct SetUp {
    pub version: &'static str,
    /// As configured, with scheme.
    pub base_url: String,
    /// The server listens on an address that other machines reach.
    pub listens_outside: bool,
    pub trusted_proxies: usize,
    pub data_dir: String,
    /// `None`: the folder takes a file; else the system's words.
    pub data_dir_refused: Option<String>,
    pub free_bytes: Option<u64>,
    /// `None`: reachable; else a sentence.
    pub database_refused: Option<String>,
    /// `None`: the schema is this version's; else a sentence.
    pub schema_refused: Option<String>,
    pub now: Instant,
    /// What the database's clock says, where it has one of its own.
    pub database_now: Option<Instant>,
    pub admins: usize,
    pub mail: MailSetUp,
    pub dead_mails: usize,
    pub ambiguous_mails: usize,
    pub jobs_enabled: bool,
    pub plugins: Vec<PluginSetUp>,
}

#[derive(Clone, Debug)]
pub enum MailSetUp {
    Folder { folder: String, refused: Option<String> },
    Smtp { server: String, refused: Option<String>, encrypted: bool, from_localhost: bool },
}

#[derive(Clone, Debug)]
pub struct PluginSetUp {
    pub id: String,
    pub last_error: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Good,
    Note,
    Warning,
    Bad,
}

/// One finding. The words are messages `doctor-<code>` (what) and `doctor-<code>-mend` (how to mend it; none for good ones).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub severity: Severity,
    pub code: &'static str,
    pub arguments: Vec<(&'static str, String)>,
}

/// Every code of [`findings`], for the test that each has its words.
pub const CODES: &[&str] = &[
    "base-url-good",
    "base-url-plain",
    "base-url-plain-outside",
    "proxies-none",
    "data-good",
    "data-refused",
    "disk-low",
    "disk-good",
    "database-good",
    "database-refused",
    "schema-refused",
    "clock-odd",
    "clock-apart",
    "clock-good",
    "no-admin",
    "mail-folder",
    "mail-folder-refused",
    "mail-good",
    "mail-refused",
    "mail-plain",
    "mail-from-localhost",
    "mail-dead",
    "mail-ambiguous",
    "jobs-off",
    "plugin-good",
    "plugin-error",
];

const GIB: u64 = 1 << 30;
/// 2026-01-01: no build of this version is older.
const EARLIEST: Instant = Instant::from_micros(1_767_225_600_000_000);
const LATEST: Instant = Instant::from_micros(4_102_444_800_000_000);

/// All findings, worst first.
pub fn findings(setup: &SetUp) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say =
        |severity, code, arguments: &[(&'static str, String)]| found.push(Finding { severity, code, arguments: arguments.to_vec() });
    use Severity::{Bad, Good, Note, Warning};

    let url = || [("url", setup.base_url.clone())];
    match (setup.base_url.starts_with("https://"), setup.listens_outside) {
        (true, _) => say(Good, "base-url-good", &url()),
        (false, true) => say(Warning, "base-url-plain-outside", &url()),
        (false, false) => say(Note, "base-url-plain", &url()),
    }
    if setup.base_url.starts_with("https://") && setup.trusted_proxies == 0 {
        say(Warning, "proxies-none", &url());
    }

    match &setup.data_dir_refused {
        Some(why) => say(Bad, "data-refused", &[("folder", setup.data_dir.clone()), ("why", why.clone())]),
        None => say(Good, "data-good", &[("folder", setup.data_dir.clone())]),
    }
    if let Some(free) = setup.free_bytes {
        let tenths = [("gib", format!("{}.{}", free / GIB, free % GIB * 10 / GIB)), ("folder", setup.data_dir.clone())];
        say(if free < GIB { Warning } else { Good }, if free < GIB { "disk-low" } else { "disk-good" }, &tenths);
    }

    match (&setup.database_refused, &setup.schema_refused) {
        (Some(why), _) => say(Bad, "database-refused", &[("why", why.clone())]),
        (None, Some(why)) => say(Bad, "schema-refused", &[("why", why.clone())]),
        (None, None) => say(Good, "database-good", &[]),
    }

    let apart = setup.database_now.map_or(0, |theirs| setup.now.seconds_since(theirs).abs());
    if setup.now < EARLIEST || setup.now > LATEST {
        say(Bad, "clock-odd", &[("now", setup.now.to_string())]);
    } else if apart > 5 {
        say(Warning, "clock-apart", &[("seconds", apart.to_string())]);
    } else {
        say(Good, "clock-good", &[]);
    }

    if setup.admins == 0 && setup.database_refused.is_none() && setup.schema_refused.is_none() {
        say(Warning, "no-admin", &[]);
    }

    match &setup.mail {
        MailSetUp::Folder { folder, refused: None } => say(Note, "mail-folder", &[("folder", folder.clone())]),
        MailSetUp::Folder { folder, refused: Some(why) } => {
            say(Bad, "mail-folder-refused", &[("folder", folder.clone()), ("why", why.clone())])
        }
        MailSetUp::Smtp { server, refused, encrypted, from_localhost } => {
            let server = || ("server", server.clone());
            match refused {
                Some(why) => say(Bad, "mail-refused", &[server(), ("why", why.clone())]),
                None => say(Good, "mail-good", &[server()]),
            }
            if !encrypted {
                say(Warning, "mail-plain", &[server()]);
            }
            if *from_localhost {
                say(Warning, "mail-from-localhost", &[]);
            }
        }
    }
    if setup.dead_mails > 0 {
        say(Warning, "mail-dead", &[("count", setup.dead_mails.to_string())]);
    }
    if setup.ambiguous_mails > 0 {
        say(Note, "mail-ambiguous", &[("count", setup.ambiguous_mails.to_string())]);
    }
    if !setup.jobs_enabled {
        say(Note, "jobs-off", &[]);
    }
    for plugin in &setup.plugins {
        match &plugin.last_error {
            Some(why) => say(Warning, "plugin-error", &[("plugin", plugin.id.clone()), ("why", why.clone())]),
            None => say(Good, "plugin-good", &[("plugin", plugin.id.clone())]),
        }
    }
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn healthy() -> SetUp {
        SetUp {
            version: "0.1.0",
            base_url: "https://school.example".to_owned(),
            listens_outside: false,
            trusted_proxies: 1,
            data_dir: "/data".to_owned(),
            data_dir_refused: None,
            free_bytes: Some(20 * GIB),
            database_refused: None,
            schema_refused: None,
            now: Instant::from_micros(1_795_000_000_000_000),
            database_now: None,
            admins: 1,
            mail: MailSetUp::Smtp { server: "mail:587".to_owned(), refused: None, encrypted: true, from_localhost: false },
            dead_mails: 0,
            ambiguous_mails: 0,
            jobs_enabled: true,
            plugins: vec![],
        }
    }

    #[test]
    fn a_healthy_set_up_has_good_findings_only() {
        assert!(findings(&healthy()).iter().all(|finding| finding.severity == Severity::Good));
    }

    #[test]
    fn each_fault_is_found_and_ranked() {
        type Fault = (&'static str, Severity, fn(&mut SetUp));
        let faults: &[Fault] = &[
            ("base-url-plain", Severity::Note, |s| s.base_url = "http://127.0.0.1:8080".to_owned()),
            ("base-url-plain-outside", Severity::Warning, |s| (s.base_url, s.listens_outside) = ("http://10.0.0.1".to_owned(), true)),
            ("proxies-none", Severity::Warning, |s| s.trusted_proxies = 0),
            ("data-refused", Severity::Bad, |s| s.data_dir_refused = Some("read-only".to_owned())),
            ("disk-low", Severity::Warning, |s| s.free_bytes = Some(GIB / 2)),
            ("database-refused", Severity::Bad, |s| s.database_refused = Some("no route".to_owned())),
            ("schema-refused", Severity::Bad, |s| s.schema_refused = Some("newer".to_owned())),
            ("clock-odd", Severity::Bad, |s| s.now = Instant::from_micros(0)),
            ("clock-apart", Severity::Warning, |s| s.database_now = Some(s.now.plus_seconds(-60))),
            ("no-admin", Severity::Warning, |s| s.admins = 0),
            ("mail-folder", Severity::Note, |s| s.mail = MailSetUp::Folder { folder: "mail".to_owned(), refused: None }),
            ("mail-folder-refused", Severity::Bad, |s| {
                s.mail = MailSetUp::Folder { folder: "mail".to_owned(), refused: Some("full".to_owned()) }
            }),
            ("mail-dead", Severity::Warning, |s| s.dead_mails = 2),
            ("mail-ambiguous", Severity::Note, |s| s.ambiguous_mails = 1),
            ("jobs-off", Severity::Note, |s| s.jobs_enabled = false),
            ("plugin-error", Severity::Warning, |s| {
                s.plugins = vec![PluginSetUp { id: "a/b".to_owned(), last_error: Some("trap".to_owned()) }]
            }),
        ];
        for (code, severity, break_it) in faults {
            let mut setup = healthy();
            break_it(&mut setup);
            let found = findings(&setup);
            assert_eq!(found.first().map(|f| (f.code, f.severity)), Some((*code, *severity)), "{found:?}");
            assert!(CODES.contains(code));
        }
    }
}
