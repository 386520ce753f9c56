//! Copies of everything: backup and restore on SQLite, export and import between the databases.

use harness::{Database, TestDb, binary, cli, on_both_served};

/// What the command said; it must succeed.
#[track_caller]
fn does(db: &TestDb, arguments: &[&str], input: &str) -> String {
    let ran = cli(db, arguments, input);
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{arguments:?}: {said}");
    said
}

#[track_caller]
fn refuses(db: &TestDb, arguments: &[&str], words: &str) {
    let ran = cli(db, arguments, "a good password\n");
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(!ran.status.success() && said.contains(words), "{arguments:?}: {said}");
}

fn has(db: &TestDb, username: &str) -> bool {
    db.sql(&format!("SELECT count(*) FROM accounts WHERE username = '{username}'")).trim() == "1"
}

fn joins(db: &TestDb, username: &str) {
    does(db, &["user", "add", username, "--name", username], "a good password\n");
}

#[test]
fn a_restored_backup_erases_again_whoever_was_erased_since() {
    if binary().is_none() {
        return;
    }
    let db = TestDb::sqlite();
    does(&db, &["migrate"], "");
    joins(&db, "ada");
    joins(&db, "bela");
    let file = db.folder().join("copy.db");
    let file = file.to_str().unwrap();
    does(&db, &["backup", file], "");
    refuses(&db, &["backup", file], "there already");

    joins(&db, "chen");
    does(&db, &["user", "erase", "ada", "--confirm", "ada"], "");
    let said = does(&db, &["restore", file], "");
    assert!(said.contains("1 people"), "{said}");
    assert!(has(&db, "bela"), "what was in the backup is there");
    assert!(!has(&db, "chen"), "what came after it is not");
    assert!(!has(&db, "ada"), "an erased person came back");

    std::fs::write(file, b"SQLite format 3\0 and then nothing of the kind").unwrap();
    refuses(&db, &["restore", file], "Nothing was replaced");
    assert!(has(&db, "bela"));
}

on_both_served! {
    fn an_export_of_either_database_is_read_by_the_other(db) {
        if binary().is_none() {
            return;
        }
        let other = match db.kind() {
            Database::Sqlite => TestDb::postgres(),
            Database::Postgres => Some(TestDb::sqlite()),
        };
        let Some(other) = other else { return };
        does(&db, &["migrate"], "");
        does(&other, &["migrate"], "");
        joins(&db, "ada");
        let file = db.folder().join("all.jsonl");
        let file = file.to_str().unwrap();
        does(&db, &["export", file], "");
        does(&other, &["import", file], "");
        assert!(has(&other, "ada"));
        refuses(&other, &["import", file], "empty");
        refuses(&other, &["user", "add", "ada", "--name", "Ada"], "taken");
    }
}
