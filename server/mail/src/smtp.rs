//! SMTP over connections that are kept.
//!
//! lettre writes a body and its final dot separately; with Nagle's algorithm on, the second write waits some 40 ms for
//! the first one's acknowledgement. So the sockets are ours, with `TCP_NODELAY`.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::pool::{Connection, Pool};
use crate::{SendError, tls};

/// How a connection is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: for a server on this machine.
    None,
    /// After the greeting; a server that does not offer it is refused (RFC 3207).
    #[default]
    StartTls,
    /// From the first byte (RFC 8314).
    Implicit,
}

/// Which server, and how.
#[derive(Clone)]
pub struct SmtpOptions {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: Option<String>,
    pub password: Option<String>,
    /// For one letter, connecting and all.
    pub timeout: Duration,
    /// What we call ourselves in EHLO: the base URL's host.
    pub hello: String,
    /// A certificate in PEM that is trusted beside the machine's own.
    pub root_certificate: Option<String>,
}

impl std::fmt::Debug for SmtpOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpOptions")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("user", &self.user)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Sends over connections that it keeps for the next letter. As many letters at once as there are callers, or as the server takes
/// connections: where it refuses another one, a letter waits for one that is there.
pub struct Smtp {
    options: SmtpOptions,
    pool: Arc<Pool>,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("options", &self.options).finish_non_exhaustive()
    }
}

/// How far a letter got, for the error.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Connecting,
    Envelope,
    /// From the first byte of the body on: if no answer comes, it may have arrived.
    Body,
}

impl Smtp {
    pub fn new(options: SmtpOptions) -> Self {
        Self { options, pool: Arc::default() }
    }

    pub fn options(&self) -> &SmtpOptions {
        &self.options
    }

    pub(crate) async fn send(&self, message: &Message) -> Result<(), SendError> {
        let mut stage = Stage::Connecting;
        match tokio::time::timeout(self.options.timeout, self.deliver(message, &mut stage)).await {
            Ok(result) => result,
            Err(_) => Err(SendError {
                transient: true,
                perhaps_sent: stage == Stage::Body,
                text: format!("{} did not answer within {} s", self.place(), self.options.timeout.as_secs_f32()),
            }),
        }
    }

    pub(crate) async fn close(&self) {
        let mut goodbyes = JoinSet::new();
        for mut connection in self.pool.take() {
            goodbyes.spawn(async move { tokio::time::timeout(Duration::from_secs(1), connection.smtp.abort()).await });
        }
        while goodbyes.join_next().await.is_some() {}
    }

    async fn deliver(&self, message: &Message, stage: &mut Stage) -> Result<(), SendError> {
        let mut connection = self.begin(message).await?;
        *stage = Stage::Envelope;
        for recipient in message.envelope().to() {
            if let Err(error) = connection.smtp.command(Rcpt::new(recipient.clone(), Vec::new())).await {
                return Err(self.refused(connection, *stage, &error).await);
            }
        }
        if let Err(error) = connection.smtp.command(Data).await {
            return Err(self.refused(connection, *stage, &error).await);
        }
        *stage = Stage::Body;
        match connection.smtp.message(&message.formatted()).await {
            Ok(_) => {
                self.pool.keep(connection);
                Ok(())
            }
            Err(error) => Err(self.refused(connection, *stage, &error).await),
        }
    }

    /// A connection, kept or new, with `MAIL FROM` accepted on it.
    async fn begin(&self, message: &Message) -> Result<Connection, SendError> {
        let from = || Mail::new(message.envelope().from().cloned(), Vec::new());
        let mut refusal = None;
        loop {
            let mut changed = pin!(self.pool.changed.notified());
            // From here on nothing that comes back is missed.
            changed.as_mut().enable();
            if let Some(mut kept) = self.pool.idle() {
                match kept.smtp.command(from()).await {
                    Ok(_) => return Ok(kept),
                    Err(error) if error.is_permanent() => return Err(self.refused(kept, Stage::Envelope, &error).await),
                    // A server may close what was idle: that shows at the first command, before anything was given to it.
                    Err(_) => drop(kept),
                }
            }
            if let Some((_, error)) = refusal.take_if(|(failures, _)| *failures != self.pool.failures()) {
                return Err(error);
            }
            if let Some(place) = self.pool.place() {
                match self.connect().await {
                    Ok(smtp) => {
                        let mut new = Connection::new(smtp, place);
                        return match new.smtp.command(from()).await {
                            Ok(_) => Ok(new),
                            Err(error) => Err(self.refused(new, Stage::Envelope, &error).await),
                        };
                    }
                    Err(error) => match self.pool.failed(place) {
                        Some(failures) => refusal = Some((failures, error)),
                        None => return Err(error),
                    },
                }
            }
            changed.await;
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let options = &self.options;
        let failed = |what: &str, error: &dyn std::fmt::Display| SendError::passing(format!("{}: {what}: {error}", self.place()));
        let hello = ClientId::Domain(options.hello.clone());
        let stream = TcpStream::connect((options.host.as_str(), options.port)).await.map_err(|e| failed("no connection", &e))?;
        stream.set_nodelay(true).map_err(|e| failed("no connection", &e))?;
        let root = options.root_certificate.as_deref();
        let stream = match options.tls {
            Tls::Implicit => tls::wrap(stream, &options.host, root).await.map_err(|e| failed("no TLS", &e))?,
            Tls::None | Tls::StartTls => Box::new(stream),
        };
        let connected = AsyncSmtpConnection::connect_with_transport(stream, &hello).await;
        let mut connection = connected.map_err(|e| failed("no greeting", &said(&e)))?;
        if options.tls == Tls::StartTls {
            let parameters = tls::parameters(&options.host, root).map_err(|e| failed("no TLS", &e))?;
            connection.starttls(parameters, &hello).await.map_err(|e| failed("no TLS", &said(&e)))?;
        }
        if let (Some(user), Some(password)) = (&options.user, &options.password) {
            let credentials = Credentials::new(user.clone(), password.clone());
            connection.auth(DEFAULT_MECHANISMS, &credentials).await.map_err(|e| failed("not let in", &said(&e)))?;
        }
        Ok(connection)
    }

    /// Turns an error into ours, and keeps the connection where the server only said no.
    async fn refused(&self, mut connection: Connection, stage: Stage, error: &lettre::transport::smtp::Error) -> SendError {
        let answered = error.is_permanent() || error.is_transient();
        if answered && connection.smtp.command(Rset).await.is_ok() {
            self.pool.keep(connection);
        }
        SendError {
            transient: !error.is_permanent() || wants_other_credentials(error),
            perhaps_sent: stage == Stage::Body && !answered,
            text: format!("{}: {}", self.place(), said(error)),
        }
    }

    fn place(&self) -> String {
        format!("{}:{}", self.options.host, self.options.port)
    }
}

/// 530, 534, 535 and 538 (RFC 4954, 6) are about us, not about the letter: another try may go well once the set-up is
/// mended.
fn wants_other_credentials(error: &lettre::transport::smtp::Error) -> bool {
    error.status().is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538))
}

/// An error with its causes, in one line.
fn said(error: &lettre::transport::smtp::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect()
}
