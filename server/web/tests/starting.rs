//! Starting a path step by step: what a newcomer knows is ticked, told before it is stored, and told apart afterwards.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{Answer, Waymark};
use domain::policy::Scope;
use serde_json::{Value, json};

/// Somebody in a browser without scripts.
struct Newcomer<'a> {
    waymark: &'a Waymark,
    cookie: String,
    token: String,
}

/// What stands in the form of the second step.
const WISH: [(&str, &str); 5] =
    [("role", "backend-developer"), ("level", "backend-developer"), ("day", "2027-03-01"), ("hours", "7"), ("rule", "waymark/default")];

impl<'a> Newcomer<'a> {
    fn arrives(waymark: &'a Waymark) -> Self {
        let account = waymark.account("ada", false);
        Self { waymark, cookie: waymark.cookie(&account), token: waymark.token(&account, Scope::Write, None) }
    }

    fn get(&self, path: &str) -> String {
        let answer = self.waymark.get(path, &[("cookie", &self.cookie), ("accept-language", "en")]);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    /// Presses the button of a step, with the form as it stands and more.
    fn press(&self, step: &str, form: &[(&str, &str)], ticks: &[&str]) -> Answer {
        let mut fields = form.to_vec();
        fields.extend(ticks.iter().map(|tick| ("known", *tick)));
        fields.push(("step", step));
        self.waymark.form("/start", &self.cookie, &fields)
    }

    fn api(&self, path: &str) -> Value {
        let answer = self.waymark.get_as(path, &self.token);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json()
    }

    fn claims(&self) -> Vec<String> {
        let mut all: Vec<String> = self.api("/api/v1/evidence?limit=200")["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| format!("{} {}", entry["kind"].as_str().unwrap(), entry["subjects"]))
            .collect();
        all.reverse();
        all
    }

    fn paths(&self) -> usize {
        self.api("/api/v1/paths")["items"].as_array().unwrap().len()
    }
}

/// The element of `html` that begins with `from`.
fn element<'a>(html: &'a str, from: &str) -> &'a str {
    let at = html.find(from).unwrap_or_else(|| panic!("no {from} in {html}"));
    html[at..].split_once('>').unwrap().0
}

/// The options that a skill's field offers.
fn options(html: &str, skill: &str) -> String {
    let at = html.find(&format!("<select id=\"k-{skill}\"")).unwrap_or_else(|| panic!("{skill} is not asked"));
    html[at..].split_once("</select>").unwrap().0.to_owned()
}

const TICKS: [&str; 3] = ["skill:python@independent", "skill:git@working", "criterion:unit-tests-present"];

#[test]
fn a_newcomer_who_knows_things_ticks_them_and_ends_on_a_map_that_says_what_is_only_believed() {
    let waymark = Waymark::start();
    let ada = Newcomer::arrives(&waymark);
    let target = ada.get("/start?role=backend-developer");
    assert!(target.contains("value=\"know\"") && target.contains("value=\"begin\""));

    let know = ada.press("know", &WISH, &[]);
    assert_eq!(know.status, 200, "{}", know.body);
    assert!(know.body.contains("name=\"hours\" value=\"7\"") && know.body.contains("name=\"day\" value=\"2027-03-01\""));
    let python = options(&know.body, "python");
    assert_eq!(python.matches("<option").count(), 5, "{python}");
    assert!(know.body.contains("value=\"criterion:unit-tests-present\""));
    assert!(!know.body.contains("value=\"certification:"), "a certification was asked");

    let check = ada.press("check", &WISH, &TICKS);
    assert_eq!(check.status, 200, "{}", check.body);
    assert!(check.body.contains("3 new claims") && check.body.contains("Python (independent)"), "{}", check.body);
    for tick in TICKS {
        assert!(check.body.contains(&format!("name=\"known\" value=\"{tick}\"")), "{tick} is lost");
    }
    let told = check.body.split_once("id=\"stand\">").unwrap().1.split_once('<').unwrap().0.to_owned();
    assert_eq!((ada.paths(), ada.claims().len()), (0, 0), "something was stored before the last step");

    let begun = ada.press("begin", &WISH, &TICKS);
    assert_eq!(begun.status, 303, "{}", begun.body);
    let map = begun.header("location").to_owned();
    assert!(map.ends_with("?begun=1"), "{map}");
    let page = ada.get(&map);
    let note = page.split_once("id=\"begun\"").unwrap().1.split_once("</div></div>").unwrap().0;
    assert!(note.contains("count only because you ticked them") && note.contains("linked"), "{note}");
    assert!(page.contains("#g-claimed\" x="), "the map is empty");
    // Beside it, nothing is left of it once it has been read.
    let path = map.trim_end_matches("?begun=1");
    assert!(!ada.get(path).contains("id=\"begun\""));

    // The promise of the step before is what the score says.
    let id = path.trim_start_matches("/paths/");
    let score = ada.api(&format!("/api/v1/paths/{id}/readiness"));
    let claimed = score["claimed"].as_u64().unwrap();
    assert!(claimed >= 10, "{claimed}");
    let (whole, tenth) = (claimed / 100, claimed % 100 / 10);
    let points = if tenth == 0 { whole.to_string() } else { format!("{whole}.{tenth}") };
    assert_eq!(told, format!("Readiness: {points} % claimed, 0 % proven."));
    assert_eq!(score["proven"], 0);

    // Entries say it, and a claim of later does not.
    assert_eq!(ada.claims().len(), 3);
    waymark.pass_seconds(60);
    let later = json!({ "kind": "claim", "subjects": [{ "subject": "skill:sql", "step": "working" }] });
    assert_eq!(waymark.send("POST", "/api/v1/evidence", &ada.token, later).status, 201);
    assert_eq!(ada.get("/ledger").matches("because you ticked it when you started").count(), 3);
    assert!(ada.get(&format!("{path}/requirements/python")).contains("because you ticked it when you started"));
}

#[test]
fn a_role_that_is_followed_already_leads_to_its_path() {
    let waymark = Waymark::start();
    let ada = Newcomer::arrives(&waymark);
    let path = ada.press("begin", &WISH, &[]).header("location").to_owned();
    let again = waymark.get("/start?role=backend-developer", &[("cookie", &ada.cookie)]);
    assert_eq!((again.status, again.header("location")), (303, path.as_str()));
    assert!(ada.get("/start").contains("You follow this role already"));
}

#[test]
fn a_requirement_shows_the_newest_entries_and_the_others_when_they_are_asked_for() {
    let waymark = Waymark::start();
    let ada = Newcomer::arrives(&waymark);
    let path = ada.press("begin", &WISH, &[]).header("location").to_owned();
    for number in 1..=22 {
        let claim =
            json!({ "kind": "claim", "note": format!("time {number}."), "subjects": [{ "subject": "skill:sql", "step": "working" }] });
        assert_eq!(waymark.send("POST", "/api/v1/evidence", &ada.token, claim).status, 201);
    }
    let page = ada.get(&format!("{path}/requirements/sql"));
    assert!(page.contains("time 22.") && page.contains("time 3.") && !page.contains("time 2."), "{page}");
    assert!(page.contains("2 older entries"));
    let link = page.split_once("?entries=all").unwrap().0.rsplit_once('"').unwrap().1.to_owned();
    let all = ada.get(&format!("{link}?entries=all"));
    assert!(all.contains("time 1.") && all.contains("time 22.") && !all.contains("older entries"), "{all}");
}

#[test]
fn an_error_and_the_way_back_lose_nothing() {
    let waymark = Waymark::start();
    let ada = Newcomer::arrives(&waymark);
    let wrong: Vec<(&str, &str)> = WISH
        .iter()
        .map(|&(name, value)| if name == "day" { (name, "2020-01-01") } else { (name, value) })
        .chain([("member", "python")])
        .collect();
    for step in ["know", "check", "begin"] {
        let again = ada.press(step, &wrong, &TICKS);
        assert_eq!(again.status, 422, "{step}");
        assert!(again.body.contains("The target day has to lie ahead") && again.body.contains("value=\"2020-01-01\""), "{step}");
        for tick in TICKS {
            assert!(again.body.contains(&format!("name=\"known\" value=\"{tick}\"")), "{step} lost {tick}");
        }
    }

    // A tick that nobody could have set: the third step says so and keeps the others.
    let ticks = [TICKS.as_slice(), &["skill:basket-weaving@leading"]].concat();
    for step in ["check", "begin"] {
        let again = ada.press(step, &WISH, &ticks);
        assert_eq!(again.status, 422, "{step}");
        assert!(again.body.contains("The catalogue has no such subject"), "{}", again.body);
        assert!(options(&again.body, "python").contains("value=\"skill:python@independent\" selected"));
    }

    // Back from the last step to the third, and to the second.
    let know = ada.press("know", &WISH, &TICKS);
    assert!(options(&know.body, "git").contains("value=\"skill:git@working\" selected"));
    assert!(element(&know.body, "<input type=\"checkbox\" name=\"known\" value=\"criterion:unit-tests-present\"").ends_with("checked"));
    let target = ada.press("target", &WISH, &TICKS);
    assert_eq!(target.status, 200);
    assert!(target.body.contains("name=\"known\" value=\"skill:python@independent\"") && target.body.contains("value=\"7\""));

    // A target that was lowered hides what is asked above it, and forgets none of it.
    let low: Vec<(&str, &str)> = WISH.iter().map(|&(name, value)| if name == "level" { (name, "junior") } else { (name, value) }).collect();
    let ticks = [TICKS.as_slice(), &["criterion:query-measured"]].concat();
    let hidden = "type=\"hidden\" name=\"known\" value=\"criterion:query-measured\"";
    assert!(!ada.press("know", &WISH, &ticks).body.contains(hidden));
    let lower = ada.press("know", &low, &ticks).body;
    assert!(lower.contains(hidden), "{lower}");
    assert_eq!((ada.paths(), ada.claims().len()), (0, 0));
}

#[test]
fn whoever_skips_the_ticks_starts_at_zero_with_one_click() {
    let waymark = Waymark::start();
    let ada = Newcomer::arrives(&waymark);
    let begun = ada.press("begin", &WISH, &[]);
    assert_eq!(begun.status, 303);
    assert!(!begun.header("location").contains("begun"), "{}", begun.header("location"));
    assert_eq!((ada.paths(), ada.claims().len()), (1, 0));
    // Once more is refused beside the role, with the form.
    let again = ada.press("begin", &WISH, &TICKS);
    assert_eq!(again.status, 422);
    assert!(again.body.contains("You follow this role already"));
    assert_eq!((ada.paths(), ada.claims().len()), (1, 0), "half of it was stored");
}

#[test]
fn what_the_ledger_says_already_is_shown_and_not_said_twice() {
    let waymark = Waymark::start();
    let ada = Newcomer::arrives(&waymark);
    let link = json!({
        "kind": "link", "url": "https://git.example/ada",
        "subjects": [{ "subject": "skill:python", "step": "independent" }, { "subject": "criterion:unit-tests-present" }],
    });
    assert_eq!(waymark.send("POST", "/api/v1/evidence", &ada.token, link).status, 201);
    waymark.pass_seconds(60);

    let know = ada.press("know", &WISH, &[]).body;
    let python = options(&know, "python");
    assert!(python.contains("in your ledger: independent") && !python.contains("skill:python@working"), "{python}");
    assert!(python.contains("skill:python@leading"));
    assert!(know.contains("in your ledger already") && !know.contains("value=\"criterion:unit-tests-present\""));

    let check = ada.press("check", &WISH, &TICKS).body;
    assert!(check.contains("One new claim") && check.contains("Git (working)") && !check.contains("Python ("), "{check}");
    assert_eq!(ada.press("begin", &WISH, &TICKS).status, 303);
    let claims = ada.claims();
    assert_eq!(claims.len(), 2, "{claims:?}");
    assert!(claims[0].starts_with("link") && claims[1].starts_with("claim") && claims[1].contains("skill:git"), "{claims:?}");
}

#[test]
fn the_api_starts_a_path_with_what_is_known_once_for_a_key() {
    let waymark = Waymark::start();
    let ada = Newcomer::arrives(&waymark);
    let wish = json!({
        "role": "backend-developer",
        "known": [{ "subject": "skill:python", "step": "working" }, { "subject": "criterion:unit-tests-present" }],
    });
    let send = || waymark.send_with("POST", "/api/v1/paths", &ada.token, wish.clone(), &[("idempotency-key", "first")]);
    let (first, again) = (send(), send());
    assert_eq!((first.status, again.status), (201, 201), "{}", again.body);
    assert_eq!(first.body, again.body);
    assert_eq!((ada.paths(), ada.claims().len()), (1, 2));

    let bob = waymark.account("bob", false);
    let token = waymark.token(&bob, Scope::Write, None);
    for (known, field, code) in [
        (json!([{ "subject": "python" }]), "known.0.subject", "subject_malformed"),
        (json!([{ "subject": "skill:python", "step": "wizard" }]), "known.0.step", "step_unknown"),
        (json!([{ "subject": "skill:python" }]), "known", "step_missing"),
        (json!([{ "subject": "criterion:nothing" }]), "known", "subject_unknown"),
        (Value::Array(vec![json!({ "subject": "criterion:unit-tests-present" }); 501]), "known", "too_many_known"),
    ] {
        let refused = waymark.send("POST", "/api/v1/paths", &token, json!({ "role": "backend-developer", "known": known }));
        assert_eq!(refused.status, 422, "{}", refused.body);
        let said = refused.json()["errors"][0].clone();
        assert_eq!((said["field"].as_str(), said["code"].as_str()), (Some(field), Some(code)), "{}", refused.body);
    }
    assert_eq!(waymark.get_as("/api/v1/paths", &token).json()["items"].as_array().unwrap().len(), 0);
}
