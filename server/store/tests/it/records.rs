//! Templates, packs, catalogue, idempotency, audit, instance.

use domain::catalogue::{CatalogueDocument, SubjectDocument};
use domain::ids::RevisionId;
use store::packs::{CallStats, NewPack};
use store::{Error, Store, audit, catalogue, idempotency, instance, packs, templates};

use crate::support::{at, each_backend, new_revision, person, read, write};

#[test]
fn a_revision_is_kept_once_and_never_differs() {
    each_backend(|store| {
        let put = |new: templates::NewRevision| write(store, move |conn| templates::put(conn, &new));
        let first = put(new_revision("backend-developer", "1.0.0", "aa")).unwrap();
        assert_eq!(put(new_revision("backend-developer", "1.0.0", "aa")).unwrap(), first);
        assert_eq!(put(new_revision("backend-developer", "1.0.0", "bb")).unwrap_err(), Error::Rule("revision_differs"));
        let kept = read(store, |conn| templates::get(conn, first));
        assert_eq!(
            (kept.role.as_str(), kept.canonical.as_str(), kept.origin.as_str()),
            ("backend-developer", "{\"id\":\"backend-developer\"}", "builtin")
        );
        assert_eq!(read(store, |conn| templates::by_hash(conn, "aa")), Some(kept));
        assert_eq!(read(store, |conn| templates::by_hash(conn, "bb")), None);
        assert_eq!(store.read_blocking(|conn| templates::get(conn, RevisionId(99))).unwrap_err(), Error::NotThere("revision"));
    });
}

#[test]
fn the_newest_revision_goes_by_version_and_not_by_arrival() {
    each_backend(|store| {
        for (version, hash) in [("1.9.0", "a"), ("1.10.0", "b"), ("1.10.0-rc.1", "c"), ("0.9.0", "d")] {
            write(store, move |conn| templates::put(conn, &new_revision("data-engineer", version, hash))).unwrap();
        }
        write(store, |conn| templates::put(conn, &new_revision("backend-developer", "3.0.0", "e"))).unwrap();
        assert_eq!(read(store, |conn| templates::newest(conn, "data-engineer")).unwrap().version, "1.10.0");
        assert_eq!(read(store, |conn| templates::newest(conn, "astronaut")), None);
        let newest: Vec<_> = read(store, templates::list_newest).into_iter().map(|head| (head.role, head.version)).collect();
        assert_eq!(newest, [("backend-developer".to_owned(), "3.0.0".to_owned()), ("data-engineer".to_owned(), "1.10.0".to_owned())]);
        let all: Vec<_> = read(store, |conn| templates::list(conn, "data-engineer")).into_iter().map(|head| head.version).collect();
        assert_eq!(all, ["1.10.0", "1.10.0-rc.1", "1.9.0", "0.9.0"]);
    });
}

fn pack(version: &str, digest: &str) -> NewPack {
    NewPack {
        plugin: "waymark/site-reliability".to_owned(),
        version: version.to_owned(),
        digest: digest.to_owned(),
        manifest_json: "{}".to_owned(),
        archive: vec![1, 2, 3],
        kind: "roles".to_owned(),
        now: at(0),
    }
}

fn install(store: &Store, version: &'static str, digest: &'static str) -> domain::ids::PackId {
    write(store, move |conn| packs::install(conn, &pack(version, digest))).unwrap()
}

#[test]
fn a_role_of_a_pack_is_on_offer_while_its_version_is_active_and_enabled() {
    each_backend(|store| {
        install(store, "1.0.0", "d1");
        install(store, "1.1.0", "d2");
        for (version, hash, origin) in [("1.0.0", "a", "1.0.0"), ("1.1.0", "b", "1.1.0"), ("1.0.0", "a", "1.1.0")] {
            let mut new = new_revision("site-reliability", version, hash);
            new.origin = format!("plugin:waymark/site-reliability@{origin}");
            write(store, move |conn| templates::put(conn, &new)).unwrap();
        }
        let newest = || read(store, |conn| templates::newest(conn, "site-reliability")).map(|revision| revision.version);
        assert_eq!(newest(), None, "installed but not active");
        let activate =
            |version: &'static str| write(store, move |conn| packs::activate(conn, "waymark/site-reliability", version)).unwrap();
        activate("1.1.0");
        assert_eq!(newest().as_deref(), Some("1.1.0"));
        activate("1.0.0");
        assert_eq!(newest().as_deref(), Some("1.0.0"), "rolled back");
        write(store, |conn| packs::set_enabled(conn, "waymark/site-reliability", false)).unwrap();
        assert_eq!(newest(), None, "switched off");
        assert_eq!(read(store, templates::list_newest), Vec::new());
        assert_eq!(read(store, |conn| templates::list(conn, "site-reliability")).len(), 2, "but kept");
    });
}

#[test]
fn a_pack_is_immutable_and_active_is_a_pointer() {
    each_backend(|store| {
        let first = install(store, "1.0.0", "d1");
        assert_eq!(install(store, "1.0.0", "d1"), first);
        assert_eq!(write(store, |conn| packs::install(conn, &pack("1.0.0", "d9"))).unwrap_err(), Error::Rule("pack_differs"));
        let second = install(store, "1.1.0", "d2");
        assert_eq!(read(store, |conn| packs::active(conn, "waymark/site-reliability")), None);
        for version in ["1.0.0", "1.1.0"] {
            write(store, move |conn| packs::activate(conn, "waymark/site-reliability", version)).unwrap();
        }
        assert_eq!(read(store, |conn| packs::active(conn, "waymark/site-reliability")).unwrap().id, second);
        let gone = write(store, |conn| packs::activate(conn, "waymark/site-reliability", "7.0.0"));
        assert_eq!(gone.unwrap_err(), Error::NotThere("pack"));
        assert_eq!(
            read(store, |conn| packs::active(conn, "waymark/site-reliability")).unwrap().id,
            second,
            "the failed one changed nothing"
        );
        let listed: Vec<_> = read(store, packs::list).into_iter().map(|row| (row.version, row.active, row.enabled, row.size)).collect();
        assert_eq!(listed, [("1.0.0".to_owned(), false, true, 3), ("1.1.0".to_owned(), true, true, 3)]);
        assert_eq!(read(store, |conn| packs::archive(conn, first)), [1, 2, 3]);
        assert_eq!(read(store, |conn| packs::by_digest(conn, "d2")).unwrap().id, second);
        assert_eq!(write(store, |conn| packs::set_enabled(conn, "no/such", true)).unwrap_err(), Error::NotThere("plugin"));
    });
}

#[test]
fn calls_of_a_pack_are_summed() {
    each_backend(|store| {
        let id = install(store, "1.0.0", "d1");
        assert_eq!(read(store, |conn| packs::stats(conn, id)), packs::PackStats::default());
        let call = |fuel, micros, error: Option<(String, String)>, n| CallStats {
            ok: error.is_none(),
            fuel,
            memory: 7,
            output: 9,
            log_lines: 2,
            micros,
            error,
            at: at(n),
        };
        let trap = Some(("trap".to_owned(), "unreachable".to_owned()));
        for call in [call(10, 500, None, 1), call(30, 100, trap, 2), call(20, 300, None, 3)] {
            write(store, move |conn| packs::record_call(conn, id, &call)).unwrap();
        }
        let stats = read(store, |conn| packs::stats(conn, id));
        assert_eq!((stats.calls, stats.failures, stats.fuel_total, stats.fuel_max), (3, 1, 60, 30));
        assert_eq!((stats.micros_total, stats.micros_max, stats.memory_max, stats.output_max, stats.log_lines_max), (900, 500, 7, 9, 2));
        assert_eq!(stats.last_call_at, Some(at(3)));
        assert_eq!(stats.last_error, Some(("trap".to_owned(), "unreachable".to_owned(), at(2))));
    });
}

#[test]
fn catalogue_documents_are_those_of_active_and_enabled_packs() {
    each_backend(|store| {
        let id = install(store, "1.0.0", "d1");
        let subject = SubjectDocument { id: "waymark/site-reliability/slo".to_owned(), name: "SLOs".to_owned(), ..Default::default() };
        let document = CatalogueDocument { skills: vec![subject], ..Default::default() };
        let kept = document.clone();
        write(store, |conn| Ok(catalogue::documents(conn)?.len())).map(|n| assert_eq!(n, 0)).unwrap();
        write(store, move |conn| catalogue::put(conn, id, &CatalogueDocument::default())).unwrap();
        write(store, move |conn| catalogue::put(conn, id, &document)).unwrap();
        assert_eq!(read(store, catalogue::documents), Vec::new());
        write(store, |conn| packs::activate(conn, "waymark/site-reliability", "1.0.0")).unwrap();
        assert_eq!(read(store, catalogue::documents), vec![("waymark/site-reliability".to_owned(), kept)]);
    });
}

#[test]
fn an_answer_is_kept_under_its_key() {
    each_backend(|store| {
        let (ada, bob) = (person(store, "ada").id, person(store, "bob").id);
        let put = |account, n| write(store, move |conn| idempotency::put(conn, account, "k1", &[7; 32], 201, "{\"id\":1}", at(n)));
        assert_eq!(read(store, |conn| idempotency::find(conn, ada, "k1")), None);
        put(ada, 1).unwrap();
        put(bob, 5).unwrap();
        assert_eq!(put(ada, 2).unwrap_err(), Error::Rule("idempotency_key_used"));
        let kept = read(store, |conn| idempotency::find(conn, ada, "k1")).unwrap();
        assert_eq!((kept.fingerprint, kept.status, kept.body.as_str(), kept.at), ([7; 32], 201, "{\"id\":1}", at(1)));
        assert_eq!(write(store, |conn| idempotency::purge(conn, at(5))).unwrap(), 1);
        assert_eq!(read(store, |conn| idempotency::find(conn, ada, "k1")), None);
        assert!(read(store, |conn| idempotency::find(conn, bob, "k1")).is_some());
    });
}

#[test]
fn the_audit_trail_is_read_backwards() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let row = |act: &str, actor| audit::AuditRow {
            at: at(1),
            actor,
            actor_name: "ada".to_owned(),
            act: act.to_owned(),
            subject: "plugin:waymark/recency".to_owned(),
            detail: serde_json::json!({ "version": "1.0.0" }),
            request_id: Some("r1".to_owned()),
        };
        let rows = [row("pack.install", Some(ada)), row("pack.activate", Some(ada)), row("pack.enable", None)];
        for row in rows.clone() {
            write(store, move |conn| audit::append(conn, &row)).unwrap();
        }
        let page = read(store, |conn| audit::list(conn, None, 2));
        assert_eq!(page.iter().map(|(_, row)| row).collect::<Vec<_>>(), [&rows[2], &rows[1]]);
        let next = read(store, |conn| audit::list(conn, Some(page[1].0), 2));
        assert_eq!(next.iter().map(|(_, row)| row).collect::<Vec<_>>(), [&rows[0]]);
    });
}

#[test]
fn a_secret_is_made_once_and_settings_raise_the_version() {
    each_backend(|store| {
        read(store, instance::health);
        let secret = |name: &'static str, fresh| write(store, move |conn| instance::secret(conn, name, &[fresh; 32])).unwrap();
        assert_eq!((secret("unsubscribe", 1), secret("unsubscribe", 2), secret("plugins", 3)), ([1; 32], [1; 32], [3; 32]));
        let before = read(store, instance::version);
        for value in ["North School", "South School"] {
            write(store, move |conn| instance::set(conn, "name", value)).unwrap();
        }
        assert_eq!(read(store, |conn| instance::get(conn, "name")).as_deref(), Some("South School"));
        assert_eq!(read(store, |conn| instance::get(conn, "motto")), None);
        assert_eq!(read(store, instance::version), before + 2);
        install(store, "1.0.0", "d1");
        assert_eq!(read(store, instance::version), before + 3);
        install(store, "1.0.0", "d1");
        assert_eq!(read(store, instance::version), before + 3, "nothing changed");
    });
}
