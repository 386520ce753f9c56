//! Accounts: names that cannot hold a wrong value, and what an account is.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, PublicId};
use crate::subject::words;
use crate::text::is_forbidden;
use crate::time::{Instant, Zone};

/// A name of a person, a cohort or a device: 1 to 80 characters after trimming, without control, bidirectional-override
/// and invisible characters, inner white space folded to single blanks. Safe in a mail header once encoded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CleanName(String);

/// 2 to 32 characters: lower-case letters, digits, and `. _ -` between them. Case is folded at input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Username(String);

/// One address, at most 254 characters, ASCII, one `@`, a domain of labels with a dot or `localhost`, no white space, no
/// quoting. The domain is folded to lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MailAddress(String);

/// Why a name cannot be taken; stable code for pages and API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    #[error("name_empty")]
    Empty,
    #[error("name_too_long")]
    TooLong,
    #[error("name_bad_characters")]
    BadCharacters,
    #[error("username_malformed")]
    BadUsername,
    #[error("mail_malformed")]
    BadMail,
}

impl BadName {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "name_empty",
            Self::TooLong => "name_too_long",
            Self::BadCharacters => "name_bad_characters",
            Self::BadUsername => "username_malformed",
            Self::BadMail => "mail_malformed",
        }
    }
}

/// Text with control, bidirectional-override and invisible characters taken out and white space folded: for rendering
/// what was stored before a rule became stricter.
pub fn strip(text: &str) -> String {
    let blanks: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|&c| !is_forbidden(c)).collect();
    blanks.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

impl CleanName {
    pub fn parse(text: &str) -> Result<Self, BadName> {
        let trimmed = text.trim();
        if trimmed.chars().any(|c| is_forbidden(c) && c != '\t') {
            return Err(BadName::BadCharacters);
        }
        let clean = strip(trimmed);
        match clean.chars().count() {
            0 => Err(BadName::Empty),
            1..=80 => Ok(Self(clean)),
            _ => Err(BadName::TooLong),
        }
    }
}

impl Username {
    pub fn parse(text: &str) -> Result<Self, BadName> {
        let name = text.trim().to_ascii_lowercase();
        let end = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let inner = |c: char| end(c) || matches!(c, '.' | '_' | '-');
        let good = (2..=32).contains(&name.len()) && name.starts_with(end) && name.ends_with(end) && name.chars().all(inner);
        if good { Ok(Self(name)) } else { Err(BadName::BadUsername) }
    }
}

impl MailAddress {
    pub fn parse(text: &str) -> Result<Self, BadName> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(BadName::BadMail)?;
        let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let good = text.len() <= 254
            && (1..=64).contains(&local.len())
            && local.chars().all(atom)
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && (domain.contains('.') || domain.eq_ignore_ascii_case("localhost"))
            && domain.split('.').all(label);
        if good { Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase()))) } else { Err(BadName::BadMail) }
    }
}

macro_rules! text_type {
    ($($name:ident),*) => {$(
        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadName;

            fn try_from(text: String) -> Result<Self, BadName> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0
            }
        }
    )*};
}

text_type!(CleanName, Username, MailAddress);

/// How a person wants to see Waymark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

words!(Theme { System = "system", Light = "light", Dark = "dark" });

/// A person's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub public_id: PublicId,
    pub username: Username,
    pub name: CleanName,
    pub mail: Option<MailAddress>,
    /// BCP 47 tag; none: the browser's.
    pub language: Option<String>,
    pub zone: Zone,
    pub theme: Theme,
    pub is_admin: bool,
    pub disabled: bool,
    pub created_at: Instant,
    /// Number of the last entry in the account's ledger.
    pub ledger_seq: u32,
}

/// A password before it is hashed: 10 to 200 characters; never printed.
pub struct Password(String);

impl Password {
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        match text.chars().count() {
            0..=9 => Err("password_too_short"),
            10..=200 => Ok(Self(text.to_owned())),
            _ => Err("password_too_long"),
        }
    }

    pub fn secret(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests;
