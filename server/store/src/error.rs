//! Three kinds of failure: a rule broken, not there, a broken machine.

/// What a query or a transaction fails with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A rule of the store is broken; the stable code says which: `username_taken`, `cohort_name_taken`, `revision_differs`,
    /// `invitation_used`, `already_retracted`, `pack_differs`, `idempotency_key_used`, `conflict`, `constraint_broken`.
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
    #[error("the SQLite database {path} cannot be opened ({cause}): check that its folder exists and that Waymark may write there")]
    Sqlite { path: String, cause: String },
    #[error("PostgreSQL does not answer ({cause}): check the address, the user and that the server runs")]
    Postgres { cause: String },
    #[error("the database is older than this program ({} of its migrations have not run): back it up and run `waymark migrate`", .0.len())]
    Older(Vec<String>),
    #[error("the database is newer than this program (it has {}): use the program that wrote it, or a newer one", .0.join(", "))]
    Newer(Vec<String>),
    #[error("migrating the database failed ({0}): nothing of the failed step was kept; mend the cause and run `waymark migrate` again")]
    Migration(String),
}
