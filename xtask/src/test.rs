//! `cargo xtask test`: everything, on both databases, in a real browser, against a real mail server.

use crate::postgres::Cluster;
use crate::setup;
use crate::shell::{self, Done, cargo, find_program, target_folder};

pub fn run(args: &[String]) -> Done {
    let mut may_install = true;
    let mut only = Vec::new();
    let mut rest = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--no-setup" => may_install = false,
            "--only" => only.push(args.next().ok_or("--only wants the name of a package, `it` or `e2e`")?.clone()),
            "--" => rest.extend(args.by_ref().cloned()),
            other => return Err(format!("`test` knows no `{other}`; see `cargo xtask help`").into()),
        }
    }
    setup::ensure(may_install)?;
    run_tests(&only, &rest)
}

fn run_tests(only: &[String], rest: &[String]) -> Done {
    let cluster = Cluster::start()?;
    if only.is_empty() || only.iter().any(|name| ["e2e", "tests"].contains(&name.as_str())) {
        // The stories drive the real binary, which `cargo test` alone does not build. Built with the tests of the
        // whole workspace, so that every dependency is built once and with the same features.
        // Not the libraries as such: a guest's exports are names that only a linker for WebAssembly takes.
        shell::run(cargo().args(["build", "--workspace", "--bins", "--tests"]))?;
    }
    let selections: Vec<Vec<String>> =
        if only.is_empty() { vec![vec!["--workspace".to_owned()]] } else { only.iter().map(|name| selection(name)).collect() };
    for selection in selections {
        let mut command = cargo();
        command.args(["test", "--no-fail-fast"]).args(selection);
        if !rest.is_empty() {
            command.arg("--").args(rest);
        }
        command
            .env("WAYMARK_TEST_REQUIRE", "1")
            .env("WAYMARK_TEST_POSTGRES_URL", cluster.url())
            .env("WAYMARK_TEST_BINARY", target_folder().join("debug").join("waymark"));
        for (name, program) in [
            ("WAYMARK_TEST_PSQL", find_program("psql", std::slice::from_ref(&cluster.binaries))),
            ("WAYMARK_TEST_CHROMIUM", setup::chromium()),
            ("WAYMARK_TEST_CHROMEDRIVER", setup::chromedriver()),
            ("WAYMARK_TEST_SMTP_SINK", setup::smtp_sink()),
        ] {
            if let Some(program) = program {
                command.env(name, program);
            }
        }
        shell::run(&mut command)?;
    }
    Ok(())
}

fn selection(name: &str) -> Vec<String> {
    match name {
        "it" | "e2e" => ["-p", "tests", "--test", name].map(str::to_owned).to_vec(),
        package => ["-p", package].map(str::to_owned).to_vec(),
    }
}
