//! `cargo xtask mutants`: breaks the code on purpose and asks that a test turns red each time.
//!
//! Two kinds: the *named* mutations of `xtask/mutations.toml`, chosen by hand because a test claims to hold just that;
//! and whatever cargo-mutants finds to break in the rules that matter most (*listed*). Both work on a copy of the tree.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use serde::Deserialize;

use crate::shell::{self, Done, While, find_program, output, root, target_folder, variable};

pub const LIST: &str = "xtask/mutations.toml";

/// The files that cargo-mutants goes through.
const LISTED: &[&str] =
    &["server/domain/src/scoring/*.rs", "server/domain/src/schedule.rs", "server/domain/src/schedule/*.rs", "server/domain/src/policy.rs"];

/// Seconds that the tests of one mutation may take, without their build.
const PATIENCE: &str = "240";

/// One way to break the code, and the tests that must notice.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutation {
    pub name: String,
    /// What would go wrong for a person if this went unnoticed.
    pub why: String,
    pub file: String,
    /// Text that is in the file exactly once.
    pub find: String,
    pub replace: String,
    /// Arguments to `cargo test` that must turn red.
    pub test: Vec<String>,
    /// The test wants the database server, the browser and the binary: run it by `cargo xtask test --only`.
    #[serde(default)]
    pub story: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    mutation: Vec<Mutation>,
}

/// The named mutations; none where the list is not there.
pub fn read(root: &Path) -> Done<Vec<Mutation>> {
    let file = root.join(LIST);
    if !file.is_file() {
        return Ok(Vec::new());
    }
    let text = std::fs::read_to_string(file).while_doing(format_args!("cannot read {LIST}"))?;
    let list: List = toml::from_str(&text).while_doing(LIST)?;
    Ok(list.mutation)
}

pub fn run(args: &[String]) -> Done {
    let named = !args.iter().any(|arg| arg == "--listed");
    let listed = !args.iter().any(|arg| arg == "--named") && !args.iter().any(|arg| !arg.starts_with("--"));
    let chosen: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    if let Some(other) = args.iter().find(|arg| arg.starts_with("--") && *arg != "--listed" && *arg != "--named") {
        return Err(format!("`mutants` knows no `{other}`; see `cargo xtask help`").into());
    }
    if named {
        run_named(&chosen)?;
    }
    if listed { run_listed() } else { Ok(()) }
}

fn run_named(chosen: &[&String]) -> Done {
    let mutations: Vec<Mutation> =
        read(&root())?.into_iter().filter(|mutation| chosen.is_empty() || chosen.iter().any(|name| **name == mutation.name)).collect();
    if mutations.is_empty() {
        return Err(format!("{LIST} names no such mutation").into());
    }
    let copy = Copy::make()?;
    let mut survived = Vec::new();
    for mutation in &mutations {
        let file = copy.folder.join(&mutation.file);
        let whole = std::fs::read_to_string(&file)
            .while_doing(format_args!("`{}` breaks {}, which cannot be read", mutation.name, mutation.file))?;
        if whole.matches(mutation.find.as_str()).count() != 1 {
            return Err(
                format!("`{}`: its text is not exactly once in {}; `cargo xtask tidy` says more", mutation.name, mutation.file).into()
            );
        }
        let before = copy.test(mutation)?;
        if before != Outcome::Green {
            return Err(format!("`{}`: its tests are not green before the mutation", mutation.name).into());
        }
        std::fs::write(&file, whole.replacen(&mutation.find, &mutation.replace, 1)).while_doing("cannot write the mutation")?;
        let after = copy.test(mutation);
        std::fs::write(&file, whole).while_doing("cannot undo the mutation")?;
        let verdict = match after? {
            Outcome::Red => "caught",
            Outcome::Green => {
                survived.push(mutation.name.clone());
                "NOT CAUGHT"
            }
            Outcome::OutOfTime => {
                survived.push(mutation.name.clone());
                "OUT OF TIME, which on a slow machine shows nothing: let an assertion notice"
            }
            Outcome::DoesNotCompile => return Err(format!("`{}` does not compile: it shows nothing", mutation.name).into()),
        };
        println!("{verdict}: {} — {}", mutation.name, mutation.why);
    }
    if survived.is_empty() { Ok(()) } else { Err(format!("no test notices: {}", survived.join(", ")).into()) }
}

fn run_listed() -> Done {
    let home = variable("HOME").map(|home| PathBuf::from(home).join(".cargo/bin"));
    let Some(program) = find_program("cargo-mutants", home.as_slice()) else {
        return Err("cargo-mutants is not installed:\n\n    cargo install cargo-mutants --locked\n".into());
    };
    let mut mutants = Command::new(program);
    mutants.current_dir(root()).args(["mutants", "--package", "domain", "--no-shuffle", "--output"]).arg(target_folder());
    for file in LISTED {
        mutants.args(["--file", file]);
    }
    shell::run(&mut mutants)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Green,
    Red,
    OutOfTime,
    DoesNotCompile,
}

/// The tree, elsewhere: what is broken here is never what somebody works on.
struct Copy {
    folder: PathBuf,
    target: PathBuf,
}

impl Copy {
    fn make() -> Done<Self> {
        let folder = PathBuf::from(output(Command::new("mktemp").args(["-d", "-t", "waymark-mutants.XXXXXXXX"]))?.trim());
        let copy = Self { folder, target: target_folder().join("mutants") };
        let mut files = Command::new("git");
        files.current_dir(root()).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        for file in output(&mut files)?.split('\0').filter(|file| !file.is_empty() && root().join(file).is_file()) {
            let to = copy.folder.join(file);
            if let Some(parent) = to.parent() {
                std::fs::create_dir_all(parent).while_doing("cannot copy the tree")?;
            }
            std::fs::copy(root().join(file), to).while_doing(format_args!("cannot copy {file}"))?;
        }
        Ok(copy)
    }

    fn test(&self, mutation: &Mutation) -> Done<Outcome> {
        let quiet = |patience: Option<&str>, arguments: &[&str]| -> Done<ExitStatus> {
            let program = variable("CARGO").unwrap_or_else(|| "cargo".to_owned());
            let mut cargo = Command::new(if patience.is_some() { "timeout" } else { &program });
            if let Some(patience) = patience {
                cargo.args(["--kill-after=5", patience, &program]);
            }
            cargo
                .current_dir(&self.folder)
                .env("CARGO_TARGET_DIR", &self.target)
                .args(arguments)
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            cargo.status().while_doing("cannot start cargo")
        };
        let test: Vec<&str> = mutation.test.iter().map(String::as_str).collect();
        let built = if mutation.story {
            quiet(None, &["build", "--workspace", "--all-targets"])?
        } else {
            quiet(None, &[&["test", "--no-run"], test.split(|part| *part == "--").next().unwrap_or(&[])].concat())?
        };
        if !built.success() {
            return Ok(Outcome::DoesNotCompile);
        }
        let first: &[&str] = if mutation.story { &["run", "--quiet", "-p", "xtask", "--", "test", "--no-setup"] } else { &["test"] };
        let ended = quiet(Some(PATIENCE), &[first, &test].concat())?;
        Ok(match ended.code() {
            Some(0) => Outcome::Green,
            // What timeout(1) says of what it ended, kindly or not.
            Some(124 | 137) => Outcome::OutOfTime,
            _ => Outcome::Red,
        })
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
