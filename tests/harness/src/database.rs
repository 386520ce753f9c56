//! A database of its own for each test: a file in a temporary folder, or a schema of the cluster that `cargo xtask test`
//! started. Gone with the value.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

use crate::environment::{offered, variable};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// An empty database, not migrated, and a data folder beside it.
pub struct TestDb {
    kind: Database,
    url: String,
    folder: TempDir,
    schema: Option<Schema>,
}

struct Schema {
    cluster: String,
    name: String,
}

impl TestDb {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("waymark.db").display());
        Self { kind: Database::Sqlite, url, folder, schema: None }
    }

    /// `None` (with a word on stderr) where no cluster is offered; a failure where one is required.
    pub fn postgres() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let cluster = offered("WAYMARK_TEST_POSTGRES_URL", "PostgreSQL")?;
        let name = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let schema = Schema { cluster, name };
        schema.run(&format!("drop schema if exists {0} cascade; create schema {0}", schema.name));
        let join = if schema.cluster.contains('?') { '&' } else { '?' };
        let url = format!("{}{join}options=-csearch_path%3D{}", schema.cluster, schema.name);
        Some(Self { kind: Database::Postgres, url, folder: tempfile::tempdir().unwrap(), schema: Some(schema) })
    }

    pub fn kind(&self) -> Database {
        self.kind
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// The data folder of a server on this database.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs SQL from outside, as an administrator would: by psql or by sqlite3. Gives the rows, columns parted by `|`.
    pub fn sql(&self, sql: &str) -> String {
        match &self.schema {
            Some(schema) => schema.run(&format!("set search_path to {}; {sql}", schema.name)),
            None => {
                let file = self.url.trim_start_matches("sqlite:");
                let program = variable("WAYMARK_TEST_SQLITE3").unwrap_or_else(|| "sqlite3".to_owned());
                said(Command::new(program).args(["-batch", "-bail", "-cmd", ".timeout 10000", file, sql]))
            }
        }
    }
}

impl Schema {
    fn run(&self, sql: &str) -> String {
        let psql = variable("WAYMARK_TEST_PSQL").unwrap_or_else(|| "psql".to_owned());
        said(
            Command::new(psql)
                .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command", sql])
                .arg(&self.cluster)
                .env("PGOPTIONS", "-c client_min_messages=warning"),
        )
    }
}

fn said(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

impl Drop for Schema {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            // Whoever still holds a lock on a table would hold this up.
            self.run(&format!("set lock_timeout = '10s'; drop schema if exists {} cascade", self.name));
        }
    }
}
