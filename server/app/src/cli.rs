//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Waymark: a ledger of what you can prove, measured against what a role asks.
#[derive(Debug, Parser)]
#[command(name = "waymark", version, disable_help_subcommand = true)]
pub struct Cli {
    /// Configuration file; without it waymark.toml in the working folder is read where it exists.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server.
    Serve {
        /// Use ./data-demo, and fill it with two cohorts and twelve weeks of history of each where it is empty.
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database to this version.
    Migrate,
    /// Say what is wrong with the set-up and how to mend it.
    Doctor,
    /// Show the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// People.
    #[command(subcommand)]
    User(UserCommand),
    /// Cohorts.
    #[command(subcommand)]
    Cohort(CohortCommand),
    /// Role templates.
    #[command(subcommand)]
    Role(RoleCommand),
    /// Plugins.
    #[command(subcommand)]
    Plugin(PluginCommand),
    /// Digests.
    #[command(subcommand)]
    Digest(DigestCommand),
    /// Mail.
    #[command(subcommand)]
    Mail(MailCommand),
    /// Compute today's score of every path and keep it.
    Rescore {
        /// Compute every stored score again instead, and compare the bytes; the first difference is named and the exit code is 1.
        #[arg(long)]
        verify: bool,
    },
    /// Write a checked copy of everything into a new file; the server may go on.
    Backup { file: PathBuf },
    /// Put a backup in the place of the SQLite database; no server may run on its folder.
    Restore { file: PathBuf },
    /// Write everything as JSON lines, which either database reads.
    Export { file: PathBuf },
    /// Read an export into an empty database.
    Import { file: PathBuf },
    /// Compiles a plugin's component from standard input to standard output, within limits. Used by the server itself.
    #[command(hide = true)]
    PluginCompile,
}

#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Which value holds, where it comes from and what it means: of one key or of all.
    Explain { key: Option<String> },
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make an account. The password is read from standard input.
    Add(NewUser),
    /// Print a one-time link with which a person makes an account.
    Invite {
        /// The name that the link greets; the person may change it.
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        mail: Option<String>,
        /// Make the account an admin of the instance.
        #[arg(long)]
        admin: bool,
    },
    /// Set a new password, read from standard input. All sessions end.
    Password { username: String },
    /// Print a one-time code with which a person sets a new password on the server's page /reset, within eight hours.
    ResetCode { username: String },
    /// Close an account's door: sessions and tokens end, nothing is deleted.
    Disable {
        username: String,
        /// Open it again.
        #[arg(long)]
        undo: bool,
    },
    /// Erase an account: ledger, scores, mails. This cannot be undone.
    Erase {
        username: String,
        /// The username again.
        #[arg(long, value_name = "USERNAME")]
        confirm: String,
    },
}

#[derive(Debug, Args)]
pub struct NewUser {
    pub username: String,
    #[arg(long)]
    pub name: String,
    #[arg(long)]
    pub mail: Option<String>,
    /// Make the account an admin of the instance.
    #[arg(long)]
    pub admin: bool,
    /// IANA time zone, such as Europe/Lisbon.
    #[arg(long, default_value = "UTC")]
    pub zone: String,
}

#[derive(Debug, Subcommand)]
pub enum CohortCommand {
    /// Make a cohort, with the defaults; its lead sets it up on its page.
    Create {
        name: String,
        /// First day, such as 2026-09-07.
        #[arg(long, value_name = "DAY")]
        from: String,
        /// Last day.
        #[arg(long, value_name = "DAY")]
        to: String,
        /// IANA time zone, in which session days end.
        #[arg(long, default_value = "UTC")]
        zone: String,
        /// Username of somebody who leads it.
        #[arg(long, value_name = "USERNAME")]
        lead: Option<String>,
    },
    /// All cohorts, the latest start first.
    List,
    /// Take everybody of a CSV file into a cohort, or with one row refused nobody.
    Enrol {
        file: PathBuf,
        /// Id or name.
        #[arg(long)]
        cohort: String,
        /// Only say what would become of each row.
        #[arg(long)]
        dry_run: bool,
    },
    /// Print one-time codes, as CSV, for those whose accounts the cohort made and who have not come in.
    Codes {
        /// Id or name.
        #[arg(long)]
        cohort: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum RoleCommand {
    /// The newest revision of every role.
    List,
    /// Check a template file against the catalogue; nothing is stored.
    Check {
        file: PathBuf,
        /// A catalogue of the file's own subjects, as a pack has one.
        #[arg(long)]
        skills: Option<PathBuf>,
    },
    /// Check a template file and store it as a revision.
    Import { file: PathBuf },
    /// Write a revision as TOML.
    Export {
        role: String,
        /// Version; the newest where absent.
        #[arg(long)]
        version: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub enum PluginCommand {
    /// Build the pack of a source folder, with cargo where it has code.
    Build {
        folder: PathBuf,
    },
    /// Look at a pack as `install` does: hashes, contract, fixtures, scoring laws, roles. Nothing is stored.
    Check {
        pack: PathBuf,
    },
    /// Check a pack and make it the active version.
    Install {
        pack: PathBuf,
    },
    List,
    Enable {
        plugin: String,
    },
    Disable {
        plugin: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum DigestCommand {
    /// Print the digest that a person would get now; nothing is sent.
    Preview {
        username: String,
        /// The one about the learners that they guide.
        #[arg(long)]
        mentor: bool,
        #[arg(long)]
        html: bool,
    },
    /// Plan and send what is due now, once.
    Run,
}

#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Send a test mail with the configured transport.
    Test { address: String },
}
