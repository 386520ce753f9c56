//! The binary `waymark`: command line, configuration, clock and dice, and the wiring of all rooms.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod builtin;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
mod doctor;
mod logs;
mod plugins;
mod post;
mod serve;
pub mod wire;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command, ConfigCommand, PluginCommand, RoleCommand};
use crate::config::{Loaded, load};
use crate::wire::{Failure, Tools};

/// Runs the command line that this process was started with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Command::PluginCompile = cli.command {
        return plugin_host::compile_child_main();
    }
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{}", failure.sentence.trim_end());
            ExitCode::from(failure.code)
        }
    }
}

fn run(cli: Cli) -> Result<(), Failure> {
    let demo = matches!(cli.command, Command::Serve { demo: true });
    let configured = || configuration(&cli, demo);
    match &cli.command {
        Command::Role(RoleCommand::Check { file, skills }) => return commands::role::check(file, skills.as_deref()),
        Command::Config(ConfigCommand::Explain { key }) => return explain(&configured()?, key.as_deref()),
        Command::Plugin(PluginCommand::Build { folder }) => return commands::plugin::build(folder),
        Command::Doctor => return look(configured()?),
        _ => {}
    }
    let loaded = configured()?;
    if let Command::Serve { demo } = cli.command {
        return serve::run(loaded, demo);
    }
    if let Command::Migrate = cli.command {
        let tools = Tools::open_unchecked(loaded)?;
        match serve::migrate(&tools)?.as_slice() {
            [] => println!("The database is up to date."),
            run => run.iter().for_each(|name| println!("{name}")),
        }
        return Ok(());
    }
    if let Command::Restore { file } = &cli.command {
        return commands::data::restore(loaded, file);
    }
    let tools = Tools::open(loaded)?;
    match cli.command {
        Command::Backup { file } => commands::data::backup(&tools, &file),
        Command::Export { file } => commands::data::export(&tools, &file),
        Command::Import { file } => commands::data::import(&tools, &file),
        Command::User(command) => commands::user::run(&tools, command),
        Command::Cohort(command) => commands::cohort::run(&tools, command),
        Command::Role(command) => commands::role::run(&tools, command),
        Command::Plugin(command) => commands::plugin::run(&tools, command),
        Command::Digest(command) => commands::digest::run(&tools, command),
        Command::Mail(command) => commands::digest::run_mail(&tools, command),
        Command::Rescore { verify: true } => commands::rescore::verify(&tools),
        Command::Rescore { verify: false } => commands::rescore::today(&tools),
        Command::Serve { .. }
        | Command::Restore { .. }
        | Command::Migrate
        | Command::Doctor
        | Command::Config(_)
        | Command::PluginCompile => Ok(()),
    }
}

fn configuration(cli: &Cli, demo: bool) -> Result<Loaded, Failure> {
    let overrides: &[(&str, String)] = if demo { &[("storage.data_dir", "./data-demo".to_owned())] } else { &[] };
    load(cli.config.as_deref(), config::environment(), overrides).map_err(|problems| Failure::setup(problems.to_string()))
}

fn explain(loaded: &Loaded, key: Option<&str>) -> Result<(), Failure> {
    let shown = match key {
        Some(key) => vec![loaded.explain(key).map_err(Failure::input)?],
        None => loaded.explain_all(),
    };
    for one in shown {
        println!("{} = {}\n    from {}\n    {}", one.key, one.value, one.source, one.meaning);
    }
    Ok(())
}

fn look(loaded: Loaded) -> Result<(), Failure> {
    let lang = words::Words::load().for_languages(Some("en"), None);
    let base = wire::base_url(&loaded.config, None)?.to_string();
    let config = loaded.config.clone();
    let bad = match store::Store::open(&store::Options { url: config.database_url(), readers: config.database.readers }) {
        Ok(store) => doctor::print(&lang, &doctor::look(&config, &base, Ok(&store))),
        Err(error) => doctor::print(&lang, &doctor::look(&config, &base, Err(error.to_string()))),
    };
    if bad { Err(Failure::input("Something is broken; see above.".to_owned())) } else { Ok(()) }
}
