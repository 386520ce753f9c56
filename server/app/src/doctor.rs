//! Gathers what [`domain::setup`] judges: the base URL, the folder, the disk, the database, the clock, mail, plugins.

use std::io::{BufRead, BufReader};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::setup::{Finding, MailSetUp, PluginSetUp, SetUp, Severity, findings};
use domain::world::Clock;
use store::{Conn, Store, accounts, digests, packs};
use words::Lang;

use crate::clock::SystemClock;
use crate::config::{Config, MailTransport, Tls};
use crate::wire;

/// How long a mail server may take to say its first word.
const PATIENCE: Duration = Duration::from_secs(3);

/// All findings. `store` is none where the database could not be opened; then `refused` says why.
pub fn look(config: &Config, base_url: &str, store: Result<&Store, String>) -> Vec<Finding> {
    findings(&gather(config, base_url, store))
}

/// Findings as the command line prints them, one a paragraph; true when one is bad.
pub fn print(lang: &Lang, findings: &[Finding]) -> bool {
    for finding in findings {
        let mark = match finding.severity {
            Severity::Good => "good    ",
            Severity::Note => "note    ",
            Severity::Warning => "warning ",
            Severity::Bad => "BAD     ",
        };
        let arguments: Vec<(&str, words::Arg<'_>)> =
            finding.arguments.iter().map(|(name, value)| (*name, words::Arg::from(value.as_str()))).collect();
        println!("{mark} {}", lang.t_with(&format!("doctor-{}", finding.code), &arguments));
        let mend = format!("doctor-{}-mend", finding.code);
        if lang.has(&mend) {
            println!("         {}", lang.t_with(&mend, &arguments));
        }
    }
    findings.iter().any(|finding| finding.severity == Severity::Bad)
}

fn gather(config: &Config, base_url: &str, store: Result<&Store, String>) -> SetUp {
    let folder = &config.storage.data_dir;
    let mut setup = SetUp {
        version: env!("CARGO_PKG_VERSION"),
        base_url: base_url.to_owned(),
        listens_outside: !config.server.bind.ip().is_loopback(),
        trusted_proxies: config.server.trusted_proxies,
        data_dir: folder.display().to_string(),
        data_dir_refused: wire::prepare_folder(folder).err().map(|failure| failure.sentence),
        free_bytes: free_bytes(folder),
        database_refused: None,
        schema_refused: None,
        now: SystemClock.now(),
        database_now: None,
        admins: 0,
        mail: mail(config),
        dead_mails: 0,
        ambiguous_mails: 0,
        jobs_enabled: config.jobs.enabled,
        plugins: Vec::new(),
    };
    match store {
        Err(why) => setup.database_refused = Some(why),
        Ok(store) => ask_database(store, &mut setup),
    }
    setup
}

fn ask_database(store: &Store, setup: &mut SetUp) {
    if let Err(error) = store.read_blocking(store::instance::health) {
        setup.database_refused = Some(error.to_string());
        return;
    }
    if let Err(error) = store.check_schema() {
        setup.schema_refused = Some(error.to_string());
        return;
    }
    let asked = store.read_blocking(|conn: &mut Conn<'_>| {
        let counts = digests::counts(conn)?;
        let mut plugins = Vec::new();
        for pack in packs::list(conn)?.into_iter().filter(|pack| pack.active && pack.enabled) {
            let last_error = packs::stats(conn, pack.id)?.last_error.map(|(code, detail, _)| format!("{code}: {detail}"));
            plugins.push(PluginSetUp { id: pack.plugin, last_error });
        }
        Ok((counts, plugins, accounts::admins(conn)?, store::instance::clock(conn)?))
    });
    match asked {
        Ok((counts, plugins, admins, now)) => {
            setup.dead_mails = usize::try_from(counts.dead).unwrap_or_default();
            setup.ambiguous_mails = usize::try_from(counts.ambiguous).unwrap_or_default();
            setup.plugins = plugins;
            setup.admins = usize::try_from(admins).unwrap_or_default();
            setup.database_now = Some(now);
        }
        Err(error) => setup.database_refused = Some(error.to_string()),
    }
}

fn free_bytes(folder: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(folder).ok()?;
    Some(stat.f_bavail * stat.f_frsize)
}

fn mail(config: &Config) -> MailSetUp {
    let mail = &config.mail;
    match mail.transport {
        MailTransport::Folder => {
            let folder = config.mail_folder();
            let refused = wire::prepare_folder(&folder).err().map(|failure| failure.sentence);
            MailSetUp::Folder { folder: folder.display().to_string(), refused }
        }
        MailTransport::Smtp => MailSetUp::Smtp {
            server: format!("{}:{}", mail.host, mail.port),
            refused: greet(&mail.host, mail.port, mail.tls).err(),
            encrypted: mail.tls != Tls::None || mail.host == "localhost" || mail.host.starts_with("127."),
            from_localhost: mail.from_address.ends_with("@localhost"),
        },
    }
}

/// Whether a mail server answers: with its greeting, or, where TLS comes first, by taking the connection.
fn greet(host: &str, port: u16, tls: Tls) -> Result<(), String> {
    let address = (host, port).to_socket_addrs().map_err(|error| error.to_string())?.next().ok_or("the name has no address")?;
    let stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(|error| error.to_string())?;
    if tls == Tls::Tls {
        return Ok(());
    }
    stream.set_read_timeout(Some(PATIENCE)).map_err(|error| error.to_string())?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).map_err(|error| error.to_string())?;
    if line.starts_with("220") { Ok(()) } else { Err(format!("it greets with “{}”", line.trim())) }
}

/// The question as the admin's page asks it.
pub fn hook(config: Config, base_url: String, store: Store) -> Arc<dyn Fn() -> Vec<Finding> + Send + Sync> {
    Arc::new(move || look(&config, &base_url, Ok(&store)))
}
