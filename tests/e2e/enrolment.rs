//! People who come into a cohort from the command line, by a file and by codes on paper.

use harness::{Client, Server, TestDb, cli, on_both_served};
use serde_json::Value;

/// What a command printed, and what it said beside it; it ended as it should.
fn ran(db: &TestDb, arguments: &[&str], good: bool) -> (String, String) {
    let ran = cli(db, arguments, "");
    let (out, beside) = (String::from_utf8_lossy(&ran.stdout).into_owned(), String::from_utf8_lossy(&ran.stderr).into_owned());
    assert_eq!(ran.status.success(), good, "{arguments:?}: {out}{beside}");
    (out, beside)
}

/// Everybody who has an account, by username.
fn people(db: &TestDb) -> Vec<String> {
    db.sql("select username from accounts order by username").lines().map(str::to_owned).collect()
}

on_both_served! {
    fn a_class_comes_in_by_a_file_at_the_command_line_and_by_codes_on_paper(db) {
        ran(&db, &["migrate"], true);
        ran(&db, &["cohort", "create", "Autumn", "--from", "2026-09-07", "--to", "2027-04-16", "--zone", "Europe/Lisbon"], true);
        let file = db.folder().join("people.csv");
        let path = file.to_str().unwrap();

        // One bad row keeps everybody out, and each mistake is named with its line.
        std::fs::write(&file, "name,username,mail,zone\nAda Okafor,ada,ada@example.org,Africa/Lagos\nBo Li,bo,nowhere,Mars/Phobos\n").unwrap();
        let (out, beside) = ran(&db, &["cohort", "enrol", path, "--cohort", "Autumn"], false);
        assert!(out.contains("2: new: ada (Ada Okafor)"), "{out}");
        assert!(out.contains("3: refused: mail: ") && out.contains("3: refused: zone: "), "{out}");
        assert!(beside.contains("1 refused") && beside.contains("Nobody came in"), "{beside}");

        std::fs::write(&file, "name,username,mail,zone\nAda Okafor,ada,ada@example.org,Africa/Lagos\nBo Li,bo,,\n").unwrap();
        let (out, beside) = ran(&db, &["cohort", "enrol", path, "--cohort", "Autumn", "--dry-run"], true);
        assert!(out.contains("3: new: bo (Bo Li)") && beside.contains("2 new"), "{out}{beside}");
        ran(&db, &["cohort", "enrol", path, "--cohort", "Summer"], false);
        let (_, beside) = ran(&db, &["cohort", "enrol", path, "--cohort", "Autumn"], true);
        assert!(beside.contains("They are in."), "{beside}");
        let (out, _) = ran(&db, &["cohort", "enrol", path, "--cohort", "Autumn"], true);
        assert!(out.contains("2: member already: ada") && out.contains("3: member already: bo"), "{out}");

        // A code says where it is typed in, which nobody knows before the first start.
        let (_, beside) = ran(&db, &["cohort", "codes", "--cohort", "Autumn"], false);
        assert!(beside.contains("start it first"), "{beside}");
        let server = Server::start(&db);
        // The codes that are printed last are the ones that hold, once.
        let (first, _) = ran(&db, &["cohort", "codes", "--cohort", "Autumn"], true);
        let (second, _) = ran(&db, &["cohort", "codes", "--cohort", "Autumn"], true);
        let code = |csv: &str| {
            let row = csv.lines().find(|line| line.starts_with("Bo Li,bo,")).unwrap_or_else(|| panic!("no code for bo: {csv}"));
            row.split(',').nth(2).unwrap().to_owned()
        };
        let set = |code: &str| {
            let fields = [("username", "bo"), ("code", code), ("password", "a good password"), ("again", "a good password")];
            server.client().post("/reset", &fields).status
        };
        assert_eq!([set(&code(&first)), set(&code(&second)), set(&code(&second))], [422, 303, 422]);
        let bo: Client = harness::Person::sign_in(&server.client(), "bo", "a good password").client;
        let mine: Value = bo.get("/api/v1/cohorts").expect(200).json();
        assert_eq!(mine["items"][0]["name"], "Autumn", "{mine}");
        let (left, _) = ran(&db, &["cohort", "codes", "--cohort", "Autumn"], true);
        assert!(left.contains(",ada,") && !left.contains(",bo,"), "who has come in needs none: {left}");
        assert_eq!(people(&db), ["ada", "bo"]);
    }

    fn a_server_makes_the_board_of_a_large_class_before_anybody_looks(db) {
        ran(&db, &["migrate"], true);
        let make = |name: &str, learners: usize| {
            ran(&db, &["cohort", "create", name, "--from", "2098-09-07", "--to", "2099-04-16", "--zone", "Europe/Lisbon"], true);
            let rows: String = (0..learners).map(|number| format!("Learner {number},{name}{number},,\n").to_lowercase()).collect();
            let file = db.folder().join(format!("{name}.csv"));
            std::fs::write(&file, format!("name,username,mail,zone\n{rows}")).unwrap();
            ran(&db, &["cohort", "enrol", file.to_str().unwrap(), "--cohort", name], true);
        };
        make("Small", 3);
        make("Large", 51);
        let server = Server::start_with(&db, &[("WAYMARK_LOG__FILTER", "info,web=debug"), ("WAYMARK_JOBS__ENABLED", "false")]);
        assert!(server.said().wait_for("boards were made ahead"), "{}", server.said().text());
        let line = server.said().lines().into_iter().find(|line| line.contains("boards were made ahead")).unwrap();
        assert!(line.contains("cohorts=1"), "{line}");
    }
}
