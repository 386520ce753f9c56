//! Each figure beside its floor, in the same run, in alternating slices. `cargo xtask bench` builds and starts this.
//!
//! A wrong body, a status that is not 2xx or an acknowledgement that was lost fails the figure, and so the run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a measurement that goes wrong ends the run")]

mod figures;
mod floors;
mod load;
mod measure;
mod process;

use std::process::ExitCode;

use crate::figures::FIGURES;

const USAGE: &str = "\
cargo xtask bench [NAME]… [--rounds N] [--seconds S] [--postgres] [--list]

  NAME        the figures to measure; all without one
  --rounds    rounds, at least 5 (default 7)
  --seconds   length of a slice (default 1.5); each round has one slice of ours and one of the floor
  --postgres  our side on PostgreSQL; SQLite without it
";

/// What the command line asks for.
pub struct Ask {
    pub rounds: usize,
    pub seconds: f64,
    pub postgres: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // The floors are processes of their own, so that their memory and CPU time can be read as ours are.
    if let [first, rest @ ..] = arguments.as_slice()
        && first == "--be-floor"
    {
        return floors::serve(rest);
    }
    let mut ask = Ask { rounds: 7, seconds: 1.5, postgres: false };
    let mut names: Vec<&str> = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--rounds" => ask.rounds = number(arguments.next()).max(5.0) as usize,
            "--seconds" => ask.seconds = number(arguments.next()).max(0.2),
            "--postgres" => ask.postgres = true,
            "--list" => {
                for figure in FIGURES {
                    println!("{:<12} {} ({})", figure.name, figure.what, figure.goal);
                }
                return ExitCode::SUCCESS;
            }
            name if FIGURES.iter().any(|figure| figure.name == name) => names.push(name),
            other => {
                eprintln!("there is no figure `{other}`\n\n{USAGE}");
                return ExitCode::FAILURE;
            }
        }
    }
    measure::say_where();
    for figure in FIGURES.iter().filter(|figure| names.is_empty() || names.contains(&figure.name)) {
        println!("\n{}: {}\n  floor: {}\n  goal:  {}", figure.name, figure.what, figure.floor, figure.goal);
        (figure.run)(&ask);
    }
    ExitCode::SUCCESS
}

fn number(text: Option<&String>) -> f64 {
    text.and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("a number is missing\n\n{USAGE}"))
}
