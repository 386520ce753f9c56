//! `waymark backup | restore | export | import`: everything of an instance, as a file.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use store::{Backend, accounts, backup, transfer};

use crate::config::Loaded;
use crate::serve;
use crate::wire::{Failure, FolderLock, Tools};

/// Writes a checked copy: the database file itself on SQLite, an export on PostgreSQL. Servers may go on.
pub fn backup(tools: &Tools, file: &Path) -> Result<(), Failure> {
    match tools.store.backend() {
        Backend::Sqlite => {
            backup::snapshot(&tools.store, file).map_err(|error| match error {
                store::Error::Rule("backup_exists") => {
                    Failure::input(format!("{} is there already; a backup overwrites nothing.", file.display()))
                }
                other => tools.failed(other),
            })?;
            println!("{} is a whole and checked copy.", file.display());
            Ok(())
        }
        Backend::Postgres => export(tools, file),
    }
}

/// Writes everything as JSON lines, which either database reads; written aside, synced, then renamed.
pub fn export(tools: &Tools, file: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::input(format!("{} cannot be written: {error}.", file.display()));
    if file.exists() {
        return Err(Failure::input(format!("{} is there already; an export overwrites nothing.", file.display())));
    }
    let aside = file.with_extension("part");
    let mut out = BufWriter::new(File::create(&aside).map_err(failed)?);
    let rows = tools.store.read_blocking(|conn| transfer::export(conn, &mut out)).map_err(|error| tools.failed(error))?;
    out.flush().and_then(|()| out.get_ref().sync_all()).and_then(|()| fs::rename(&aside, file)).map_err(failed)?;
    println!("{}: {rows} rows.", file.display());
    Ok(())
}

/// Reads an export into an empty database of this version, all of it or nothing.
pub fn import(tools: &Tools, file: &Path) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| Failure::input(format!("{} cannot be read: {error}.", file.display()));
    File::open(file).map_err(unreadable)?;
    let path = file.to_owned();
    let read = tools.store.write_blocking(move |conn| {
        // Opened in here, because a transaction may have to start over.
        let file = File::open(&path).map_err(|error| store::Error::Machine(error.to_string()))?;
        transfer::import(conn, &mut BufReader::new(file))
    });
    let rows = read.map_err(|error| match error {
        store::Error::Rule("import_not_empty") => Failure::input(
            "There are people in this database already: an import goes into an empty one, before its first admin is made.".to_owned(),
        ),
        store::Error::Rule("import_other_schema") => {
            Failure::input(format!("{} was exported by another version: export it again with this version of Waymark.", file.display()))
        }
        store::Error::Rule("import_malformed") => {
            Failure::input(format!("{} is no export of Waymark, or it is damaged. Nothing was read.", file.display()))
        }
        other => tools.failed(other),
    })?;
    println!("{rows} rows are read. The mails that were due since will be late once, not many times.");
    Ok(())
}

/// Puts a backup in the place of a SQLite database, brings it to this version, and erases again whoever was erased since.
pub fn restore(loaded: Loaded, file: &Path) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| Failure::input(format!("{} cannot be read: {error}.", file.display()));
    let mut head = [0; 16];
    File::open(file).and_then(|mut file| file.read_exact(&mut head)).map_err(unreadable)?;
    if &head != b"SQLite format 3\0" {
        return Err(Failure::input(format!(
            "{} is no copy of a SQLite database. An export is read by `waymark import`, into an empty database.",
            file.display()
        )));
    }
    backup::check_file(file).map_err(|error| {
        let cause = match error {
            store::Error::Machine(cause) => format!(" ({cause})"),
            _ => String::new(),
        };
        Failure::input(format!("{} is damaged, or no backup of Waymark{cause}. Nothing was replaced.", file.display()))
    })?;
    let url = loaded.config.database_url();
    let Some(database) = url.strip_prefix("sqlite:").map(|path| Path::new(path.strip_prefix("//").unwrap_or(path)).to_owned()) else {
        return Err(Failure::input(
            "A backup file goes in the place of a SQLite database; this instance uses PostgreSQL, which has its own tools.".to_owned(),
        ));
    };
    // No server may run on the folder meanwhile.
    crate::wire::prepare_folder(&loaded.config.storage.data_dir)?;
    let _lock = FolderLock::take(&loaded.config.storage.data_dir)?;
    let erased = if database.exists() { leave(&loaded)? } else { Vec::new() };
    let failed = |error: std::io::Error| Failure::broken(format!("{} cannot be put in place: {error}.", database.display()));
    // All is done aside: whenever this ends, the database is either what it was or what it should be, and no one who was
    // erased is back in it.
    let aside = database.with_extension("restoring");
    remove_logs(&aside).map_err(failed)?;
    fs::copy(file, &aside).and_then(|_| File::open(&aside)?.sync_all()).map_err(failed)?;
    let again = bring_up(loaded, &aside, erased).inspect_err(|_| drop(fs::remove_file(&aside)))?;
    remove_logs(&aside).and_then(|()| remove_logs(&database)).map_err(failed)?;
    fs::rename(&aside, &database).map_err(failed)?;
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    println!("{} is restored; {again} people who were erased since are erased again.", file.display());
    Ok(())
}

/// Brings a copy to this version and erases in it whoever was erased since. Gives how many that were.
fn bring_up(mut loaded: Loaded, copy: &Path, erased: Vec<(domain::ids::PublicId, domain::time::Instant)>) -> Result<usize, Failure> {
    loaded.config.database.url = format!("sqlite:{}", copy.display());
    let tools = Tools::open_unchecked(loaded)?;
    serve::migrate(&tools)?;
    let again = tools.store.write_blocking(move |conn| accounts::replay_erasures(conn, &erased)).map_err(|error| tools.failed(error))?;
    backup::settle(&tools.store).map_err(|error| tools.failed(error))?;
    Ok(again)
}

/// Removes what SQLite keeps beside a database; nothing is lost with it once the database is settled.
fn remove_logs(database: &Path) -> std::io::Result<()> {
    for log in ["-wal", "-shm"] {
        let mut name = database.as_os_str().to_owned();
        name.push(log);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Who is erased in the database that is about to be replaced; all that was written to it is in its one file then.
fn leave(loaded: &Loaded) -> Result<Vec<(domain::ids::PublicId, domain::time::Instant)>, Failure> {
    let config = &loaded.config;
    let store = store::Store::open(&store::Options { url: config.database_url(), readers: 1 })
        .map_err(|error| Failure::setup(error.to_string()))?;
    match store.check_schema() {
        Ok(()) => {
            let erased = store.read_blocking(accounts::erasures).map_err(Failure::broken)?;
            backup::settle(&store).map_err(|error| match error {
                store::Error::Rule(_) => Failure::setup(
                    "Another command uses the database that would be replaced: wait for it to end. Nothing was replaced.".to_owned(),
                ),
                other => Failure::broken(other),
            })?;
            Ok(erased)
        }
        // A database of another version cannot be asked, so it is not replaced: an erasure would be lost without a word.
        Err(error) => Err(Failure::setup(format!(
            "The database that would be replaced cannot say who was erased: {error}. Run `waymark migrate` first, or move it away."
        ))),
    }
}
