//! Carries letters: over SMTP, or into a folder. The only crate that names lettre.
//!
//! A [`Mailer`] is a [`Sender`] (whose mail it is, and its DKIM key) and a [`Transport`]. It decides nothing: who gets
//! what, how often it is tried and when it is given up is for those who call it, who learn from a [`SendError`] whether
//! another try makes sense.

mod folder;
mod message;
mod pool;
mod smtp;
#[cfg(feature = "testing")]
pub mod testing;
mod tls;

use domain::account::{CleanName, MailAddress};
use domain::time::Instant;
use letters::Letter;

pub use folder::Folder;
pub use message::{Dkim, DkimError, check_dkim};
pub use smtp::{Smtp, SmtpOptions, Tls};

/// One letter on its way to one recipient.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// With its angle brackets, as [`message_id`] makes it: the same for every try.
    pub message_id: String,
    pub to_name: CleanName,
    pub to: MailAddress,
    pub letter: Letter,
    /// For mail that comes again and again.
    pub list: Option<List>,
    /// The `Date` header.
    pub date: Instant,
}

/// What RFC 2369, RFC 2919 and RFC 8058 want to know of mail that comes again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// `digest.school.example`, without brackets.
    pub id: String,
    /// An https or http URL that a POST unsubscribes at.
    pub unsubscribe: String,
}

/// Whose mail it is.
#[derive(Debug)]
pub struct Sender {
    pub name: CleanName,
    pub address: MailAddress,
    pub dkim: Option<Dkim>,
}

/// How mail leaves.
#[derive(Debug)]
pub enum Transport {
    Smtp(Smtp),
    Folder(Folder),
}

/// Why a letter did not go out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct SendError {
    /// True where another try may go well: 4xx, a lost connection, refused credentials. False for a 5xx that is about
    /// this letter or its recipient.
    pub transient: bool,
    /// True where the whole letter was given to the server and no answer came: it may have arrived.
    pub perhaps_sent: bool,
    pub text: String,
}

impl SendError {
    pub(crate) fn passing(text: impl Into<String>) -> Self {
        Self { transient: true, perhaps_sent: false, text: text.into() }
    }

    pub(crate) fn for_good(text: impl Into<String>) -> Self {
        Self { transient: false, perhaps_sent: false, text: text.into() }
    }
}

/// Sends letters.
#[derive(Debug)]
pub struct Mailer {
    sender: Sender,
    transport: Transport,
}

impl Mailer {
    pub fn new(sender: Sender, transport: Transport) -> Self {
        Self { sender, transport }
    }

    /// Hands one letter over. `Ok` means that the other side has answered for it: the server said 250, or the file is
    /// on disk.
    pub async fn send(&self, outgoing: &Outgoing) -> Result<(), SendError> {
        let message = message::build(&self.sender, outgoing)?;
        match &self.transport {
            Transport::Smtp(smtp) => smtp.send(&message).await,
            Transport::Folder(folder) => folder.write(outgoing, message.formatted()).await,
        }
    }

    /// Says goodbye to the mail server on connections that are kept.
    pub async fn close(&self) {
        if let Transport::Smtp(smtp) = &self.transport {
            smtp.close().await;
        }
    }

    pub fn sender(&self) -> &Sender {
        &self.sender
    }

    pub fn transport(&self) -> &Transport {
        &self.transport
    }
}

/// A Message-ID (RFC 5322, 3.6.4) from 128 random bits and the sender's domain.
pub fn message_id(random: &domain::ids::PublicId, sender: &MailAddress) -> String {
    let domain = sender.as_str().rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    format!("<{random}@{domain}>")
}
