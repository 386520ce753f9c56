//! What the tests need of the machine, and how it gets there.

use std::path::PathBuf;
use std::process::Command;

use crate::shell::{Done, find_program, is_root, output, run};

/// One thing that tests drive.
struct Need {
    /// Debian's packages that bring it.
    packages: &'static [&'static str],
    /// What it is for, as said to whoever lacks it.
    what: &'static str,
    found: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need { packages: &["postgresql"], what: "the PostgreSQL server (the second database)", found: || postgres_folder().is_some() },
    Need {
        packages: &["chromium", "chromium-driver"],
        what: "Chromium and its driver (the pages, as a person uses them)",
        found: || chromium().is_some() && chromedriver().is_some(),
    },
    Need {
        packages: &["sqlite3"],
        what: "the sqlite3 shell (what an administrator would look with)",
        found: || find_program("sqlite3", &[]).is_some(),
    },
    Need {
        packages: &["postfix"],
        what: "Postfix's smtp-sink and smtp-source (a mail server of another make)",
        found: || smtp_sink().is_some(),
    },
];

/// Finds everything, or installs what is missing, or says how to.
pub fn ensure(may_install: bool) -> Done {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.found)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages.iter().copied()).collect();
    if may_install && is_root() && find_program("apt-get", &[]).is_some() {
        install(&packages)?;
    }
    let still: Vec<&Need> = missing.into_iter().filter(|need| !(need.found)()).collect();
    if still.is_empty() {
        return Ok(());
    }
    let what: Vec<&str> = still.iter().map(|need| need.what).collect();
    let packages: Vec<&str> = still.iter().flat_map(|need| need.packages.iter().copied()).collect();
    Err(format!(
        "the tests need {}, and cannot find it here. On Debian and its kin:\n\n    sudo apt-get install --no-install-recommends {}\n",
        what.join(", "),
        packages.join(" ")
    )
    .into())
}

fn install(packages: &[&str]) -> Done {
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-o", "DPkg::Lock::Timeout=300"]).args(arguments);
        command
    };
    run(&mut apt(&["update"]))?;
    run(apt(&["install", "-y", "--no-install-recommends"]).args(packages))
}

/// The folder with initdb and postgres: the newest version installed.
pub fn postgres_folder() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for parent in ["/usr/lib/postgresql", "/usr/libexec/postgresql"] {
        for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
            folders.push(entry.path().join("bin"));
        }
    }
    folders.sort_by_key(|folder| {
        let version = folder.parent().and_then(|parent| parent.file_name()).map(|name| name.to_string_lossy().into_owned());
        std::cmp::Reverse(version.and_then(|name| name.parse::<u32>().ok()).unwrap_or(0))
    });
    if let Some(said) = find_program("pg_config", &[]).and_then(|program| output(Command::new(program).arg("--bindir")).ok()) {
        folders.push(PathBuf::from(said.trim()));
    }
    folders.extend(["/opt/homebrew/opt/postgresql/bin", "/usr/local/opt/postgresql/bin"].map(PathBuf::from));
    folders.into_iter().find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

pub fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| find_program(name, &[]))
}

pub fn chromedriver() -> Option<PathBuf> {
    find_program("chromedriver", &["/usr/lib/chromium", "/usr/lib/chromium-browser"].map(PathBuf::from))
}

/// Debian keeps it in /usr/sbin, which is not on everybody's PATH.
pub fn smtp_sink() -> Option<PathBuf> {
    find_program("smtp-sink", &["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
}
