//! What stands in Rust sources: nothing unfinished, one place for the clock and the environment, a pure domain.

use super::{Findings, Tree};
use crate::mutants;
use crate::shell::Done;

/// Macros and attributes that leave work for later. Put together here, so that this file does not find itself.
const UNFINISHED: &[&str] = &[
    concat!("to", "do!("),
    concat!("unimpl", "emented!("),
    concat!("db", "g!("),
    concat!("#[ign", "ore"),
    concat!("// TO", "DO"),
    concat!("// FIX", "ME"),
];

pub fn unfinished(tree: &Tree, findings: &mut Findings) -> Done {
    each_line(
        tree,
        |_| true,
        |file, number, line| {
            for word in UNFINISHED.iter().filter(|word| line.contains(**word)) {
                findings.add(file, number, format!("`{word}` leaves something for later"), "finish it, or take it out");
            }
        },
    )
}

/// Where the real clock, the environment and randomness may be touched, beside tests and tools.
const DOORS: &[(&str, &[&str])] = &[
    ("SystemTime::now", &["server/app/src/clock.rs"]),
    ("env::var", &["server/app/src/config.rs", "server/app/src/config/"]),
    ("getrandom::", &["server/app/src/clock.rs"]),
];

pub fn worlds(tree: &Tree, findings: &mut Findings) -> Done {
    each_line(
        tree,
        |file| file.starts_with("server/") && file.contains("/src/") && !file.contains("test"),
        |file, number, line| {
            for (door, places) in DOORS {
                if line.contains(door) && !places.iter().any(|place| file.starts_with(place)) {
                    findings.add(
                        file,
                        number,
                        format!("`{door}` outside its one place"),
                        format!("take it as an argument; only {} reads it", places[0]),
                    );
                }
            }
        },
    )
}

/// Words that have no business in the rules.
const IMPURE: &[&str] =
    &["async fn", "std::fs", "std::net", "std::env", "std::thread", "tokio", "diesel", "actix", "println!", "SystemTime", "f64", "f32"];

pub fn pure_domain(tree: &Tree, findings: &mut Findings) -> Done {
    each_line(
        tree,
        |file| file.starts_with("server/domain/src/") && !file.contains("test"),
        |file, number, line| {
            for word in IMPURE.iter().filter(|word| line.contains(**word)) {
                findings.add(
                    file,
                    number,
                    format!("`{word}` in domain"),
                    "domain computes with integers from its arguments and touches nothing",
                );
            }
        },
    )
}

/// Text that may not stand somewhere, though it would compile. Compared without blanks and line ends.
struct Absent {
    text: &'static str,
    /// Files that begin like this.
    under: &'static str,
    /// Files that may have it.
    but: &'static [&'static str],
    mend: &'static str,
}

const ABSENT: &[Absent] = &[
    Absent { text: "MultiConnection", under: "server/", but: &[], mend: "write the query once with `on_backend!`" },
    Absent { text: "sql_query", under: "server/", but: &["server/store/src/"], mend: "queries live in store" },
    Absent {
        text: "update(evidence::table",
        under: "server/",
        but: &[],
        mend: "an entry never changes: record a retraction, and a new entry",
    },
    Absent {
        text: "update(evidence_subjects::table",
        under: "server/",
        but: &[],
        mend: "an entry never changes: record a retraction, and a new entry",
    },
    Absent {
        text: "delete(evidence",
        under: "server/",
        but: &["server/store/src/accounts/erasure.rs"],
        mend: "only the erasure of an account takes entries away",
    },
    Absent {
        text: "requirement",
        under: "server/store/src/ledger",
        but: &[],
        mend: "the ledger knows subjects; requirements are a template's own",
    },
    Absent {
        text: "Component::deserialize",
        under: "server/",
        but: &["server/plugin-host/src/cache.rs"],
        mend: "machine code is loaded in one place, under our seal",
    },
    Absent { text: "wasmtime_wasi", under: "server/", but: &[], mend: "a plugin gets no WASI" },
    Absent {
        text: "Command::new",
        under: "server/",
        but: &["server/plugin-host/src/compile.rs", "server/plugin-host/src/build.rs"],
        mend: "the server starts no program but its own compiling child",
    },
    Absent {
        text: "TcpStream::connect",
        under: "server/",
        but: &["server/mail/src/smtp.rs", "server/app/src/doctor.rs"],
        mend: "the server connects to its database and its mail server only",
    },
    Absent { text: "connection_info()", under: "server/web/", but: &[], mend: "links are made from the base URL, never from a request" },
    Absent { text: "header::HOST", under: "server/web/", but: &[], mend: "links are made from the base URL, never from a request" },
];

pub fn absent(tree: &Tree, findings: &mut Findings) -> Done {
    let program = |file: &&str| file.starts_with("server/") && file.contains("/src/") && !file.contains("test");
    for file in tree.with_ending(".rs").filter(program) {
        let (mut text, mut lines) = (String::new(), Vec::new());
        for (number, line) in tree.text(file)?.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let bare: String = line.split_whitespace().collect();
            lines.extend(std::iter::repeat_n(number + 1, bare.len()));
            text.push_str(&bare);
        }
        let here = |absent: &&Absent| file.starts_with(absent.under) && !absent.but.iter().any(|but| file.starts_with(but));
        for absent in ABSENT.iter().filter(here) {
            if let Some(line) = text.find(absent.text).and_then(|at| lines.get(at)) {
                findings.add(file, *line, format!("`{}` may not stand here", absent.text), absent.mend);
            }
        }
    }
    Ok(())
}

/// The places that the named mutations break are still there, once each.
pub fn mutations(tree: &Tree, findings: &mut Findings) -> Done {
    for mutation in mutants::read(&tree.root)? {
        if !tree.has(&mutation.file) {
            findings.add(
                mutants::LIST,
                0,
                format!("`{}` breaks {}, which is not there", mutation.name, mutation.file),
                "name the file that it moved to",
            );
            continue;
        }
        let times = tree.text(&mutation.file)?.matches(mutation.find.as_str()).count();
        if times != 1 {
            findings.add(
                mutants::LIST,
                0,
                format!("`{}`: its text is {times} times in {}", mutation.name, mutation.file),
                "copy the line to break from the file as it is now",
            );
        }
    }
    Ok(())
}

/// Lines of Rust without their comments.
fn each_line(tree: &Tree, which: impl Fn(&str) -> bool, mut look: impl FnMut(&str, usize, &str)) -> Done {
    for file in tree.with_ending(".rs").filter(|file| which(file)) {
        // The rules' own words and examples.
        if file == "xtask/src/tidy/sources.rs" {
            continue;
        }
        for (number, line) in tree.text(file)?.lines().enumerate() {
            let trimmed = line.trim_start();
            let comment = trimmed.starts_with("//!") || trimmed.starts_with("///");
            if !comment {
                look(file, number + 1, line);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn what_is_left_for_later_is_found() {
        let text = concat!("fn a() {\n    to", "do!(\"b\")\n}\n/// to", "do!( in words\n");
        assert_eq!(found(unfinished, &[("server/web/src/a.rs", text)]).len(), 1);
    }

    #[test]
    fn the_clock_is_read_in_one_place() {
        let text = "let now = SystemTime::now();\n";
        assert_eq!(found(worlds, &[("server/app/src/clock.rs", text)]).len(), 0);
        assert_eq!(found(worlds, &[("server/web/src/a.rs", text)]).len(), 1);
    }

    #[test]
    fn what_must_be_absent_is_found_over_line_ends_and_not_in_comments() {
        let text = "/// Never update(evidence::table…)\nfn mend() {\n    diesel::update(\n        evidence::table.find(1),\n    );\n}\n";
        assert_eq!(
            found(absent, &[("server/store/src/a.rs", text)]),
            ["server/store/src/a.rs:3 `update(evidence::table` may not stand here"]
        );
        let delete = "diesel::delete(evidence::table);\n";
        assert_eq!(found(absent, &[("server/store/src/accounts/erasure.rs", delete)]).len(), 0);
        assert_eq!(found(absent, &[("server/store/src/ledger.rs", delete)]).len(), 1);
        for absent in ABSENT {
            assert!(absent.text.split_whitespace().collect::<String>() == absent.text, "{}", absent.text);
        }
    }

    #[test]
    fn domain_touches_nothing() {
        assert_eq!(found(pure_domain, &[("server/domain/src/a.rs", "let share: f64 = 0.5;\n")]).len(), 1);
        assert_eq!(found(pure_domain, &[("server/store/src/a.rs", "let share: f64 = 0.5;\n")]).len(), 0);
    }
}
