//! Copies of everything: backup and restore on SQLite, export and import between the databases.

use harness::{Database, Server, TestDb, binary, cli, on_both_served};

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

#[test]
fn a_restore_that_fails_leaves_the_database_as_it_was() {
    if binary().is_none() {
        return;
    }
    let db = TestDb::sqlite();
    does(&db, &["migrate"], "");
    joins(&db, "ada");
    // A copy that is sound, but of a later version: it cannot be brought to this one.
    let version = "'29991231000000'";
    db.sql(&format!("INSERT INTO __diesel_schema_migrations (version) VALUES ({version})"));
    let later = db.folder().join("later.db");
    std::fs::copy(db.url().trim_start_matches("sqlite:"), &later).unwrap();
    db.sql(&format!("DELETE FROM __diesel_schema_migrations WHERE version = {version}"));
    // A server that is killed leaves what was written last in the log beside the database.
    let server = Server::start(&db);
    joins(&db, "bela");
    let restore = ["restore", later.to_str().unwrap()];
    refuses(&db, &restore, "stop it");
    server.kill();
    refuses(&db, &restore, "newer");
    assert!(has(&db, "ada") && has(&db, "bela"), "what was there before is lost");
    Server::start(&db).client().get("/readyz").expect(200);
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

on_both_served! {
    fn whoever_lost_their_password_gets_a_code_from_the_command_line(db) {
        does(&db, &["migrate"], "");
        joins(&db, "ada");
        refuses(&db, &["user", "reset-code", "nobody"], "There is nobody called nobody.");
        let made = cli(&db, &["user", "reset-code", "ada"], "");
        let code = String::from_utf8_lossy(&made.stdout).trim().to_owned();
        let said = String::from_utf8_lossy(&made.stderr).into_owned();
        assert!(code.len() == 11 && said.contains("It works once, until ") && said.contains("/reset"), "{code} {said}");
        let server = harness::Server::start(&db);
        let fields = |code: &str| [("username", "ada"), ("code", code), ("password", "a better password"), ("again", "a better password")]
            .map(|(name, value)| (name, value.to_owned()));
        let reset = |code: &str| {
            let fields = fields(code);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            server.client().post("/reset", &fields).status
        };
        assert_eq!(reset("AAAAA-AAAAA"), 422);
        assert_eq!(reset(&code), 303);
        assert_eq!(reset(&code), 422, "it works once");
        let signed_in = server.client().post("/login", &[("username", "ada"), ("password", "a better password")]);
        assert_eq!(signed_in.status, 303);
    }
}
