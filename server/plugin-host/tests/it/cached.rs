//! Compiled plugins on disk: what is not exactly as it was written is a miss.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use plugin_host::{Compiler, Host, Options};

use crate::support::{handwritten, options, patient, scoring_pack};

/// A host whose compiler always fails: what it loads comes from the cache.
fn cannot_compile(folder: &Path) -> Options {
    let compiler = Compiler::Child { program: "/bin/false".into(), arguments: Vec::new() };
    Options { folder: folder.to_owned(), compiler, ..options(patient()) }
}

fn artefact(folder: &Path) -> PathBuf {
    let fingerprint = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let files: Vec<PathBuf> = fs::read_dir(&fingerprint).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].clone()
}

fn loads(options: Options, pack: &[u8]) -> Result<(), String> {
    Host::new(options).load(pack).map(drop).map_err(|refusal| refusal.code)
}

#[test]
fn a_compiled_plugin_with_any_bit_flipped_is_a_miss() {
    let folder = tempfile::tempdir().unwrap();
    let pack = scoring_pack(&handwritten("(func $body (result i32) unreachable)"), "good");
    let miss = Err("compile".to_owned());
    assert_eq!(loads(cannot_compile(folder.path()), &pack), miss, "nothing is there yet");
    assert_eq!(loads(Options { folder: folder.path().to_owned(), ..options(patient()) }, &pack), Ok(()));
    assert_eq!(loads(cannot_compile(folder.path()), &pack), Ok(()), "it is there now");

    let path = artefact(folder.path());
    let good = fs::read(&path).unwrap();
    for place in (0..good.len()).step_by(good.len() / 60).chain([0, 31, 32, good.len() - 1]) {
        let mut bad = good.clone();
        bad[place] ^= 1 << (place % 8);
        fs::write(&path, bad).unwrap();
        assert_eq!(loads(cannot_compile(folder.path()), &pack), miss, "byte {place}");
    }
    for length in [0, 10, 32, good.len() / 2, good.len() - 1] {
        fs::write(&path, &good[..length]).unwrap();
        assert_eq!(loads(cannot_compile(folder.path()), &pack), miss, "{length} bytes");
    }
    fs::write(&path, [good.as_slice(), b"x"].concat()).unwrap();
    assert_eq!(loads(cannot_compile(folder.path()), &pack), miss, "one byte more");

    // A miss is compiled again, and kept again.
    assert_eq!(loads(Options { folder: folder.path().to_owned(), ..options(patient()) }, &pack), Ok(()));
    assert_eq!(fs::read(&path).unwrap(), good);
    assert_eq!(loads(Options { seal: [8; 32], ..cannot_compile(folder.path()) }, &pack), miss, "another instance's seal");
}

#[test]
fn an_artefact_of_another_component_is_a_miss() {
    let folder = tempfile::tempdir().unwrap();
    let ours = || Options { folder: folder.path().to_owned(), ..options(patient()) };
    let (one, other) = ("(func $body (result i32) unreachable)", "(func $body (result i32) (i32.const 0))");
    assert_eq!(loads(ours(), &scoring_pack(&handwritten(one), "good")), Ok(()));
    let first = artefact(folder.path());
    let aside = folder.path().join("aside");
    fs::rename(&first, &aside).unwrap();
    assert_eq!(loads(ours(), &scoring_pack(&handwritten(other), "good")), Ok(()));
    fs::rename(&aside, artefact(folder.path())).unwrap();
    assert_eq!(loads(cannot_compile(folder.path()), &scoring_pack(&handwritten(other), "good")), Err("compile".to_owned()));
}

#[test]
fn only_the_owner_may_look_into_the_folder() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("compiled");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let pack = scoring_pack(&handwritten("(func $body (result i32) unreachable)"), "good");
    assert_eq!(loads(Options { folder: folder.clone(), ..options(patient()) }, &pack), Ok(()));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let file = artefact(&folder);
    assert_eq!((mode(&folder), mode(file.parent().unwrap()), mode(&file)), (0o700, 0o700, 0o600));
}

#[test]
fn a_compiler_that_fails_or_is_another_version_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let pack = scoring_pack(&handwritten("(func $body (result i32) unreachable)"), "good");
    let refusal = |program: &str, arguments: &[&str]| {
        let compiler = Compiler::Child { program: program.into(), arguments: arguments.iter().map(|&a| a.to_owned()).collect() };
        Host::new(Options { compiler, ..cannot_compile(folder.path()) }).load(&pack).unwrap_err().to_string()
    };
    assert!(refusal("/nowhere", &[]).contains("cannot be started"));
    assert!(refusal("/bin/sh", &["-c", "echo no memory left >&2; exit 1"]).contains("no memory left"));
    assert!(refusal("/bin/sh", &["-c", "kill -KILL $$"]).contains("2 GiB"));
    assert!(refusal("/bin/sh", &["-c", "cat >/dev/null; printf %040d 0"]).contains("another version"));
}
