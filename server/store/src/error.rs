//! Three kinds of failure: a rule broken, not there, a broken machine.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as Cause};

/// What a query or a transaction fails with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A rule of the store is broken; the stable code says which: `username_taken`, `cohort_name_taken`,
    /// `revision_differs`, `pack_differs`, `invitation_used`, `already_retracted`, `review_answered`,
    /// `too_many_reviews`, `claimed_by_another`, `member_left`, `review_withdrawn`, `help_asked`, `help_ended`, `revision_changed`, `too_many_links`, `day_is_full`, `idempotency_key_used`; `conflict` for
    /// another value that must be unique, `constraint_broken` for a value that the schema does not allow; and those that
    /// [`crate::transfer`] and [`crate::backup`] name.
    #[error("{0}")]
    Rule(&'static str),
    /// What was asked for does not exist: `account`, `session`, `path`, … or `reference` for a key that leads nowhere.
    #[error("there is no such {0}")]
    NotThere(&'static str),
    /// The machine is broken; the cause is for the log only.
    #[error("the database failed: {0}")]
    Machine(String),
}

/// Answers of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a database cannot be used. `Display` is a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("“{0}” is not a database that Waymark knows: write sqlite:/path/to/waymark.db or postgres://user@host/database")]
    UnknownScheme(String),
    #[error("the SQLite database “{path}” cannot be opened ({cause}): check that its folder exists and that Waymark may write there")]
    Sqlite { path: String, cause: String },
    #[error("PostgreSQL does not answer ({cause}): check the address, the user and that the server runs")]
    Postgres { cause: String },
    #[error("the database is older than this program ({} of its migrations have not run): back it up and run `waymark migrate`", .0.len())]
    Older(Vec<String>),
    #[error("the database is newer than this program (it has run {}): use the program that wrote it, or a newer one", .0.join(", "))]
    Newer(Vec<String>),
    #[error("migrating the database failed ({0}): the failed step was taken back; mend the cause and run `waymark migrate` again")]
    Migration(String),
}

/// Stable codes of unique constraints, by PostgreSQL's default names.
const RULES: &[(&str, &str)] = &[
    ("accounts_username_key", "username_taken"),
    ("cohorts_name_key", "cohort_name_taken"),
    ("revisions_role_version_key", "revision_differs"),
    ("packs_plugin_version_key", "pack_differs"),
    ("evidence_account_retracts_key", "already_retracted"),
    ("reviews_request_version_key", "review_answered"),
    // an index on PostgreSQL, columns on SQLite
    ("help_requests_open", "help_asked"),
    ("help_requests_path_requirement_key", "help_asked"),
    ("idempotency_keys_pkey", "idempotency_key_used"),
    ("idempotency_keys_account_key_key", "idempotency_key_used"),
];

impl From<Cause> for Error {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::NotFound => Self::NotThere("row"),
            Cause::DatabaseError(DatabaseErrorKind::UniqueViolation, information) => Self::Rule(rule(&*information)),
            Cause::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Self::NotThere("reference"),
            Cause::DatabaseError(DatabaseErrorKind::CheckViolation | DatabaseErrorKind::NotNullViolation, information) => {
                tracing::warn!(cause = information.message(), "a value does not fit the schema");
                Self::Rule("constraint_broken")
            }
            other => Self::Machine(other.to_string()),
        }
    }
}

impl Error {
    /// Names what was not found.
    pub(crate) fn naming(self, what: &'static str) -> Self {
        match self {
            Self::NotThere(_) => Self::NotThere(what),
            other => other,
        }
    }
}

fn rule(information: &dyn DatabaseErrorInformation) -> &'static str {
    let name = match information.constraint_name() {
        Some(name) => name.to_owned(),
        None => name_of(information.message()),
    };
    RULES.iter().find(|(constraint, _)| *constraint == name).map_or("conflict", |(_, code)| code)
}

/// SQLite names columns, not constraints: `UNIQUE constraint failed: revisions.role, revisions.version`. This makes
/// PostgreSQL's default name of them.
fn name_of(message: &str) -> String {
    let columns: Vec<(&str, &str)> =
        message.rsplit(": ").next().unwrap_or_default().split(", ").filter_map(|column| column.split_once('.')).collect();
    let table = columns.first().map_or("", |(table, _)| table);
    let names: Vec<&str> = columns.iter().map(|(_, column)| *column).collect();
    format!("{table}_{}_key", names.join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_columns_become_the_constraint_that_postgresql_names() {
        assert_eq!(name_of("UNIQUE constraint failed: accounts.username"), "accounts_username_key");
        assert_eq!(name_of("UNIQUE constraint failed: revisions.role, revisions.version"), "revisions_role_version_key");
    }

    #[test]
    fn every_opening_error_says_what_to_do() {
        assert!(OpenError::UnknownScheme("mysql://x".into()).to_string().contains("sqlite:/path"));
        assert!(OpenError::Older(vec!["a".into()]).to_string().contains("waymark migrate"));
        assert!(OpenError::Newer(vec!["20990101000000".into()]).to_string().contains("20990101000000"));
    }
}
