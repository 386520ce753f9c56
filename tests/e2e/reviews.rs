//! A review by somebody outside: the learner asks in one browser, the reviewer answers in another without signing in.

use harness::{Browser, Person, Server, on_both_served};
use serde_json::{Value, json};

on_both_served! {
    fn a_reviewer_without_an_account_turns_a_claim_into_proof_as_far_as_a_peer_can(db) {
        let (Some(learner), Some(reviewer)) = (Browser::open(), Browser::open()) else { return };
        let server = Server::start(&db);
        let base = server.base().to_owned();
        let ada = Person::new(&server, &db, "ada");
        let path = ada.send("POST", "/api/v1/paths", &json!({ "role": "backend-developer", "target_level": "senior" })).expect(201).json();
        let path = path["id"].as_str().expect("a path").to_owned();
        let readiness = || -> Value { ada.client.get(&format!("/api/v1/paths/{path}/readiness")).json() };
        let project = a_project(&ada, &path);
        let shot = |browser: &Browser, name: &str| drop(browser.screenshot(&format!("review-{:?}-{name}", db.kind())));

        // Work without a link is the learner's word only.
        learner.goto(&format!("{base}/login"));
        learner.fill("input[name=username]", &ada.username);
        learner.fill("input[name=password]", &ada.password);
        learner.click("form button");
        learner.sees(&ada.username);
        learner.goto(&format!("{base}/paths/{path}/requirements/{project}"));
        learner.click("#add input[name=kind][value=submission]");
        learner.fill("#add textarea[name=note]", "Shown on a call; the repository is private.");
        learner.click("#f-do");
        learner.sees("It is in your ledger");
        let criteria = learner.count("#add input[name=criterion]");
        assert!(criteria >= 2, "a project with one criterion tells nothing");
        let before = readiness();
        assert!(before["claimed"].as_u64() > Some(0) && before["proven"] == 0, "{before}");

        // Asking shows the link once; with htmx only that section is swapped.
        learner.run("document.querySelector('h1').dataset.mark = 'kept'");
        learner.fill("#rv input[name=reviewer]", "Bo Lindqvist");
        learner.fill("#rv textarea[name=message]", "Please look at the errors.");
        learner.click("#rv-do");
        learner.sees("it is not shown again");
        assert_eq!(learner.attribute("h1", "data-mark").as_deref(), Some("kept"), "the whole page was loaded anew");
        let link = learner.text("#new-review");
        shot(&learner, "1-asked");
        learner.goto(&link);
        learner.sees("This is your own work");

        // The reviewer has never signed in.
        reviewer.goto(&link);
        reviewer.sees("ada asks for your review");
        reviewer.sees("Please look at the errors.");
        assert_eq!(reviewer.count("nav"), 0, "nothing of the rest is offered");
        shot(&reviewer, "2-open");
        for at in 0..criteria {
            let verdict = if at == 0 { "met" } else { "not-met" };
            // The bar with the button stands at the window's lower edge: one scrolls the choice clear of it.
            let choice = format!("label:has(> input[name=verdict-{at}][value={verdict}])");
            reviewer.run(&format!("document.querySelector('{choice}').scrollIntoView({{ block: 'center' }})"));
            reviewer.click(&choice);
        }
        reviewer.fill("textarea[name=comment-1]", "I saw the code, but no test.");
        reviewer.fill("textarea[name=comment]", "Clean work.");
        reviewer.click(".bar-foot button");
        reviewer.sees("Thank you");
        shot(&reviewer, "3-sent");

        // The learner reads it, and one criterion is proven: no more than was met.
        learner.goto(&format!("{base}/paths/{path}/requirements/{project}"));
        learner.sees("Clean work.");
        learner.sees("I saw the code, but no test.");
        learner.sees(&format!("1 of {criteria} criteria met"));
        shot(&learner, "4-answered");
        let after = readiness();
        assert_eq!(after["claimed"], before["claimed"]);
        assert!(after["proven"].as_u64() > Some(0) && after["proven"].as_u64() < after["claimed"].as_u64(), "{after}");
        learner.goto(&format!("{base}/ledger"));
        learner.sees("peer-reviewed");
        learner.sees("reviews entry 1");
        reviewer.goto(&link);
        reviewer.sees("Thank you");
    }
}

/// A project of the role with several criteria.
fn a_project(ada: &Person, path: &str) -> String {
    let state = ada.client.get(&format!("/api/v1/paths/{path}")).json();
    let requirements = state["requirements"].as_array().expect("requirements");
    let ids = requirements.iter().filter(|requirement| requirement["beyond"] == false).filter_map(|requirement| requirement["id"].as_str());
    let is_project = |id: &&str| {
        let detail = ada.client.get(&format!("/api/v1/paths/{path}/requirements/{id}")).json();
        detail["kind"] == "project" && detail["subjects"][1].is_string()
    };
    ids.into_iter().find(is_project).expect("the role has a project").to_owned()
}
