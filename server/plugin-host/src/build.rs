//! From a plugin's source folder to its pack: cargo, then a component, then an archive. The same source, compiler and
//! lock file give the same bytes in every folder of every machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::componentize::componentize;
use crate::manifest::{Manifest, Templates};
use crate::pack::{self, belongs};
use crate::refusal::Refusal;

/// Cargo's target for guests: wasm32-wasip2 would bring WASI in.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// The profile that a plugin's workspace must define.
pub const PROFILE: &str = "guest";

/// A built pack.
#[derive(Clone, Debug)]
pub struct Built {
    pub manifest: Manifest,
    /// `publisher.name-version.waypack`.
    pub file_name: String,
    pub archive: Vec<u8>,
}

/// Builds the pack of a source folder: `plugin.toml`, the files that belong in a pack, and, where there is a
/// `Cargo.toml`, the component that cargo makes of it. `target` is cargo's target folder.
///
/// # Errors
/// `build` with what cargo said, or a refusal of the pack itself.
pub fn pack_folder(folder: &Path, target: &Path) -> Result<Built, Refusal> {
    let text = fs::read_to_string(folder.join("plugin.toml")).map_err(|error| failed(&folder.join("plugin.toml"), &error))?;
    let manifest = Manifest::parse(&text)?;
    let of = |refusal: Refusal| refusal.of(&manifest.id);
    let mut files = BTreeMap::new();
    for name in names(folder).map_err(of)? {
        if manifest.templates == Templates::Computed && name.starts_with("templates/") {
            continue;
        }
        let path = folder.join(&name);
        files.insert(name, fs::read(&path).map_err(|error| of(failed(&path, &error)))?);
    }
    if folder.join("Cargo.toml").exists() {
        let module = build_guest(folder, target).map_err(of)?;
        files.insert("component.wasm".to_owned(), componentize(&module).map_err(of)?);
    }
    let archive = pack::write(&text, &files).map_err(of)?;
    Ok(Built { file_name: manifest.file_name(), manifest, archive })
}

/// Builds the core module of a guest crate, without a trace of this machine's folders.
///
/// # Errors
/// `build` with what cargo said.
pub fn build_guest(folder: &Path, target: &Path) -> Result<Vec<u8>, Refusal> {
    let places = Places::of(folder)?;
    let manifest = folder.join("Cargo.toml");
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--lib", "--locked", "--target", TARGET, "--profile", PROFILE, "--manifest-path"]).arg(&manifest);
    cargo.arg("--target-dir").arg(target);
    // What the outer cargo set for its own build would leak into this one.
    for leak in [
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_TARGET",
        "CARGO_TARGET_DIR",
        "CARGO_MANIFEST_DIR",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
    ] {
        cargo.env_remove(leak);
    }
    cargo.env("CARGO_ENCODED_RUSTFLAGS", places.remap());
    run(&mut cargo)?;
    let module = target.join(TARGET).join(PROFILE).join(format!("{}.wasm", places.library));
    fs::read(&module).map_err(|error| failed(&module, &error))
}

/// Folders whose names rustc would write into a module, and the name of what it makes.
struct Places {
    library: String,
    workspace: PathBuf,
    registry: Option<PathBuf>,
    sysroot: PathBuf,
}

impl Places {
    fn of(folder: &Path) -> Result<Self, Refusal> {
        let mut cargo = Command::new("cargo");
        let folder = fs::canonicalize(folder).map_err(|error| failed(folder, &error))?;
        let manifest = folder.join("Cargo.toml");
        cargo.args(["metadata", "--locked", "--format-version", "1", "--manifest-path"]).arg(&manifest);
        let metadata: serde_json::Value =
            serde_json::from_slice(&run(&mut cargo)?).map_err(|error| refuse(format!("cargo's metadata cannot be read: {error}")))?;
        let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let path = |value: &serde_json::Value| value.as_str().map(PathBuf::from);
        let own = packages.iter().find(|package| path(&package["manifest_path"]).is_some_and(|path| path == manifest));
        let library = own
            .and_then(|package| package["targets"].as_array())
            .and_then(|targets| {
                targets.iter().find(|target| target["crate_types"].as_array().is_some_and(|types| types.iter().any(|t| t == "cdylib")))
            })
            .and_then(|target| target["name"].as_str())
            .ok_or_else(|| refuse(format!("{} has no library of crate-type cdylib", manifest.display())))?;
        // `<cargo home>/registry/src/<index>/<package>/Cargo.toml`
        let registry = packages.iter().filter_map(|package| path(&package["manifest_path"])).find_map(|path| {
            let index = path.ancestors().nth(2)?.to_owned();
            index.parent()?.ends_with("registry/src").then_some(index)
        });
        let workspace = path(&metadata["workspace_root"]).ok_or_else(|| refuse("cargo names no workspace".to_owned()))?;
        let mut rustc = Command::new("rustc");
        let sysroot = run(rustc.args(["--print", "sysroot"]).current_dir(&folder))?;
        let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot).trim());
        Ok(Self { library: library.replace('-', "_"), workspace, registry, sysroot })
    }

    /// In the form of CARGO_ENCODED_RUSTFLAGS, which allows spaces in folders.
    fn remap(&self) -> String {
        let places = [(Some(&self.workspace), "/plugin"), (self.registry.as_ref(), "/registry"), (Some(&self.sysroot), "/rust")];
        let flag = |(from, to): (Option<&PathBuf>, &str)| from.map(|from| format!("--remap-path-prefix={}={to}", from.display()));
        places.into_iter().filter_map(flag).collect::<Vec<_>>().join("\x1f")
    }
}

/// Files of a source folder that belong in a pack, but for manifest and component.
fn names(folder: &Path) -> Result<Vec<String>, Refusal> {
    let mut names = Vec::new();
    let folders =
        [("", ""), ("templates", "templates/"), ("questions", "questions/"), ("messages", "messages/"), ("fixtures", "fixtures/")];
    for (under, prefix) in folders {
        let path = folder.join(under);
        if !path.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&path).map_err(|error| failed(&path, &error))? {
            let entry = entry.map_err(|error| failed(&path, &error))?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if belongs(&name) && name != "plugin.toml" && entry.path().is_file() {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}

fn run(command: &mut Command) -> Result<Vec<u8>, Refusal> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| refuse(format!("{program} cannot be started: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(refuse(format!("{program} failed:\n{}", said.trim())))
}

fn failed(path: &Path, error: &std::io::Error) -> Refusal {
    refuse(format!("{}: {error}", path.display()))
}

fn refuse(what: String) -> Refusal {
    let mend = "Mend what is said there; guests need rustup's target wasm32-unknown-unknown and a profile named guest";
    Refusal::new("build", what, mend)
}
