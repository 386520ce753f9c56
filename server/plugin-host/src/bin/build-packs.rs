//! `build-packs [--check]`, for `cargo xtask packs`: builds the packs that ship beside their sources, or compares what it
//! builds with what is checked in. Run it in the workspace's root.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use plugin_host::build::pack_folder;

fn main() -> ExitCode {
    let check = std::env::args().any(|argument| argument == "--check");
    match run(check) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("run `cargo xtask packs` and commit what it builds");
            ExitCode::FAILURE
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// True unless a checked-in pack differs.
fn run(check: bool) -> Result<bool, Box<dyn std::error::Error>> {
    let mut same = true;
    for folder in folders(Path::new("plugins"))? {
        let built = pack_folder(&folder, Path::new("target/guests"))?;
        let path = folder.join(&built.file_name);
        if !check {
            for old in packs(&folder)? {
                fs::remove_file(old)?;
            }
            fs::write(&path, &built.archive)?;
            println!("{} ({} bytes)", path.display(), built.archive.len());
        } else if fs::read(&path).ok().as_ref() != Some(&built.archive) {
            eprintln!("{} is not what its source gives", path.display());
            same = false;
        }
    }
    Ok(same)
}

/// Folders with a manifest, sorted.
fn folders(under: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(under)? {
        let folder = entry?.path();
        if folder.join("plugin.toml").exists() {
            folders.push(folder);
        }
    }
    folders.sort();
    Ok(folders)
}

fn packs(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut packs = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "waypack") {
            packs.push(path);
        }
    }
    Ok(packs)
}
