//! What is refused before anything is compiled, and in which words.

use plugin_host::{Host, Limits, Refusal};

use crate::support::{files, handwritten, host, manifest, options, patient, scoring_pack};

fn refusal(host: &Host, pack: &[u8]) -> Refusal {
    host.load(pack).expect_err("it was taken")
}

#[test]
fn a_component_that_does_not_fit_is_refused_in_words_that_help() {
    let host = host();
    let component = |text: &str| wat::parse_str(text).unwrap();
    let wasi = component(
        r#"(component (import "wasi:random/random@0.2.0" (instance (export "get-random-u64" (func (result u64)))))
           (instance $i) (export "waymark:plugin/scoring@0.1.0" (instance $i)))"#,
    );
    let other = component(
        r#"(component (import "acme:files/read@1.0.0" (instance)) (instance $i) (export "waymark:plugin/scoring@0.1.0" (instance $i)))"#,
    );
    let newer = component(r#"(component (instance $i) (export "waymark:plugin/scoring@0.2.0" (instance $i)))"#);
    let catalog = component(r#"(component (instance $i) (export "waymark:plugin/catalog@0.1.0" (instance $i)))"#);
    let empty = component("(component)");
    let module = component("(module)");
    for (name, bytes, code, says) in [
        ("WASI", wasi.as_slice(), "import_refused", &["wasi:random/random@0.2.0", "diagnostics@0.1.0", "`waymark plugin build`"][..]),
        ("another import", &other, "import_refused", &["acme:files/read@1.0.0", "Remove"]),
        ("a newer contract", &newer, "contract_version", &["wants contract 0.2.0", "supports 0.1.0", "SDK"]),
        ("no rule", &catalog, "export_missing", &["kind = \"scoring\"", "waymark:plugin/scoring@0.1.0"]),
        ("nothing", &empty, "export_missing", &["exports nothing"]),
        ("a core module", &module, "not_a_component", &["core module", "`waymark plugin build`"]),
        ("no wasm", b"#!/bin/sh", "not_a_component", &["cannot be read"]),
        ("half of one", &newer[..newer.len() - 3], "not_a_component", &["cannot be read"]),
    ] {
        let refusal = refusal(&host, &scoring_pack(bytes, "good"));
        assert_eq!(refusal.code, code, "{name}: {refusal}");
        for says in says.iter().chain(&["test/guest"]) {
            assert!(refusal.to_string().contains(says), "{name}: {refusal}");
        }
    }
}

#[test]
fn the_manifest_and_the_component_must_agree() {
    let host = host();
    let rule = handwritten("(func $body (result i32) unreachable)");
    let files = files(&[("component.wasm", &rule), ("messages/en.ftl", b"counted = Counted.\n")]);
    let pack = |manifest: &str| plugin_host::pack::write(manifest, &files).unwrap();
    let scoring = manifest("scoring", "good");
    let loaded = host.load(&pack(&scoring)).unwrap();
    let inspection = loaded.inspection.unwrap();
    assert_eq!(inspection.contract, "0.1.0");
    assert_eq!(inspection.exports, ["waymark:plugin/scoring@0.1.0"]);
    assert!(inspection.imports.iter().all(|import| import.starts_with("waymark:plugin/")), "{:?}", inspection.imports);
    assert!(inspection.scores && !inspection.has_templates);

    let declared = refusal(&host, &pack(&scoring.replace("contract = \"0.1.0\"", "contract = \"0.0.9\"")));
    assert_eq!(declared.code, "contract_version");
    assert!(declared.to_string().contains("contract = \"0.1.0\""), "{declared}");
    let computed = format!("templates = \"computed\"\n{}", manifest("both", "good"));
    assert_eq!(refusal(&host, &pack(&computed)).code, "export_missing");
}

#[test]
fn a_large_component_is_refused_unless_the_limit_is_raised() {
    let rule = handwritten("(func $body (result i32) unreachable)");
    let pack = scoring_pack(&rule, "good");
    let host = |component| Host::new(options(Limits { component, ..patient() }));
    let refused = refusal(&host(rule.len() - 1), &pack);
    assert_eq!(refused.code, "component_too_large");
    assert!(host(rule.len()).load(&pack).is_ok());
}

#[test]
fn a_rule_without_words_is_refused() {
    let rule = handwritten("(func $body (result i32) unreachable)");
    let load = |messages: &[(&str, &[u8])]| {
        let all = [messages, &[("component.wasm", &rule)]].concat();
        host().load(&plugin_host::pack::write(&manifest("scoring", "good"), &files(&all)).unwrap()).map(drop).map_err(|r| (r.code, r.what))
    };
    assert_eq!(load(&[("messages/en.ftl", b"a = A\n"), ("messages/de.ftl", b"a = B\n")]), Ok(()));
    let (code, what) =
        load(&[("messages/en.ftl", b"a = A\nb =\n    many\n    lines = here\n"), ("messages/de.ftl", b"a = A\n")]).unwrap_err();
    assert_eq!((code.as_str(), what.contains("“b”")), ("messages", true), "{what}");
    assert_eq!(load(&[("messages/de.ftl", b"a = A\n")]).unwrap_err().0, "messages");
}
