//! A letter as MIME: the plain part first, the headers that mail programs and filters look for, and DKIM over them.

use std::time::{Duration, SystemTime};

use domain::account::{MailAddress, strip};
use domain::time::Instant;
use lettre::Message;
use lettre::address::Address;
use lettre::message::dkim::{DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey, dkim_sign};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, MultiPartKind, SinglePart};

use crate::{Outgoing, SendError, Sender};

/// Signs outgoing mail (RFC 6376).
#[derive(Clone)]
pub struct Dkim {
    /// The domain that vouches, `school.example`.
    pub domain: String,
    /// Where under `_domainkey.` of the domain the public key stands.
    pub selector: String,
    /// RSA as PEM (PKCS #1, `BEGIN RSA PRIVATE KEY`), or the 32 bytes of an Ed25519 key in base64.
    pub key: String,
}

impl std::fmt::Debug for Dkim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dkim").field("domain", &self.domain).field("selector", &self.selector).finish_non_exhaustive()
    }
}

/// A key that cannot sign. The sentence says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DkimError {
    #[error("the DKIM key is in PKCS #8 (BEGIN PRIVATE KEY); write it with `openssl rsa -traditional -in KEY -out NEWKEY`")]
    Pkcs8,
    #[error("the DKIM key is neither an RSA key in PEM (BEGIN RSA PRIVATE KEY) nor 32 bytes of an Ed25519 key in base64")]
    Unreadable,
    #[error("the DKIM {0} is empty or holds characters that a host name cannot have")]
    Name(&'static str),
}

/// The headers that are signed, where a message has them. Without the list's own a forwarder could swap the unsubscribe
/// link (RFC 8058, 3.1 asks for them).
const SIGNED: &[&str] = &[
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
    "Auto-Submitted",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// Looks whether a key can sign, before any mail has to.
pub fn check_dkim(dkim: &Dkim) -> Result<(), DkimError> {
    signing_key(dkim).map(|_| ())
}

pub(crate) fn build(sender: &Sender, outgoing: &Outgoing) -> Result<Message, SendError> {
    let letter = &outgoing.letter;
    // A boundary with "=_" cannot occur in quoted-printable or base64, so no text can end its part early.
    let boundary = format!("=_{}", letters_and_digits(&outgoing.message_id));
    let parts = MultiPart::builder()
        .kind(MultiPartKind::Alternative)
        .boundary(boundary)
        .singlepart(SinglePart::plain(letter.text.clone()))
        .singlepart(SinglePart::html(letter.html.clone()));
    let mut builder = Message::builder()
        .from(mailbox(sender.name.as_str(), &sender.address)?)
        .to(mailbox(outgoing.to_name.as_str(), &outgoing.to)?)
        .subject(strip(&letter.subject))
        .date(time_of(outgoing.date))
        .message_id(Some(one_line(&outgoing.message_id)?))
        .raw_header(header("Auto-Submitted", "auto-generated")?)
        .raw_header(header("Content-Language", &letter.language)?);
    if let Some(list) = &outgoing.list {
        let web = list.unsubscribe.starts_with("https://") || list.unsubscribe.starts_with("http://");
        if !web || list.unsubscribe.contains(['<', '>', ',', ' ']) {
            return Err(SendError::for_good("the unsubscribe link is not a URL of the web"));
        }
        builder = builder
            .raw_header(header("List-Id", &format!("<{}>", list.id))?)
            .raw_header(header("List-Unsubscribe", &format!("<{}>", list.unsubscribe))?)
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    let mut message = builder.multipart(parts).map_err(|error| SendError::for_good(format!("the mail could not be built: {error}")))?;
    if let Some(dkim) = &sender.dkim {
        let config = dkim_config(dkim, &message).map_err(|error| SendError::passing(error.to_string()))?;
        dkim_sign(&mut message, &config);
    }
    Ok(message)
}

/// lettre panics on a line end in a display name, so what is stored from older times is stripped here as well.
fn mailbox(name: &str, address: &MailAddress) -> Result<Mailbox, SendError> {
    let address: Address = address.as_str().parse().map_err(|_| SendError::for_good(format!("“{address}” is no mail address")))?;
    let name = strip(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

fn header(name: &'static str, value: &str) -> Result<HeaderValue, SendError> {
    Ok(HeaderValue::new(HeaderName::new_from_ascii_str(name), one_line(value)?))
}

fn one_line(value: &str) -> Result<String, SendError> {
    if value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
        Ok(value.to_owned())
    } else {
        Err(SendError::for_good("a header of the mail holds control or non-ASCII characters"))
    }
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).take(60).collect()
}

fn time_of(instant: Instant) -> SystemTime {
    let micros = Duration::from_micros(instant.micros().unsigned_abs());
    if instant.micros() < 0 { SystemTime::UNIX_EPOCH - micros } else { SystemTime::UNIX_EPOCH + micros }
}

fn signing_key(dkim: &Dkim) -> Result<DkimSigningKey, DkimError> {
    let host = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    if !host(&dkim.domain) {
        return Err(DkimError::Name("domain"));
    }
    if !host(&dkim.selector) {
        return Err(DkimError::Name("selector"));
    }
    let key = dkim.key.trim();
    if key.contains("BEGIN PRIVATE KEY") {
        return Err(DkimError::Pkcs8);
    }
    let algorithm = if key.starts_with("-----BEGIN") { DkimSigningAlgorithm::Rsa } else { DkimSigningAlgorithm::Ed25519 };
    DkimSigningKey::new(key, algorithm).map_err(|_| DkimError::Unreadable)
}

fn dkim_config(dkim: &Dkim, message: &Message) -> Result<DkimConfig, DkimError> {
    let headers = SIGNED.iter().filter(|name| message.headers().get_raw(name).is_some());
    let relaxed = DkimCanonicalization { header: DkimCanonicalizationType::Relaxed, body: DkimCanonicalizationType::Relaxed };
    let names = headers.map(|name| HeaderName::new_from_ascii_str(name)).collect();
    Ok(DkimConfig::new(dkim.selector.clone(), dkim.domain.clone(), signing_key(dkim)?, names, relaxed))
}
