//! The route table: who comes in where, what OpenAPI says, and whether names and words exist.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;

use common::Waymark;
use domain::cohort::Standing;
use domain::policy::Scope;

/// How a caller proves who they are, made anew for every request: some routes end sessions.
type Proof<'a> = Box<dyn Fn() -> Vec<(&'static str, String)> + 'a>;

#[test]
fn who_comes_in_where() {
    let waymark = Waymark::start();
    let learner = waymark.account("learner", false);
    let mentor = waymark.account("mentor", false);
    let admin = waymark.account("admin", true);
    let disabled = waymark.account("disabled", true);
    let revoked = waymark.account("revoked", true);
    waymark.cohort("Autumn", &[(&learner, Standing::Learner), (&mentor, Standing::Mentor)]);
    let d = disabled.id;
    let cookie_of = |account: &domain::account::Account| {
        let account = account.clone();
        let waymark = &waymark;
        Box::new(move || vec![("cookie", waymark.cookie(&account)), ("sec-fetch-site", "same-origin".to_owned())]) as Proof<'_>
    };
    let token_of = |token: String| Box::new(move || vec![("authorization", format!("Bearer {token}"))]) as Proof<'_>;
    let expired = waymark.token(&admin, Scope::Admin, Some(1));
    let revoked_token = waymark.token(&revoked, Scope::Admin, None);
    waymark.revoke_tokens(&revoked);
    let of_disabled = waymark.token(&disabled, Scope::Admin, None);
    waymark.store.write_blocking(move |conn| store::accounts::set_disabled(conn, d, true)).unwrap();
    let callers: Vec<(&str, Proof<'_>)> = vec![
        ("nobody", Box::new(|| vec![("sec-fetch-site", "same-origin".to_owned())])),
        ("learner", cookie_of(&learner)),
        ("mentor", cookie_of(&mentor)),
        ("admin", cookie_of(&admin)),
        ("disabled", cookie_of(&disabled)),
        ("cross", Box::new(|| vec![("cookie", waymark.cookie(&admin)), ("sec-fetch-site", "cross-site".to_owned())])),
        ("l:read", token_of(waymark.token(&learner, Scope::Read, None))),
        ("l:write", token_of(waymark.token(&learner, Scope::Write, None))),
        ("l:admin", token_of(waymark.token(&learner, Scope::Admin, None))),
        ("a:read", token_of(waymark.token(&admin, Scope::Read, None))),
        ("a:write", token_of(waymark.token(&admin, Scope::Write, None))),
        ("a:admin", token_of(waymark.token(&admin, Scope::Admin, None))),
        ("d:admin", token_of(of_disabled)),
        ("expired", token_of(expired)),
        ("revoked", token_of(revoked_token)),
    ];
    let mut table = format!("{:<72}{:<10}", "route", "access");
    for (name, _) in &callers {
        write!(table, "{name:<9}").unwrap();
    }
    table.push('\n');
    for route in web::routes::table() {
        // Limits on guessing are not what is looked at here.
        waymark.pass_seconds(3_600);
        write!(table, "{:<72}{:<10}", format!("{} {}", route.method.method(), route.pattern), route.access.word()).unwrap();
        for (name, proof) in &callers {
            let headers = proof();
            let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = waymark.ask(route.method.method().as_str(), &filled(route.pattern), &headers, b"");
            assert!(answer.status < 500, "{} as {name}: {}", route.name, answer.body);
            write!(table, "{:<9}", outcome(&answer)).unwrap();
        }
        table = table.trim_end().to_owned();
        table.push('\n');
    }
    insta::assert_snapshot!("who_comes_in_where", table);
}

/// A path of the pattern that leads to nothing that exists.
fn filled(pattern: &str) -> String {
    let mut path = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        path.push_str("00000000000000000000000000000000");
        rest = after.split_once('}').unwrap().1;
    }
    path + rest
}

/// `in` when the handler ran, whatever it came to.
fn outcome(answer: &common::Answer) -> String {
    match answer.status {
        303 if answer.header("location").starts_with("/login?next=") => "login".to_owned(),
        401 | 403 => answer.status.to_string(),
        _ => "in".to_owned(),
    }
}

#[test]
fn the_openapi_document_describes_every_route_of_the_api() {
    let waymark = Waymark::start();
    let document = waymark.get("/api/v1/openapi.json", &[]).json();
    assert_eq!(document["openapi"], "3.1.0");
    for route in web::routes::table().into_iter().filter(|route| route.is_api()) {
        assert!(route.doc.is_some(), "{} is not documented", route.name);
    }
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#/components/schemas/").skip(1).filter_map(|part| part.split('"').next()) {
        assert!(document["components"]["schemas"][reference].is_object(), "{reference} is not described");
    }
    insta::assert_snapshot!("openapi", serde_json::to_string_pretty(&document).unwrap());
}

#[test]
fn names_and_ways_in_are_unique() {
    let (mut names, mut ways) = (BTreeSet::new(), BTreeSet::new());
    for route in web::routes::table() {
        assert!(names.insert(route.name), "two routes are called {}", route.name);
        assert!(ways.insert((route.method.method().to_string(), route.pattern)), "two routes are at {}", route.pattern);
    }
}

#[test]
fn every_link_of_a_letter_leads_to_a_route() {
    let plain = |pattern: &str| {
        let parts = pattern.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let known: BTreeSet<String> = web::routes::table().iter().map(|route| plain(route.pattern)).collect();
    for link in letters::LINKS {
        assert!(known.contains(&plain(link)), "no route for {link}");
    }
}

#[test]
fn every_word_and_every_link_that_templates_and_code_use_exists() {
    let lang = words::Words::load().for_languages(Some("en"), None);
    let names: BTreeSet<&str> = web::routes::table().iter().map(|route| route.name).collect();
    let mut missing = BTreeSet::new();
    for (file, text) in sources() {
        for call in [".t(\"", ".t1(\"", ".t2(\"", ".t3(\"", ".t_with(\""] {
            missing.extend(literals(&text, call).filter(|key| !lang.has(key)).map(|key| format!("{file}: no words for {key}")));
        }
        for call in ["w.link(\"", "w.link1(\"", "w.link2(\"", "w.link3(\"", "links.path(\"", "links.absolute(\"", "w.asset(\""] {
            let known = |name: &str| if call == "w.asset(\"" { name.contains('.') } else { names.contains(name) };
            missing.extend(literals(&text, call).filter(|name| !known(name)).map(|name| format!("{file}: no route is called {name}")));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_template_has_inline_style_or_script() {
    for (file, text) in sources().into_iter().filter(|(file, _)| file.ends_with(".html")) {
        assert!(!text.contains(" style="), "{file} has a style attribute");
        assert!(!text.contains("<style"), "{file} has a style element");
        assert!(!text.contains(" onclick=") && !text.contains("javascript:"), "{file} has a script");
        let scripts = text.matches("<script").count();
        assert_eq!(scripts, text.matches("<script src=").count(), "{file} has an inline script");
        assert!(!text.contains("//") || !text.contains("src=\"http"), "{file} asks another host");
    }
}

fn literals<'a>(text: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(call).filter_map(move |(at, _)| text[at + call.len()..].split('"').next())
}

/// All sources and templates, with their paths.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "html") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}
