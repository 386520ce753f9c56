//! What both databases promise alike.

use harness::{Database, on_both};
use store::{Backend, Options, Store};

on_both! {
    fn an_empty_database_is_refused_until_it_is_migrated_and_then_taken(db) {
        let store = Store::open(&Options { url: db.url().to_owned(), readers: 2 }).unwrap();
        assert_eq!(store.backend() == Backend::Postgres, db.kind() == Database::Postgres);
        let refused = store.check_schema().unwrap_err().to_string();
        assert!(refused.contains("waymark migrate"), "{refused}");
        let run = store.migrate().unwrap();
        assert!(!run.is_empty());
        store.check_schema().unwrap();
        assert!(store.migrate().unwrap().is_empty(), "a second time there is nothing to do");
    }
}
