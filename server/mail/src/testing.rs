//! A mail server that answers by script, for tests: on a port of its own, in a thread of its own, so that it serves
//! async tests and real processes alike.
//!
//! ```no_run
//! # use mail::testing::{Answer, Gate, Server};
//! # async fn example() {
//! let server = Server::start();
//! let gate = Gate::new();
//! server.script([Answer::Code(451), Answer::Hold(gate.clone())]);
//! // … whoever is tested sends …
//! gate.reached().await; // the second letter is with the server, its 250 is not yet written
//! gate.open();
//! assert_eq!(server.received().len(), 1);
//! # }
//! ```

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};

use crate::Tls;

/// The certificate of the test server, for `localhost` and `127.0.0.1`; its key is public, so trust it in tests only.
pub const CERTIFICATE: &str = include_str!("testing/localhost.pem");
const KEY: &str = include_str!("testing/localhost.key.pem");

/// The one who may log in where [`Server::start_with`] asks for it.
pub const USER: (&str, &str) = ("waymark", "correct horse");

/// What the server does with the next letter whose body arrives.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Takes it: 250.
    Take,
    /// Refuses it with that code, after the body.
    Code(u16),
    /// Refuses its recipient with that code; no body is asked for.
    RecipientCode(u16),
    /// Takes it, keeps it, and answers only once the gate is open.
    Hold(Gate),
    /// Takes it and drops the connection without an answer.
    DropInsteadOfAnswer,
    /// Answers 250 and drops the connection.
    DropAfterAnswer,
    /// Drops the connection at `DATA`, before the body.
    DropBeforeBody,
}

/// Where a test stops the server: it is told when the server is there, and lets it go on.
#[derive(Clone, Debug)]
pub struct Gate(Arc<watch::Sender<(bool, bool)>>);

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}

impl Gate {
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new((false, false))))
    }

    /// Waits until the server has the letter and holds its answer back.
    pub async fn reached(&self) {
        let _ = self.0.subscribe().wait_for(|(reached, _)| *reached).await;
    }

    /// The same outside of a runtime; false if it did not happen in time.
    pub fn reached_within(&self, limit: Duration) -> bool {
        block_on(limit, self.reached())
    }

    /// Lets the answer out.
    pub fn open(&self) {
        self.0.send_modify(|state| state.1 = true);
    }

    async fn pass(&self) {
        self.0.send_modify(|state| state.0 = true);
        let _ = self.0.subscribe().wait_for(|(_, open)| *open).await;
    }
}

/// A letter that the server has taken responsibility for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    /// Headers and body, dots unstuffed, lines ended by CR LF.
    pub data: String,
    /// Counts connections from 1.
    pub connection: usize,
}

impl Received {
    /// The first header of that name, unfolded.
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.data.split("\r\n\r\n").next()?.replace("\r\n ", " ").replace("\r\n\t", " ");
        let of =
            |line: &str| line.split_once(':').filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned());
        head.split("\r\n").find_map(of)
    }
}

/// How the server is set up.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    pub tls: Tls,
    /// Letters only from [`USER`].
    pub login: bool,
}

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Answer>,
    received: Vec<Received>,
    /// Every letter whose envelope came, also those refused.
    tries: usize,
    connections: usize,
    quits: usize,
    /// Connections that are open, and how many may be.
    open: usize,
    most: Option<usize>,
    turned_away: usize,
}

/// The server. Dropping it closes its port.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    state: Arc<watch::Sender<State>>,
    stop: Arc<watch::Sender<bool>>,
}

impl Server {
    /// Without encryption and login.
    pub fn start() -> Self {
        Self::start_with(Setup { tls: Tls::None, login: false })
    }

    #[allow(clippy::expect_used, reason = "a test without its server cannot go on")]
    pub fn start_with(setup: Setup) -> Self {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        listener.set_nonblocking(true).expect("a socket that does not block");
        let address = listener.local_addr().expect("the port's address");
        let state = Arc::new(watch::Sender::new(State::default()));
        let stop = Arc::new(watch::Sender::new(false));
        let (shared, mut stopped) = (Arc::clone(&state), stop.subscribe());
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let listener = TcpListener::from_std(listener).expect("the listener");
                tokio::select! {
                    () = accept(listener, setup, shared) => {}
                    _ = stopped.wait_for(|stop| *stop) => {}
                }
            });
        });
        Self { address, state, stop }
    }

    pub fn host(&self) -> String {
        self.address.ip().to_string()
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers for the next letters, after those that are left of earlier scripts; then every letter is taken.
    pub fn script(&self, answers: impl IntoIterator<Item = Answer>) {
        self.state.send_modify(|state| state.script.extend(answers));
    }

    /// From now on further connections than that are refused with 421.
    pub fn take_at_most(&self, connections: usize) {
        self.state.send_modify(|state| state.most = Some(connections));
    }

    /// Connections that were refused.
    pub fn turned_away(&self) -> usize {
        self.state.borrow().turned_away
    }

    pub async fn wait_until_turned_away(&self, count: usize) {
        let _ = self.state.subscribe().wait_for(|state| state.turned_away >= count).await;
    }

    pub async fn wait_until_open(&self, count: usize) {
        let _ = self.state.subscribe().wait_for(|state| state.open == count).await;
    }

    /// Letters taken so far.
    pub fn received(&self) -> Vec<Received> {
        self.state.borrow().received.clone()
    }

    /// Letters offered so far, also those refused.
    pub fn tries(&self) -> usize {
        self.state.borrow().tries
    }

    pub fn connections(&self) -> usize {
        self.state.borrow().connections
    }

    /// Connections that were ended politely.
    pub fn quits(&self) -> usize {
        self.state.borrow().quits
    }

    /// Waits until `count` letters were taken.
    pub async fn wait_for(&self, count: usize) {
        let _ = self.state.subscribe().wait_for(|state| state.received.len() >= count).await;
    }

    /// The same outside of a runtime; false if it did not happen in time.
    pub fn wait_within(&self, count: usize, limit: Duration) -> bool {
        block_on(limit, self.wait_for(count))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

#[allow(clippy::expect_used, reason = "a test without a runtime cannot go on")]
fn block_on(limit: Duration, condition: impl Future<Output = ()>) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async { tokio::time::timeout(limit, condition).await.is_ok() })
}

async fn accept(listener: TcpListener, setup: Setup, state: Arc<watch::Sender<State>>) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        let mut number = None;
        state.send_modify(|state| {
            if state.most.is_some_and(|most| state.open >= most) {
                state.turned_away += 1;
                return;
            }
            state.open += 1;
            state.connections += 1;
            number = Some(state.connections);
        });
        let Some(number) = number else {
            let _ = stream.write_all(b"421 too many connections\r\n").await;
            continue;
        };
        let ends = Arc::clone(&state);
        let talk = Talk { setup, state: Arc::clone(&state), number, secure: setup.tls == Tls::Implicit, known: !setup.login };
        tokio::spawn(async move {
            match setup.tls {
                Tls::Implicit => match acceptor().accept(stream).await {
                    Ok(stream) => drop(talk.run(stream, true).await),
                    Err(_) => drop(talk),
                },
                Tls::None => drop(talk.run(stream, true).await),
                Tls::StartTls => {
                    if let Ok(Some((stream, talk))) = talk.run(stream, true).await
                        && let Ok(stream) = acceptor().accept(stream).await
                    {
                        drop(Talk { secure: true, ..talk }.run(stream, false).await);
                    }
                }
            }
            ends.send_modify(|state| state.open -= 1);
        });
    }
}

#[allow(clippy::expect_used, reason = "the certificate is compiled in")]
fn acceptor() -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("a certificate and its key");
    TlsAcceptor::from(Arc::new(config))
}

struct Talk {
    setup: Setup,
    state: Arc<watch::Sender<State>>,
    number: usize,
    secure: bool,
    known: bool,
}

impl Talk {
    /// One conversation (RFC 5321). Returns the bare stream where the client asks for STARTTLS.
    async fn run<S: AsyncRead + AsyncWrite + Unpin>(mut self, stream: S, greet: bool) -> std::io::Result<Option<(S, Self)>> {
        let mut stream = BufReader::new(stream);
        if greet {
            say(&mut stream, "220 test server").await?;
        }
        let (mut from, mut to, mut refuse) = (String::new(), Vec::new(), None);
        let mut line = String::new();
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(None);
            }
            let command = line.trim_end().to_owned();
            let verb = command.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" | "HELO" => {
                    let mut offers = vec!["test server"];
                    if self.setup.tls == Tls::StartTls && !self.secure {
                        offers.push("STARTTLS");
                    }
                    if self.setup.login {
                        offers.push("AUTH PLAIN LOGIN");
                    }
                    let last = offers.len() - 1;
                    for (at, offer) in offers.into_iter().enumerate() {
                        say(&mut stream, &format!("250{}{offer}", if at == last { ' ' } else { '-' })).await?;
                    }
                }
                "STARTTLS" => {
                    say(&mut stream, "220 go on").await?;
                    return Ok(Some((stream.into_inner(), self)));
                }
                "AUTH" => {
                    let right = command.ends_with(&plain_login());
                    self.known = right;
                    say(&mut stream, if right { "235 welcome" } else { "535 no such user or password" }).await?;
                }
                "MAIL" if !self.known => say(&mut stream, "530 log in first").await?,
                "MAIL" => {
                    from = address(&command);
                    to.clear();
                    say(&mut stream, "250 ok").await?;
                }
                "RCPT" => {
                    self.state.send_modify(|state| {
                        state.tries += 1;
                        refuse = match state.script.front() {
                            Some(Answer::RecipientCode(code)) => Some(*code),
                            _ => None,
                        };
                        if refuse.is_some() {
                            state.script.pop_front();
                        }
                    });
                    match refuse {
                        Some(code) => say(&mut stream, &format!("{code} not this recipient")).await?,
                        None => {
                            to.push(address(&command));
                            say(&mut stream, "250 ok").await?;
                        }
                    }
                }
                "DATA" => {
                    let mut answer = Answer::Take;
                    self.state.send_modify(|state| answer = state.script.pop_front().unwrap_or(Answer::Take));
                    if matches!(answer, Answer::DropBeforeBody) {
                        return Ok(None);
                    }
                    say(&mut stream, "354 go on").await?;
                    let data = body(&mut stream).await?;
                    let letter = Received { from: from.clone(), to: std::mem::take(&mut to), data, connection: self.number };
                    if self.answer(&mut stream, answer, letter).await? {
                        return Ok(None);
                    }
                }
                "RSET" | "NOOP" => say(&mut stream, "250 ok").await?,
                "QUIT" => {
                    self.state.send_modify(|state| state.quits += 1);
                    say(&mut stream, "221 bye").await?;
                    return Ok(None);
                }
                _ => say(&mut stream, "500 what?").await?,
            }
        }
    }

    /// Answers a body; true where the connection ends with it.
    async fn answer<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: &mut BufReader<S>,
        answer: Answer,
        letter: Received,
    ) -> std::io::Result<bool> {
        if let Answer::Code(code) = answer {
            say(stream, &format!("{code} not now")).await?;
            return Ok(false);
        }
        self.state.send_modify(|state| state.received.push(letter));
        match &answer {
            Answer::DropInsteadOfAnswer => return Ok(true),
            Answer::Hold(gate) => gate.pass().await,
            _ => {}
        }
        say(stream, "250 taken").await?;
        Ok(matches!(answer, Answer::DropAfterAnswer))
    }
}

async fn say<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>, line: &str) -> std::io::Result<()> {
    stream.get_mut().write_all(format!("{line}\r\n").as_bytes()).await?;
    stream.get_mut().flush().await
}

/// Up to the line with a single dot, dots unstuffed (RFC 5321, 4.5.2).
async fn body<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>) -> std::io::Result<String> {
    let (mut data, mut line) = (String::new(), String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.strip_prefix('.') {
            Some("\r\n") => return Ok(data),
            Some(rest) => data.push_str(rest),
            None => data.push_str(&line),
        }
    }
}

fn address(command: &str) -> String {
    command.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(address, _)| address.to_owned()).unwrap_or_default()
}

/// `\0user\0password` in base64 (RFC 4616), for [`USER`].
fn plain_login() -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes = format!("\0{}\0{}", USER.0, USER.1).into_bytes();
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().enumerate().fold(0u32, |sum, (at, &byte)| sum | u32::from(byte) << (16 - 8 * at));
        for at in 0..4 {
            let sign = ALPHABET[(number >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    out
}
