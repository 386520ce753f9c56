//! Without a network: the home page as it was seen last, nobody else's, and no other page.

use std::net::TcpListener;

use harness::{Browser, Database, Server, on_both_served};

on_both_served! {
    fn without_a_network_the_home_page_is_there_as_last_seen_until_one_signs_out(db) {
        let Some(browser) = Browser::open() else { return };
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // One of the two stories is below a path.
        let below = if db.kind() == Database::Postgres { "/school" } else { "" };
        let base = format!("http://127.0.0.1:{port}{below}");
        let bind = format!("127.0.0.1:{port}");
        let settings = [("WAYMARK_SERVER__BIND", bind.as_str()), ("WAYMARK_SERVER__BASE_URL", base.as_str())];
        let added = harness::cli_with(&db, &settings, &["migrate"], "");
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        let added = harness::cli_with(&db, &settings, &["user", "add", "grace", "--name", "Grace Hopper"], "correct horse battery\n");
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));

        let server = Server::start_with(&db, &settings);
        sign_in(&browser, &base);
        assert_eq!(browser.count("#offline[hidden]"), 1, "with a network nothing is said");
        // The worker takes over the pages that are open; from the next one on it keeps the home page.
        let taken = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller \
                     || new Promise(taken => navigator.serviceWorker.addEventListener('controllerchange', taken)))";
        let taken = browser.run_async(&format!("const tell = arguments[0]; {taken}.then(() => tell(true), why => tell(String(why)))"));
        assert_eq!(taken, true);
        browser.goto(&format!("{base}/"));
        browser.sees("Grace");
        assert_eq!(server.stop().code(), Some(0));

        browser.goto(&format!("{base}/"));
        browser.sees("as last seen at");
        browser.sees("Welcome, Grace Hopper");
        browser.screenshot(&format!("offline-{:?}-home", db.kind()));
        browser.goto(&format!("{base}/ledger"));
        browser.sees("No network");
        browser.goto(&format!("{base}/settings"));
        browser.sees("No network");

        let server = Server::start_with(&db, &settings);
        browser.goto(&format!("{base}/"));
        assert_eq!(browser.count("#offline[hidden]"), 1, "the network is back");
        browser.click(".me summary");
        browser.click_on("Sign out");
        browser.sees("Sign in");
        assert_eq!(server.stop().code(), Some(0));
        browser.goto(&format!("{base}/"));
        browser.sees("No network");
        assert!(!browser.source().contains("Grace"), "whoever left is still shown");
    }
}

fn sign_in(browser: &Browser, base: &str) {
    browser.goto(&format!("{base}/login"));
    browser.fill("input[name=username]", "grace");
    browser.fill("input[name=password]", "correct horse battery");
    browser.click("form button.go");
    browser.sees("Welcome, Grace Hopper");
}
