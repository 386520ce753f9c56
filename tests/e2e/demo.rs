//! The demo shows what cohorts and mentoring can do, on the first start and without anybody having clicked anything.

use harness::{Client, Person, Server, TestDb, binary, cli};
use serde_json::Value;

const PASSWORD: &str = "waymark-demo";

fn cohort(client: &Client, name: &str) -> String {
    let all = client.get("/api/v1/cohorts").expect(200).json();
    let found = all["items"].as_array().into_iter().flatten().find(|cohort| cohort["name"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {all}"))["id"].as_str().unwrap().to_owned()
}

/// How many are told of a kind, in one of the lists of the page of a cohort that ended.
fn told(ended: &Value, list: &str, of: &str) -> u64 {
    let found = ended[list].as_array().into_iter().flatten().find(|one| one["of"] == of);
    found.and_then(|one| one["people"].as_u64()).unwrap_or_else(|| panic!("no {of} in {ended}"))
}

fn items(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).expect(200).json()["items"].as_array().unwrap_or_else(|| panic!("{path} has no items")).clone()
}

#[test]
fn the_demo_has_something_of_all_that_cohorts_and_mentors_do() {
    if binary().is_none() {
        return;
    }
    let db = TestDb::sqlite();
    let server = Server::try_start_as(&db, &["serve", "--demo"], &[]).unwrap_or_else(|failed| panic!("{}", failed.said));
    let person = |username: &str| Person::sign_in(&server.client(), username, PASSWORD).client;
    let (marama, admin, tomas) = (person("marama"), person("admin"), person("tomas"));
    let (summer, autumn) = (cohort(&marama, "Platform, summer"), cohort(&admin, "Backend, autumn"));

    // A cohort that ended: most completed, by its rule or by the lead's word; what became of them is told as far as they say so.
    let ended = marama.get(&format!("/api/v1/cohorts/{summer}/ended")).expect(200).json();
    // Of twelve one was moved: counted where he went.
    assert_eq!(ended["learners"], 11, "{ended}");
    assert_eq!([told(&ended, "states", "completed"), told(&ended, "states", "paused"), told(&ended, "states", "dropped")], [9, 1, 1]);
    assert_eq!([told(&ended, "outcomes", "hired"), told(&ended, "outcomes", "study"), told(&ended, "outcomes", "withheld")], [5, 1, 2]);
    let completion = marama.get(&format!("/api/v1/cohorts/{summer}/completion")).expect(200).json();
    for one in completion["people"].as_array().unwrap().iter().filter(|one| one["state"] == "completed") {
        assert!(one["fulfils"] == true || one["reason"].is_string(), "completed without either: {one}");
    }
    marama.get(&format!("/api/v1/cohorts/{summer}/pseudonymous")).expect(200);

    // Whoever was moved is in the other cohort with all that they had, and one person is a mentor here and a learner there.
    let matteo = person("matteo");
    let own: Vec<String> = items(&matteo, "/api/v1/paths").iter().map(|path| path["role"].to_string()).collect();
    assert!(own.iter().any(|role| role.contains("platform")) && own.iter().any(|role| role.contains("backend")), "{own:?}");
    let standings: Vec<Value> = items(&person("ingrid"), "/api/v1/cohorts").iter().map(|cohort| cohort["standing"].clone()).collect();
    assert!(standings.contains(&Value::from("mentor")) && standings.contains(&Value::from("learner")), "{standings:?}");

    // Work with a file, made by three, came back, was handed in anew and accepted; the versions stay.
    let aiko = person("aiko");
    let handed: Vec<Value> = db
        .sql(
            "select r.version || ' ' || r.returned || ' ' || v.level || ' ' || count(distinct a.id) from review_verdicts v \
             join reviews r on r.id = v.review join review_requests q on q.id = r.request \
             join accounts p on p.id = q.account join attachments a on a.account = q.account and a.entry = q.entry \
             where p.username = 'aiko' and v.level is not null group by r.id order by r.id",
        )
        .lines()
        .map(Value::from)
        .collect();
    assert_eq!(handed, ["1 1 notes 1", "1 0 followed 2"], "what was handed in with files, and the level of its runbook");
    aiko.get("/ledger").expect(200);

    // For those who sign in by the console's list something waits.
    assert!(person("ada").get("/together").expect(200).text().contains("Esther Mensah"));
    let queue = items(&tomas, &format!("/api/v1/cohorts/{autumn}/queue"));
    let begun = queue.iter().find(|waiting| waiting["said"] == "Parcel tracking as a team").expect("the team’s work waits");
    let review = tomas.get(&format!("/api/v1/cohorts/{autumn}/reviews/{}", begun["id"].as_str().unwrap())).expect(200).text();
    assert!(review.contains("Found a parcel of another customer"), "the draft is there: {review}");
    assert!(!items(&admin, &format!("/api/v1/cohorts/{autumn}/alerts")).is_empty(), "the jobs have raised alerts");

    // What came of it by other ways than the product's would not compute to the same.
    let verified = cli(&db, &["rescore", "--verify"], "");
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}
