//! The real binary, as a child process: the server on a free port, and the command line.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::{Client, TestDb, binary};

/// What it says once it can be reached; the address follows.
const LISTENS: &str = "Waymark listens on ";
/// Longer than any start here takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// Environment variables for a start, over the harness's own: `("WAYMARK_SERVER__BASE_URL", "…")`.
pub type Settings<'a> = &'a [(&'a str, &'a str)];

/// A running server. Killed when dropped.
pub struct Server {
    child: Child,
    base: String,
    said: Said,
    ended: Receiver<()>,
}

/// What a process has said so far, on both streams.
#[derive(Clone, Default)]
pub struct Said(Arc<Mutex<Vec<String>>>);

impl Said {
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    pub fn text(&self) -> String {
        self.lines().join("\n")
    }

    /// Waits for a line with that text; false if none comes in time.
    pub fn wait_for(&self, text: &str) -> bool {
        crate::mail::until(|| self.lines().iter().any(|line| line.contains(text)))
    }
}

/// A server that did not come up.
#[derive(Debug)]
pub struct Failed {
    pub status: ExitStatus,
    pub said: String,
}

impl Server {
    pub fn start(db: &TestDb) -> Self {
        Self::start_with(db, &[])
    }

    pub fn start_with(db: &TestDb, settings: Settings) -> Self {
        Self::try_start(db, settings).unwrap_or_else(|failed| panic!("the server did not start ({}):\n{}", failed.status, failed.said))
    }

    /// Waits until it listens, or until it has ended.
    pub fn try_start(db: &TestDb, settings: Settings) -> Result<Self, Failed> {
        Self::try_start_as(db, &["serve"], settings)
    }

    pub fn try_start_as(db: &TestDb, arguments: &[&str], settings: Settings) -> Result<Self, Failed> {
        let mut command = command(db, settings);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary runs");
        let said = Said::default();
        let (tell, hear) = channel();
        let (finish, ended) = channel();
        for stream in [Box::new(child.stdout.take().unwrap()) as Box<dyn Read + Send>, Box::new(child.stderr.take().unwrap())] {
            let (said, tell, finish) = (said.clone(), tell.clone(), finish.clone());
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if let Some((_, address)) = line.split_once(LISTENS) {
                        let address =
                            address.split_whitespace().next().unwrap_or_default().trim_end_matches(['/', '.', ',', '"']).to_owned();
                        let _ = tell.send(address);
                    }
                    said.0.lock().unwrap().push(line);
                }
                drop(finish);
            });
        }
        // Only the readers hold these now: when both streams end, the process has ended.
        drop((tell, finish));
        match hear.recv_timeout(PATIENCE) {
            Ok(base) => Ok(Self { child, base, said, ended }),
            Err(RecvTimeoutError::Disconnected) => {
                let status = child.wait().unwrap();
                Err(Failed { status, said: said.text() })
            }
            Err(RecvTimeoutError::Timeout) => {
                let _ = child.kill();
                let status = child.wait().unwrap();
                Err(Failed { status, said: format!("{}\n(no word of listening for {PATIENCE:?})", said.text()) })
            }
        }
    }

    /// The address that it printed.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// A visitor without cookies.
    pub fn client(&self) -> Client {
        Client::new(&self.base)
    }

    /// The same port under another address: for servers whose base URL is not where they listen.
    pub fn port(&self) -> u16 {
        let authority = self.base.split('/').nth(2).unwrap_or_default();
        authority.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn said(&self) -> &Said {
        &self.said
    }

    /// SIGKILL: nothing of it runs on.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and then waits until it has ended.
    pub fn stop(mut self) -> ExitStatus {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        match self.ended.recv_timeout(PATIENCE) {
            Err(RecvTimeoutError::Disconnected) => self.child.wait().unwrap(),
            _ => panic!("the server does not stop:\n{}", self.said.text()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("-- what the server said last:");
            let lines = self.said.lines();
            for line in lines.iter().skip(lines.len().saturating_sub(60)) {
                eprintln!("   {line}");
            }
        }
    }
}

/// Runs a command of the binary to its end.
pub fn cli(db: &TestDb, arguments: &[&str], stdin: &str) -> Output {
    cli_with(db, &[], arguments, stdin)
}

pub fn cli_with(db: &TestDb, settings: Settings, arguments: &[&str], stdin: &str) -> Output {
    let mut child = command(db, settings)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    // A command that reads nothing may have ended already.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn command(db: &TestDb, settings: Settings) -> Command {
    let mut command = Command::new(binary().expect("the binary is built"));
    command
        .current_dir(db.folder())
        .env_clear()
        .env("PATH", crate::variable("PATH").unwrap_or_default())
        .env("HOME", db.folder())
        .env("RUST_BACKTRACE", "1")
        .env("WAYMARK_SERVER__BIND", "127.0.0.1:0")
        .env("WAYMARK_SERVER__WORKERS", "2")
        .env("WAYMARK_DATABASE__URL", db.url())
        .env("WAYMARK_STORAGE__DATA_DIR", db.folder());
    for (name, value) in settings {
        command.env(name, value);
    }
    command
}
