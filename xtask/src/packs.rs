//! `cargo xtask packs`: the packs that ship are built from the sources beside them, to the same bytes everywhere.

use crate::shell::{self, Done, cargo, root, target_folder};
use std::process::Command;

/// Builds the whole workspace with its tests, so that the packs' builder shares every artefact with them.
pub fn run(args: &[String]) -> Done {
    if let Some(other) = args.iter().find(|arg| *arg != "--check") {
        return Err(format!("`packs` knows no `{other}`; see `cargo xtask help`").into());
    }
    shell::run(cargo().args(["build", "--workspace", "--bins", "--tests"]))?;
    shell::run(Command::new(target_folder().join("debug").join("build-packs")).current_dir(root()).args(args))
}
