//! Both databases grow by the same steps, and each step has a way back.

use std::collections::BTreeSet;

use super::{Findings, Tree};
use crate::shell::Done;

const DATABASES: [&str; 2] = ["sqlite", "postgres"];

pub fn pairs(tree: &Tree, findings: &mut Findings) -> Done {
    let steps = |database: &str| -> BTreeSet<String> {
        let prefix = format!("migrations/{database}/");
        tree.files
            .iter()
            .filter_map(|file| file.strip_prefix(&prefix))
            .filter_map(|rest| rest.split_once('/'))
            .map(|(step, _)| step.to_owned())
            .collect()
    };
    let (sqlite, postgres) = (steps("sqlite"), steps("postgres"));
    for step in sqlite.union(&postgres) {
        if !well_named(step) {
            findings.add(format_args!("migrations/*/{step}"), 0, "is not <stamp>_<name>", "name it like 2026-11-23-000100_ledger");
        }
        for database in DATABASES {
            for direction in ["up.sql", "down.sql"] {
                let file = format!("migrations/{database}/{step}/{direction}");
                if !tree.has(&file) {
                    findings.add(&file, 0, "is missing", "every step is there for both databases, up and down");
                } else if tree.text(&file)?.trim().is_empty() {
                    findings.add(&file, 0, "is empty", "say what it does, or undo what `up` did");
                }
            }
        }
    }
    Ok(())
}

fn well_named(step: &str) -> bool {
    step.split_once('_').is_some_and(|(stamp, name)| {
        stamp.chars().all(|c| c.is_ascii_digit() || c == '-')
            && stamp.chars().filter(char::is_ascii_digit).count() >= 8
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn a_step_that_one_database_lacks_is_found() {
        let files = [
            ("migrations/sqlite/2026-11-23-000100_ledger/up.sql", "create table a (b int);"),
            ("migrations/sqlite/2026-11-23-000100_ledger/down.sql", "drop table a;"),
            ("migrations/postgres/2026-11-23-000100_ledger/up.sql", "create table a (b int);"),
        ];
        assert_eq!(found(pairs, &files), ["migrations/postgres/2026-11-23-000100_ledger/down.sql:0 is missing"]);
    }

    #[test]
    fn a_step_is_a_stamp_and_a_name() {
        assert!(well_named("2026-11-23-000100_first_tables"));
        for wrong in ["ledger", "1_ledger", "2026-11-23-000100_", "2026-11-23-000100_Ledger"] {
            assert!(!well_named(wrong), "{wrong}");
        }
    }
}
