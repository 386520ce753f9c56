//! `cargo xtask bench`: figures beside their floors. The measuring itself is the package `bench` in tests/bench, which
//! links the floors (bare servers); here it is built for release and given what it needs of the machine.

use std::process::Command;

use crate::postgres::Cluster;
use crate::setup;
use crate::shell::{self, Done, cargo, find_program, root, target_folder};

pub fn run(args: &[String]) -> Done {
    shell::run(cargo().args(["build", "--release", "--package", "app", "--package", "bench", "--bins"]))?;
    let release = target_folder().join("release");
    let mut bench = Command::new(release.join("bench"));
    bench.current_dir(root()).args(args).env("WAYMARK_TEST_BINARY", release.join("waymark"));
    let further = ["/usr/sbin", "/usr/local/sbin"].map(std::path::PathBuf::from);
    for (name, program) in [("WAYMARK_TEST_SMTP_SINK", "smtp-sink"), ("WAYMARK_TEST_SMTP_SOURCE", "smtp-source")] {
        if let Some(program) = find_program(program, &further) {
            bench.env(name, program);
        }
    }
    // Only a run that asks for PostgreSQL pays for one.
    if args.iter().any(|arg| arg == "--postgres") {
        setup::ensure(true)?;
        let cluster = Cluster::start()?;
        bench.env("WAYMARK_TEST_POSTGRES_URL", cluster.url());
        if let Some(psql) = find_program("psql", std::slice::from_ref(&cluster.binaries)) {
            bench.env("WAYMARK_TEST_PSQL", psql);
        }
        return shell::run(&mut bench);
    }
    shell::run(&mut bench)
}
