//! `waymark plugin …`: packs from files.

use std::path::Path;

use store::audit::{self, AuditRow};
use store::{catalogue, packs};
use web::services::plugins::{self, Prepared};

use crate::builtin;
use crate::cli::PluginCommand;
use crate::wire::{Failure, Tools};

pub fn run(tools: &Tools, command: PluginCommand) -> Result<(), Failure> {
    match command {
        PluginCommand::Install { pack } => {
            let archive = std::fs::read(&pack).map_err(|error| Failure::input(format!("{} cannot be read: {error}.", pack.display())))?;
            let (plugin, version) = install(tools, archive).map_err(|failure| at(&pack, failure))?;
            println!("{plugin} {version} is installed and active.");
            Ok(())
        }
        PluginCommand::Check { pack } => check(tools, &pack),
        PluginCommand::Build { folder } => build(&folder),
        PluginCommand::List => list(tools),
        PluginCommand::Enable { plugin } => switch(tools, &plugin, true),
        PluginCommand::Disable { plugin } => switch(tools, &plugin, false),
    }
}

fn at(pack: &Path, failure: Failure) -> Failure {
    Failure { sentence: format!("{} is refused.\n{}", pack.display(), failure.sentence), ..failure }
}

/// Inspects, compiles, probes and stores a pack, and makes it the active version of its plugin. Says id and version.
pub fn install(tools: &Tools, archive: Vec<u8>) -> Result<(String, String), Failure> {
    let prepared = prepared(tools, archive)?;
    let named = (prepared.plugin().to_owned(), prepared.version().to_owned());
    let row = audited(tools, "plugin.install", &named.0, serde_json::json!({ "version": named.1, "digest": prepared.digest() }));
    tools
        .store
        .write_blocking(move |conn| {
            plugins::keep(conn, &prepared)?;
            audit::append(conn, &row)
        })
        .map_err(|error| tools.failed(error))?;
    Ok(named)
}

/// A pack that has passed everything that an installed one must.
fn prepared(tools: &Tools, archive: Vec<u8>) -> Result<Prepared, Failure> {
    use web::Plugins;
    let refused = |web::Refused(lines): web::Refused| Failure::input(lines.join("\n"));
    let inspected = tools.host.inspect(&archive).map_err(refused)?;
    let mut documents = tools.store.read_blocking(catalogue::documents).map_err(|error| tools.failed(error))?;
    if let Some(document) = &inspected.catalogue {
        documents.retain(|(owner, _)| *owner != inspected.plugin);
        documents.push((inspected.plugin.clone(), document.clone()));
    }
    let catalogue = builtin::catalogue(&documents).map_err(|problems| Failure::input(problems.to_string()))?;
    plugins::prepare(inspected, archive, &catalogue, tools.clock.now()).map_err(refused)
}

fn list(tools: &Tools) -> Result<(), Failure> {
    let installed = tools
        .store
        .read_blocking(|conn| {
            packs::list(conn)?.into_iter().map(|pack| Ok((packs::stats(conn, pack.id)?, pack))).collect::<store::Result<Vec<_>>>()
        })
        .map_err(|error| tools.failed(error))?;
    if installed.is_empty() {
        println!("No plugin is installed. `waymark plugin install FILE.waypack` does it.");
    }
    for (stats, pack) in installed {
        let state = match (pack.enabled, pack.active) {
            (false, _) => "disabled",
            (true, true) => "active",
            (true, false) => "installed",
        };
        println!(
            "{:<32} {:<10} {:<8} {:<10} {:>8} calls {:>6} failed  {}",
            pack.plugin,
            pack.version,
            pack.kind,
            state,
            stats.calls,
            stats.failures,
            &pack.digest[..12.min(pack.digest.len())]
        );
        if let Some((code, detail, at)) = stats.last_error {
            println!("    last error {at}: {code}: {detail}");
        }
    }
    Ok(())
}

fn switch(tools: &Tools, plugin: &str, enabled: bool) -> Result<(), Failure> {
    let row = audited(tools, if enabled { "plugin.enable" } else { "plugin.disable" }, plugin, serde_json::Value::Null);
    let id = plugin.to_owned();
    tools
        .store
        .write_blocking(move |conn| {
            packs::set_enabled(conn, &id, enabled)?;
            audit::append(conn, &row)
        })
        .map_err(|error| match error {
            store::Error::NotThere(_) => Failure::input(format!("There is no plugin {plugin}. `waymark plugin list` names them.")),
            other => tools.failed(other),
        })?;
    println!(
        "{plugin} is {}.",
        if enabled { "enabled" } else { "disabled; paths that use its rule show their last good card or the built-in rule" }
    );
    Ok(())
}

fn audited(tools: &Tools, act: &str, plugin: &str, detail: serde_json::Value) -> AuditRow {
    AuditRow {
        at: tools.clock.now(),
        actor: None,
        actor_name: "command line".to_owned(),
        act: act.to_owned(),
        subject: format!("plugin:{plugin}"),
        detail,
        request_id: None,
    }
}

/// Builds the pack of a source folder and writes it there; the name is its id and version.
pub fn build(folder: &Path) -> Result<(), Failure> {
    let target = folder.join("target").join("guest");
    let built =
        plugin_host::build::pack_folder(folder, &target).map_err(|refusal| Failure::input(crate::plugins::lines(&refusal).join("\n")))?;
    let file = folder.join(&built.file_name);
    std::fs::write(&file, &built.archive).map_err(|error| Failure::input(format!("{} cannot be written: {error}.", file.display())))?;
    println!("{} ({} bytes)", file.display(), built.archive.len());
    Ok(())
}

/// Everything that `install` looks at, without storing anything: hashes, contract, compilation, fixtures, scoring laws, and
/// the roles against the catalogue.
fn check(tools: &Tools, pack: &Path) -> Result<(), Failure> {
    let archive = std::fs::read(pack).map_err(|error| Failure::input(format!("{} cannot be read: {error}.", pack.display())))?;
    let bytes = archive.len();
    let prepared = prepared(tools, archive).map_err(|failure| at(pack, failure))?;
    println!("{} {} would be installed ({bytes} bytes): all checks passed.", prepared.plugin(), prepared.version());
    Ok(())
}
