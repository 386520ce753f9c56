//! The project's own tasks: `cargo xtask <task>`.
//!
//! Nothing of the house is linked in here, so that a task starts in seconds on a clean checkout; a task that needs
//! the house runs its binary.

mod bench;
mod dist;
mod mutants;
mod packs;
mod postgres;
mod setup;
mod shell;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <task>

  test [--no-setup] [--only NAME]… [-- ARGS]
                     sets up what the tests need and runs them all on both databases; NAME is a package, `it` or
                     `e2e`; ARGS go to the tests; --no-setup installs nothing
  tidy               holds the house's rules: arrows, owners, what may not stand where, migrations, words, links, invariants
  packs [--check]    rebuilds the packs that ship; --check compares their bytes with the checked-in ones
  mutants [--named | --listed] [NAME]…
                     breaks the code on purpose: each break must turn a test red
  bench [ARGS]       measures each figure beside its floor (release build); `bench --list` names the figures
  dist               builds the binary to hand out, with its licences, as an archive
";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let task = args.next().unwrap_or_default();
    let args: Vec<String> = args.collect();
    let done = match task.as_str() {
        "test" => test::run(&args),
        "tidy" => tidy::run(&args),
        "packs" => packs::run(&args),
        "mutants" => mutants::run(&args),
        "bench" => bench::run(&args),
        "dist" => dist::run(&args),
        "" | "help" | "-h" | "--help" => {
            print!("{USAGE}");
            Ok(())
        }
        other => Err(format!("there is no task `{other}`\n\n{USAGE}").into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
