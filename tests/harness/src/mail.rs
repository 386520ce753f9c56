//! Mail servers: one of our own that can be told to do something at the worst moment, and Postfix's smtp-sink, which
//! shares no code and no opinions with us.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use tempfile::TempDir;

use crate::environment::offered;

const PATIENCE: Duration = Duration::from_secs(60);

/// One mail as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    /// Headers and body, dots unstuffed, lines ending in LF.
    pub raw: String,
}

impl Received {
    /// A header's value, unfolded.
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.raw.split("\n\n").next().unwrap_or_default();
        let mut found: Option<String> = None;
        for line in head.lines() {
            match &mut found {
                Some(value) if line.starts_with([' ', '\t']) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                Some(_) => break,
                None => {
                    found = line
                        .split_once(':')
                        .filter(|(known, _)| known.eq_ignore_ascii_case(name))
                        .map(|(_, value)| value.trim().to_owned());
                }
            }
        }
        found
    }

    /// The whole mail with quoted-printable undone: enough to look for words and links.
    pub fn words(&self) -> String {
        let joined = self.raw.replace("=\n", "");
        let mut bytes = Vec::with_capacity(joined.len());
        let mut rest = joined.as_bytes();
        while let Some((first, behind)) = rest.split_first() {
            let code = behind.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            match (first, code) {
                (b'=', Some(code)) => {
                    bytes.push(code);
                    rest = &behind[2..];
                }
                _ => {
                    bytes.push(*first);
                    rest = behind;
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Called with each mail once it is taken, before the mail server says so.
type OnTaken = Box<dyn Fn(&Received, &mut dyn FnMut()) + Send + Sync>;

#[derive(Default)]
struct Inbox {
    mails: Mutex<Vec<Received>>,
    more: Condvar,
    connections: AtomicUsize,
}

enum Kind {
    Own(Arc<Inbox>),
    Postfix { child: Child, folder: TempDir },
}

/// A mail server on a free port of 127.0.0.1 that takes everything.
pub struct SmtpSink {
    port: u16,
    kind: Kind,
}

impl SmtpSink {
    /// Ours.
    pub fn start() -> Self {
        Self::start_with(Box::new(|_, answer| answer()))
    }

    /// Ours; `on_taken` gets every mail and a function that sends the 250. What it does before or after that happens
    /// before the client's next word is read. If it never calls it, the connection is closed without an answer.
    pub fn start_with(on_taken: OnTaken) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let inbox = Arc::new(Inbox::default());
        let (shared, on_taken) = (inbox.clone(), Arc::new(on_taken));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (inbox, on_taken) = (shared.clone(), on_taken.clone());
                inbox.connections.fetch_add(1, Ordering::SeqCst);
                std::thread::spawn(move || {
                    // A client that hangs up ends its thread; what it sent whole is in the box.
                    let _ = converse(&stream, &inbox, &on_taken);
                });
            }
        });
        Self { port, kind: Kind::Own(inbox) }
    }

    /// Postfix's, which writes each mail into memory where there is a place for that: how long a disk takes to make a file is nothing
    /// of what is measured. `None` where it is not installed, a failure where it is required.
    pub fn postfix() -> Option<Self> {
        let program = offered("WAYMARK_TEST_SMTP_SINK", "smtp-sink of Postfix")?;
        for _ in 0..5 {
            let folder = in_memory();
            // It refuses to run as root, and drops to somebody who has to be able to write here.
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
            let user: &[&str] = if is_root() { &["-u", "nobody"] } else { &[] };
            let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
            let mut child = Command::new(&program)
                .current_dir(folder.path())
                .args(user)
                .args(["-4", "-d", "mail.", &format!("127.0.0.1:{port}"), "64"])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("smtp-sink runs");
            if until(|| TcpStream::connect(("127.0.0.1", port)).is_ok() || matches!(child.try_wait(), Ok(Some(_))))
                && matches!(child.try_wait(), Ok(None))
            {
                return Some(Self { port, kind: Kind::Postfix { child, folder } });
            }
            let _ = child.kill();
            let _ = child.wait();
        }
        panic!("smtp-sink does not start");
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// All mails so far, in the order of arrival.
    pub fn mails(&self) -> Vec<Received> {
        match &self.kind {
            Kind::Own(inbox) => inbox.mails.lock().unwrap().clone(),
            Kind::Postfix { folder, .. } => dumped(folder),
        }
    }

    /// Waits until there are that many, and gives all that are there.
    pub fn wait_for(&self, count: usize) -> Vec<Received> {
        match &self.kind {
            Kind::Own(inbox) => {
                let mails = inbox.mails.lock().unwrap();
                let (mails, late) = inbox.more.wait_timeout_while(mails, PATIENCE, |mails| mails.len() < count).unwrap();
                assert!(!late.timed_out(), "{} of {count} mails after {PATIENCE:?}", mails.len());
                mails.clone()
            }
            Kind::Postfix { .. } => {
                assert!(until(|| self.mails().len() >= count), "{} of {count} mails after {PATIENCE:?}", self.mails().len());
                self.mails()
            }
        }
    }

    /// How many connections there were; our own server counts them.
    pub fn connections(&self) -> usize {
        match &self.kind {
            Kind::Own(inbox) => inbox.connections.load(Ordering::SeqCst),
            Kind::Postfix { .. } => panic!("smtp-sink does not say how many connections there were"),
        }
    }

    /// Settings with which a server sends here.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("WAYMARK_MAIL__TRANSPORT", "smtp".to_owned()),
            ("WAYMARK_MAIL__HOST", "127.0.0.1".to_owned()),
            ("WAYMARK_MAIL__PORT", self.port.to_string()),
            ("WAYMARK_MAIL__TLS", "none".to_owned()),
            ("WAYMARK_MAIL__FROM_ADDRESS", "waymark@example.org".to_owned()),
        ]
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        if let Kind::Postfix { child, .. } = &mut self.kind {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn converse(stream: &TcpStream, inbox: &Inbox, on_taken: &OnTaken) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream.try_clone()?;
    let mut say = |line: &str| writer.write_all(format!("{line}\r\n").as_bytes());
    say("220 sink ESMTP")?;
    let (mut from, mut to) = (String::new(), Vec::new());
    loop {
        let Some(line) = read_line(&mut reader)? else { return Ok(()) };
        let command = line.to_ascii_uppercase();
        let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        if command.starts_with("EHLO") || command.starts_with("HELO") {
            say("250-sink\r\n250-PIPELINING\r\n250 8BITMIME")?;
        } else if command.starts_with("MAIL FROM") {
            from = address();
            to.clear();
            say("250 2.1.0 Ok")?;
        } else if command.starts_with("RCPT TO") {
            to.push(address());
            say("250 2.1.5 Ok")?;
        } else if command == "DATA" {
            say("354 go on")?;
            let mut raw = String::new();
            loop {
                let Some(line) = read_line(&mut reader)? else { return Ok(()) };
                if line == "." {
                    break;
                }
                raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                raw.push('\n');
            }
            let mail = Received { from: from.clone(), to: to.clone(), raw };
            inbox.mails.lock().unwrap().push(mail.clone());
            inbox.more.notify_all();
            let mut answered = Ok(false);
            on_taken(&mail, &mut || answered = say("250 2.0.0 taken").map(|()| true));
            if !answered? {
                return Ok(());
            }
        } else if command == "QUIT" {
            return say("221 bye");
        } else {
            say("250 2.0.0 Ok")?;
        }
    }
}

fn read_line(reader: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut line = Vec::new();
    if reader.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let line = String::from_utf8_lossy(&line).into_owned();
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}

/// A folder on Linux's file system of shared memory, or where there is none a usual one.
fn in_memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// smtp-sink writes one file a mail: lines of its own (`X-Mail-Args: <from>`, `X-Rcpt-Args: <to>`), then the mail.
fn dumped(folder: &TempDir) -> Vec<Received> {
    let mut files: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.path()).collect();
    files.sort_by_key(|file| file.metadata().and_then(|metadata| metadata.modified()).ok());
    files
        .iter()
        .filter_map(|file| {
            let text = fs::read_to_string(file).ok()?.replace("\r\n", "\n");
            let arguments = |name: &str| -> Vec<String> {
                let lines = text.lines().filter_map(|line| line.strip_prefix(name));
                lines.map(|rest| rest.split(['<', '>']).nth(1).unwrap_or_default().to_owned()).collect()
            };
            let (_, mail) = text.split_once("Received: ")?;
            let (_, mail) = mail.split_once('\n')?;
            // Folded lines of its `Received` go on below it.
            let mail: String = mail
                .lines()
                .skip_while(|line| line.starts_with([' ', '\t']) || !line.contains(": "))
                .map(|line| format!("{line}\n"))
                .collect();
            Some(Received { from: arguments("X-Mail-Args: ").into_iter().next()?, to: arguments("X-Rcpt-Args: "), raw: mail })
        })
        .collect()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// Looks again and again, for a minute at most.
#[allow(clippy::disallowed_methods, reason = "smtp-sink tells nobody when it is ready or has written a mail")]
pub(crate) fn until(mut condition: impl FnMut() -> bool) -> bool {
    for _ in 0..PATIENCE.as_millis() / 20 {
        if condition() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_unfolded_and_words_are_decoded() {
        let mail =
            Received { from: String::new(), to: Vec::new(), raw: "Subject: one\n two\nTo: a@b.c\n\nCaf=C3=A9 =\nau lait\n".to_owned() };
        assert_eq!(mail.header("subject").as_deref(), Some("one two"));
        assert_eq!(mail.header("to").as_deref(), Some("a@b.c"));
        assert!(mail.words().contains("Café au lait"));
    }

    #[test]
    fn both_mail_servers_take_a_mail_and_show_it() {
        for sink in [Some(SmtpSink::start()), SmtpSink::postfix()].into_iter().flatten() {
            let stream = TcpStream::connect(("127.0.0.1", sink.port())).unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut writer = stream;
            let mut step = |line: &str, code: &str| {
                if !line.is_empty() {
                    writer.write_all(format!("{line}\r\n").as_bytes()).unwrap();
                }
                loop {
                    let said = read_line(&mut reader).unwrap().unwrap();
                    assert!(said.starts_with(code), "{line}: {said}");
                    if said.as_bytes().get(3) != Some(&b'-') {
                        break;
                    }
                }
            };
            step("", "220");
            step("EHLO test", "250");
            step("MAIL FROM:<a@example.org>", "250");
            step("RCPT TO:<b@example.org>", "250");
            step("DATA", "354");
            step("Subject: hello\r\nMessage-ID: <1@example.org>\r\n\r\n..dots\r\n.", "250");
            step("QUIT", "221");
            let mails = sink.wait_for(1);
            assert_eq!(mails[0].from, "a@example.org");
            assert_eq!(mails[0].to, ["b@example.org"]);
            assert_eq!(mails[0].header("message-id").as_deref(), Some("<1@example.org>"));
            assert!(mails[0].raw.trim_end().ends_with("\n.dots"), "{:?}", mails[0].raw);
        }
    }
}
