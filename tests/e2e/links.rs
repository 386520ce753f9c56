//! Every link of every page leads somewhere, and stays below the base URL's path.

use std::collections::{BTreeMap, VecDeque};
use std::net::TcpListener;

use harness::{Client, Person, Server, TestDb, binary, on_both_served};

on_both_served! {
    fn below_a_path_every_link_leads_somewhere_and_stays_below_it(db) {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let base = format!("http://127.0.0.1:{port}/school/waymark");
        let bind = format!("127.0.0.1:{port}");
        let _server = Server::start_with(&db, &[("WAYMARK_SERVER__BIND", &bind), ("WAYMARK_SERVER__BASE_URL", &base)]);
        let client = Client::new(&base);
        // Outside of the path there is nothing; the path without its slash leads home.
        assert_eq!(Client::new(&format!("http://127.0.0.1:{port}")).get("/login").status, 404);
        assert_eq!(client.get(&base).location(), "/school/waymark/");
        let admin = Person::at(&client, &db, "ada", true);
        let seen = crawl(&admin.client, "/school/waymark/", "/school/waymark");
        assert!(seen.len() > 15, "hardly a page: {:?}", seen.keys());
        assert!(seen.keys().any(|page| page.starts_with("/school/waymark/assets/")));
    }
}

#[test]
fn the_demo_has_no_dead_link_for_any_of_its_people() {
    if binary().is_none() {
        return;
    }
    let db = TestDb::sqlite();
    let server = Server::try_start_as(&db, &["serve", "--demo"], &[]).unwrap_or_else(|failed| panic!("{}", failed.said));
    let said = server.said().text();
    let password = said.split(['“', '”']).nth(1).expect("the password of all");
    // Lines such as `  ada      Ada Lovelace, admin`, below the one that names the password.
    let people: Vec<&str> = said
        .lines()
        .skip_while(|line| !line.contains(password))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(people.len() >= 3, "{said}");
    for username in people {
        let person = Person::sign_in(&server.client(), username, password);
        let seen = crawl(&person.client, "/", "");
        assert!(seen.len() > 15, "{username} sees hardly a page: {:?}", seen.keys());
    }
}

/// Follows every `href` and `src` from `start`; gives each page with the page that first named it.
pub fn crawl(client: &Client, start: &str, below: &str) -> BTreeMap<String, String> {
    let origin = client.base().trim_end_matches(below);
    let mut seen = BTreeMap::from([(start.to_owned(), "the start".to_owned())]);
    let mut open = VecDeque::from([start.to_owned()]);
    while let Some(page) = open.pop_front() {
        let answer = client.get(&page);
        let from = &seen[&page];
        assert!(matches!(answer.status, 200 | 301..=308), "{page} (named by {from}): {}\n{}", answer.status, answer.text());
        let mut links = Vec::new();
        if let Some(to) = answer.header("location") {
            links.push(to.to_owned());
        }
        if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            links.extend(links_of(&answer.text()));
        }
        for link in links {
            let link = link.strip_prefix(origin).unwrap_or(&link);
            if link.contains("://") || link.starts_with("mailto:") || link.starts_with("data:") {
                continue;
            }
            let link = link.split('#').next().unwrap_or_default().to_owned();
            if link.is_empty() {
                continue;
            }
            let link = if let Some(query) = link.strip_prefix('?') {
                format!("{}?{query}", page.split('?').next().unwrap_or_default())
            } else {
                link
            };
            assert!(link == below || link.starts_with(&format!("{below}/")), "{page} leads out of {below}: {link}");
            // Many pages of one kind say no more than some: no more than 5 that differ only in their query.
            let path = link.split('?').next().unwrap_or_default();
            let alike = seen.keys().filter(|known| known.split('?').next() == Some(path)).count();
            if alike < 5 && !seen.contains_key(&link) && seen.len() < 600 {
                seen.insert(link.clone(), page.clone());
                open.push_back(link);
            }
        }
    }
    seen
}

/// Where a page's `href`, `src` and `action` lead.
fn links_of(html: &str) -> Vec<String> {
    let mut links = Vec::new();
    for attribute in [" href=\"", " src=\"", " hx-get=\""] {
        for rest in html.split(attribute).skip(1) {
            let value = rest.split('"').next().unwrap_or_default();
            links.push(value.replace("&amp;", "&").replace("&#38;", "&").replace("&#x2F;", "/"));
        }
    }
    links
}
