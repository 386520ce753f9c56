//! Migrations: run, reverted, run again; the same names and tables on both; a newer schema is refused.

use std::collections::BTreeSet;
use std::sync::{Arc, Barrier};

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use store::{Conn, Error, OpenError, Store, test_support};

use crate::support::{Database, each_database, postgres_url};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

const SQLITE_DUMP: &str = "SELECT type || ' ' || name || ': ' || COALESCE(sql, '') AS line FROM sqlite_master
    WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' ORDER BY 1";

const POSTGRES_DUMP: &str = "SELECT line FROM (
    SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
        || COALESCE(column_default, '') || ' ' || is_identity AS line
        FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_diesel%'
    UNION ALL SELECT 'constraint ' || conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conrelid::regclass::text NOT LIKE '%diesel%'
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename NOT LIKE '\\_\\_diesel%'
    UNION ALL SELECT 'sequence ' || sequence_name FROM information_schema.sequences WHERE sequence_schema = current_schema()
    ) AS lines ORDER BY 1";

fn dump(store: &Store) -> Vec<String> {
    let lines: Vec<Line> = store
        .write_blocking(|conn| {
            Ok(match conn {
                Conn::Sqlite(c) => sql_query(SQLITE_DUMP).load(*c)?,
                Conn::Postgres(c) => sql_query(POSTGRES_DUMP).load(*c)?,
            })
        })
        .unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

#[test]
fn every_migration_runs_is_reverted_and_runs_again() {
    each_database(|database| {
        let store = database.open();
        assert!(matches!(store.check_schema(), Err(OpenError::Older(missing)) if missing.len() >= 8));
        let before = dump(&store);
        assert_eq!(before, [""; 0]);
        let ran = store.migrate().unwrap();
        assert!(ran.windows(2).all(|pair| pair[0] < pair[1]) && ran[0].ends_with("_accounts"), "{ran:?}");
        let first = dump(&store);
        assert!(first.len() > 30, "{first:#?}");
        store.check_schema().unwrap();
        assert_eq!(store.migrate().unwrap(), [""; 0], "nothing is left to run");
        assert_eq!(test_support::revert_all(&store).unwrap().len(), ran.len());
        assert_eq!(dump(&store), before);
        assert_eq!(store.migrate().unwrap(), ran);
        assert_eq!(dump(&store), first);
    });
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |backend: &str| -> BTreeSet<String> {
        let folder = format!("{}/../../migrations/{backend}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
    let digits = |name: &String| name.split('_').next().unwrap().replace('-', "");
    assert_eq!(names("sqlite").iter().map(digits).collect::<BTreeSet<_>>().len(), names("sqlite").len(), "no two have the same stamp");
}

#[test]
fn both_databases_have_the_same_tables_and_columns() {
    let Some(url) = postgres_url() else { return };
    let columns = |database: &Database| -> Vec<String> {
        let store = database.open();
        store.migrate().unwrap();
        let lines: Vec<Line> = store
            .write_blocking(|conn| {
                Ok(match conn {
                    Conn::Sqlite(c) => sql_query(
                        "SELECT t.name || '.' || c.name || CASE WHEN c.\"notnull\" THEN ' NO' ELSE ' YES' END AS line
                         FROM sqlite_master t JOIN pragma_table_info(t.name) c
                         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '%diesel%'",
                    )
                    .load(*c)?,
                    Conn::Postgres(c) => sql_query(
                        "SELECT table_name || '.' || column_name || ' ' || is_nullable AS line FROM information_schema.columns
                         WHERE table_schema = current_schema() AND table_name NOT LIKE '%diesel%'",
                    )
                    .load(*c)?,
                })
            })
            .unwrap();
        let mut lines: Vec<String> = lines.into_iter().map(|line| line.line).collect();
        lines.sort();
        lines
    };
    assert_eq!(columns(&Database::sqlite()), columns(&Database::postgres(&url)));
}

#[test]
fn a_newer_schema_is_refused_with_a_sentence() {
    each_database(|database| {
        let store = database.open();
        store.migrate().unwrap();
        store
            .write_blocking(|conn| {
                let newer = sql_query("INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101000000')");
                match conn {
                    Conn::Sqlite(c) => newer.execute(*c)?,
                    Conn::Postgres(c) => newer.execute(*c)?,
                };
                Ok::<_, Error>(())
            })
            .unwrap();
        let newer = OpenError::Newer(vec!["29990101000000".to_owned()]);
        assert_eq!(store.check_schema().unwrap_err(), newer);
        assert_eq!(store.migrate().unwrap_err(), newer);
        assert!(newer.to_string().contains("newer than this program") && newer.to_string().contains("29990101000000"));
    });
}

#[test]
fn two_programs_that_migrate_at_once_do_not_meet() {
    each_database(|database| {
        let barrier = Arc::new(Barrier::new(3));
        let programs: Vec<_> = (0..3)
            .map(|_| {
                let (store, barrier) = (database.open(), barrier.clone());
                std::thread::spawn(move || {
                    barrier.wait();
                    store.migrate().unwrap().len()
                })
            })
            .collect();
        let mut ran: Vec<usize> = programs.into_iter().map(|program| program.join().unwrap()).collect();
        ran.sort_unstable();
        assert_eq!(ran[..2], [0, 0], "one of them ran them all");
        assert!(ran[2] >= 8);
        database.open().check_schema().unwrap();
    });
}
