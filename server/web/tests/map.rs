//! The map of a path through its page and its API: everything is linked, nothing is too heavy, the list holds what pills
//! stand for.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use common::Waymark;
use domain::policy::Scope;
use serde_json::{Value, json};

struct Learner<'a> {
    waymark: &'a Waymark,
    token: String,
    cookie: String,
    path: String,
}

impl<'a> Learner<'a> {
    fn on_the_role(waymark: &'a Waymark, level: &str) -> Self {
        let account = waymark.account("ada", false);
        let (token, cookie) = (waymark.token(&account, Scope::Write, None), waymark.cookie(&account));
        let wish = json!({ "role": "backend-developer", "target_level": level, "target_day": "2027-03-01" });
        let made = waymark.send("POST", "/api/v1/paths", &token, wish);
        assert_eq!(made.status, 201, "{}", made.body);
        let path = made.json()["id"].as_str().unwrap().to_owned();
        Self { waymark, token, cookie, path }
    }

    fn page(&self, below: &str) -> String {
        let answer = self.waymark.get(&format!("/paths/{}{below}", self.path), &[("cookie", &self.cookie), ("accept-language", "en")]);
        assert_eq!(answer.status, 200, "{below}: {}", answer.body);
        answer.body
    }

    fn json(&self, below: &str) -> Value {
        self.waymark.get_as(&format!("/api/v1/paths/{}{below}", self.path), &self.token).json()
    }

    /// Requirements that a piece of the page links, with how often.
    fn linked(&self, html: &str) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        let before = format!("href=\"/paths/{}/requirements/", self.path);
        for rest in html.split(&before).skip(1) {
            *found.entry(rest.split('"').next().unwrap().to_owned()).or_default() += 1;
        }
        found
    }
}

fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    html.split_once(from).unwrap_or_else(|| panic!("no {from}")).1.split_once(to).unwrap().0
}

fn ids(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_requirement_up_to_the_target_is_linked_once_in_the_strips_and_drawn_once_or_named_by_a_pill() {
    let waymark = Waymark::start();
    let ada = Learner::on_the_role(&waymark, "backend-developer");
    let page = ada.page("");
    let wanted: BTreeSet<String> = ada.json("")["requirements"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|requirement| requirement["beyond"] == false)
        .map(|requirement| requirement["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(wanted.len() > 100);

    let strips = ada.linked(between(&page, "<div class=\"strips\">", "<figcaption"));
    for id in &wanted {
        assert_eq!(strips.get(id), Some(&1), "{id} in the strips");
    }
    let picture = ada.linked(between(&page, "<svg class=\"map\"", "<div class=\"sheets\""));
    let map = ada.json("/map");
    let in_pills: BTreeSet<String> = map["pills"].as_array().unwrap().iter().flat_map(|pill| ids(&pill["requirements"])).collect();
    for id in &wanted {
        let drawn = picture.get(id).copied().unwrap_or(0);
        assert_eq!(drawn + usize::from(in_pills.contains(id)), 1, "{id} in the picture");
    }
    assert!(page.matches("You are here").count() >= 2, "nobody is here");
}

#[test]
fn the_page_is_light_and_has_no_style_attribute_even_at_the_highest_target() {
    let waymark = Waymark::start();
    let ada = Learner::on_the_role(&waymark, "architect");
    let page = ada.page("");
    assert!(!page.contains(" style="), "a style attribute");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(page.as_bytes()).unwrap();
    let size = packed.finish().unwrap().len();
    assert!(size < 30_000, "{size} bytes after compression");
}

#[test]
fn the_api_gives_the_layout_that_the_page_draws() {
    let waymark = Waymark::start();
    let ada = Learner::on_the_role(&waymark, "backend-developer");
    let (page, map) = (ada.page(""), ada.json("/map"));
    let drawn = format!("viewBox=\"0 0 {} {}\"", map["width"], map["height"]);
    assert!(page.contains(&drawn), "{drawn}");
    let stations = map["stations"].as_array().unwrap();
    let picture = ada.linked(between(&page, "<svg class=\"map\"", "<div class=\"sheets\""));
    let of_api: BTreeSet<String> = stations.iter().map(|station| station["requirement"].as_str().unwrap().to_owned()).collect();
    assert_eq!(picture.into_keys().collect::<BTreeSet<_>>(), of_api);
    assert_eq!(stations.iter().filter(|station| station["here"] == true).count(), 1);

    // A claim is seen in the state of its station.
    let first = stations.iter().find(|station| station["state"] == "open" && station["group"].is_null()).unwrap();
    let id = first["requirement"].as_str().unwrap();
    let subjects = ada.json(&format!("/requirements/{id}"))["subjects"].clone();
    let held = json!([{ "subject": subjects[0], "step": "leading" }]);
    let claim = json!({ "kind": "claim", "subjects": held, "note": "Known." });
    let claimed = waymark.send("POST", "/api/v1/evidence", &ada.token, claim);
    assert_eq!(claimed.status, 201, "{}", claimed.body);
    let now = ada.json("/map");
    let station = now["stations"].as_array().unwrap().iter().find(|station| station["requirement"] == id).unwrap().clone();
    assert_eq!((station["state"].as_str(), station["trust"].as_str()), (Some("claimed"), Some("claimed")));
    assert_ne!(ada.page(""), page, "the map that was shown before hides the claim");
}

#[test]
fn a_pill_leads_to_the_list_of_just_what_it_stands_for() {
    let waymark = Waymark::start();
    let ada = Learner::on_the_role(&waymark, "backend-developer");
    let page = ada.page("");
    let map = ada.json("/map");
    let pill = |kind: &str| map["pills"].as_array().unwrap().iter().find(|pill| pill["kind"] == kind).unwrap().clone();
    let links: Vec<String> = page
        .split(&format!("href=\"/paths/{}/list?", ada.path))
        .skip(1)
        .map(|rest| format!("/list?{}", rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")))
        .collect();
    let listed = |link: &str| ada.linked(&ada.page(link)).into_keys().collect::<BTreeSet<String>>();

    let group = pill("more");
    let link = links.iter().find(|link| link.contains(&format!("area={}&", group["group"].as_str().unwrap()))).unwrap();
    assert!(listed(link).is_superset(&ids(&group["requirements"])), "{link}");
    assert!(listed(link).len() < 15, "{link} shows more than the group");

    let further = pill("further");
    let area = further["area"].as_str().unwrap();
    let link = links.iter().find(|link| link.contains(&format!("area={area}&")) && link.contains("level=beyond")).unwrap();
    assert!(listed(link).is_superset(&ids(&further["requirements"])), "{link}");
    for link in &links {
        assert!(!listed(link).is_empty(), "{link} shows nothing");
    }
}

#[test]
fn somebody_elses_map_is_not_there() {
    let waymark = Waymark::start();
    let ada = Learner::on_the_role(&waymark, "junior");
    let bob = waymark.account("bob", false);
    let cookie = waymark.cookie(&bob);
    for page in ["", "/list"] {
        assert_eq!(waymark.get(&format!("/paths/{}{page}", ada.path), &[("cookie", &cookie)]).status, 404);
    }
    let token = waymark.token(&bob, Scope::Read, None);
    assert_eq!(waymark.get_as(&format!("/api/v1/paths/{}/map", ada.path), &token).status, 404);
}
