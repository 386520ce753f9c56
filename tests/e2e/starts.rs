//! What goes wrong at a start is said in a sentence, and ends the program with a failure.

use std::fs;
use std::net::TcpListener;

use harness::{Server, TestDb, binary, cli, cli_with, on_both_served};

/// Starts a server that must not come up; gives what it said.
#[track_caller]
fn refused(db: &TestDb, settings: &[(&str, &str)]) -> String {
    match Server::try_start(db, settings) {
        Ok(server) => panic!("it came up:\n{}", server.said().text()),
        Err(failed) => {
            assert!(matches!(failed.status.code(), Some(1 | 2)), "{}: {}", failed.status, failed.said);
            assert!(!failed.said.contains("panicked"), "{}", failed.said);
            failed.said
        }
    }
}

#[track_caller]
fn says(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "it does not say “{word}”:\n{said}");
    }
}

/// Settings that are wrong, and what the sentence has to name.
const WRONG: &[(&str, &str, &[&str])] = &[
    ("WAYMARK_SERVER__BNID", "127.0.0.1:0", &["WAYMARK_SERVER__BNID", "server.bind"]),
    ("WAYMARK_SERVER__WORKERS", "many", &["WAYMARK_SERVER__WORKERS", "number"]),
    ("WAYMARK_SERVER__BIND", "localhost", &["server.bind"]),
    ("WAYMARK_SERVER__BASE_URL", "school.example", &["server.base_url"]),
    ("WAYMARK_DATABASE__URL", "mysql://localhost/waymark", &["mysql", "sqlite:", "postgres://"]),
    ("WAYMARK_DATABASE__URL", "postgres://nobody@127.0.0.1:1/nothing", &["127.0.0.1"]),
    ("WAYMARK_MAIL__TRANSPORT", "pigeon", &["mail.transport", "smtp", "folder"]),
    ("WAYMARK_MAIL__PASSWORD_FILE", "/nowhere/secret", &["WAYMARK_MAIL__PASSWORD_FILE", "/nowhere/secret"]),
    ("WAYMARK_JOBS__SNAPSHOT", "every morning", &["jobs.snapshot"]),
];

#[test]
fn a_wrong_setting_is_refused_by_its_name() {
    if binary().is_none() {
        return;
    }
    for (variable, value, words) in WRONG {
        let db = TestDb::sqlite();
        says(&refused(&db, &[(variable, value)]), words);
    }
}

#[test]
fn a_wrong_key_in_the_file_is_refused_with_the_nearest_one() {
    if binary().is_none() {
        return;
    }
    let db = TestDb::sqlite();
    fs::write(db.folder().join("waymark.toml"), "[server]\nbase_ulr = \"http://localhost\"\n").unwrap();
    says(&refused(&db, &[]), &["server.base_ulr", "server.base_url", "waymark.toml"]);
}

#[test]
fn a_password_in_the_databases_url_is_never_printed() {
    if binary().is_none() {
        return;
    }
    let db = TestDb::sqlite();
    let said = refused(&db, &[("WAYMARK_DATABASE__URL", "postgres://nobody:hunter2@127.0.0.1:1/nothing")]);
    assert!(!said.contains("hunter2"), "{said}");
}

on_both_served! {
    fn a_port_in_use_is_named(db) {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let (host, port) = address.split_once(':').unwrap();
        says(&refused(&db, &[("WAYMARK_SERVER__BIND", &address)]), &[host, port, "in use", "server.bind"]);
    }

    fn a_data_folder_that_cannot_be_made_is_named(db) {
        // A file where the folder should be: also root cannot write below it.
        let file = db.folder().join("a-file");
        fs::write(&file, "").unwrap();
        let below = file.join("data");
        says(&refused(&db, &[("WAYMARK_STORAGE__DATA_DIR", below.to_str().unwrap())]), &[below.to_str().unwrap()]);
    }

    fn a_link_from_the_command_line_leads_to_the_server_that_runs(db) {
        assert!(cli(&db, &["migrate"], "").status.success());
        let invite = || cli(&db, &["user", "invite"], "");
        // The operating system chooses the port: before the start nobody knows it.
        let early = invite();
        assert!(!early.status.success());
        says(&String::from_utf8_lossy(&early.stderr), &["server.base_url"]);
        let server = Server::start(&db);
        let link = String::from_utf8(invite().stdout).unwrap();
        let path = link.trim().strip_prefix(server.base()).unwrap_or_else(|| panic!("{link} does not lead to {}", server.base()));
        server.client().get(path).expect(200);
        server.kill();
        assert!(!invite().status.success(), "an old address is no address");
    }

    fn a_second_server_in_the_same_data_folder_is_refused(db) {
        let first = Server::start(&db);
        says(&refused(&db, &[]), &[db.folder().to_str().unwrap()]);
        first.client().get("/readyz").expect(200);
        // Once the first has gone, killed even, the folder is free.
        first.kill();
        Server::start(&db).client().get("/readyz").expect(200);
    }

    fn a_newer_schema_is_refused_and_left_alone(db) {
        assert!(cli(&db, &["migrate"], "").status.success());
        // What a later version of Waymark would leave behind.
        db.sql("insert into __diesel_schema_migrations (version) values ('29991231000000')");
        let said = refused(&db, &[]);
        says(&said, &["newer"]);
        let migrate = cli(&db, &["migrate"], "");
        assert!(!migrate.status.success());
        says(&String::from_utf8_lossy(&migrate.stderr), &["newer"]);
    }

    fn a_server_that_is_told_to_stop_ends_well_and_its_folder_is_free(db) {
        for _ in 0..2 {
            let server = Server::start(&db);
            server.client().get("/livez").expect(200);
            assert_eq!(server.stop().code(), Some(0));
        }
    }
}

#[test]
fn the_command_line_says_its_version_and_what_it_does() {
    if binary().is_none() {
        return;
    }
    let db = TestDb::sqlite();
    let version = cli(&db, &["--version"], "");
    assert!(version.status.success());
    says(&String::from_utf8_lossy(&version.stdout), &["waymark ", env!("CARGO_PKG_VERSION")]);
    let explained = cli_with(&db, &[("WAYMARK_MAIL__PASSWORD", "hunter2")], &["config", "explain"], "");
    assert!(explained.status.success(), "{}", String::from_utf8_lossy(&explained.stderr));
    let explained = String::from_utf8_lossy(&explained.stdout).into_owned();
    says(&explained, &["server.bind", "WAYMARK_SERVER__BIND", "mail.password"]);
    assert!(!explained.contains("hunter2"), "{explained}");
}
