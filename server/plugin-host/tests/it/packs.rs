//! Packs as files.

use flate2::Compression;
use flate2::write::GzEncoder;
use plugin_host::pack::{self, Pack};
use plugin_host::{Kind, Manifest};

use crate::support::{files, manifest, settings};

#[test]
fn the_same_content_gives_the_same_bytes_and_reads_back() {
    let manifest = manifest("roles", "good");
    let content = files(&[("README.md", b"# Guest\n"), ("templates/a.toml", b"format = 1\n"), ("skills.toml", b"")]);
    let archive = pack::write(&manifest, &content).unwrap();
    assert_eq!(archive, pack::write(&manifest, &content).unwrap());
    let read = Pack::read(&archive).unwrap();
    assert_eq!(read.files, content);
    assert_eq!(read.manifest.kind, Kind::Roles);
    assert_eq!(read.manifest.file_name(), "test.guest-1.0.0.waypack");
    assert_eq!(read.manifest.files.len(), 3);
    assert_eq!(read.digest.len(), 64);
    assert_eq!(read.texts("templates/", ".toml").unwrap(), [("a", "format = 1\n")]);
}

/// An entry of an archive that nobody has checked.
enum Entry<'a> {
    File(&'a str, &'a [u8]),
    Link(&'a str, &'a str),
    Other(&'a str, tar::EntryType),
}
use Entry::{File, Link, Other};

fn archive(entries: &[Entry<'_>]) -> Vec<u8> {
    let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for entry in entries {
        let mut header = tar::Header::new_ustar();
        let (name, bytes): (&str, &[u8]) = match entry {
            File(name, bytes) => (name, bytes),
            Link(name, target) => {
                header.set_entry_type(tar::EntryType::Symlink);
                header.set_link_name(target).unwrap();
                (name, b"")
            }
            Other(name, kind) => {
                header.set_entry_type(*kind);
                (name, b"")
            }
        };
        // Past the library's own check of names.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append(&header, bytes).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap()
}

#[test]
fn archives_that_mean_harm_are_refused_whole() {
    let plain = manifest("roles", "good");
    let plain = plain.as_bytes();
    let many: Vec<String> = (0..64).map(|i| format!("templates/t{i:02}.toml")).collect();
    let many: Vec<Entry<'_>> = [File("plugin.toml", plain)].into_iter().chain(many.iter().map(|name| File(name, b""))).collect();
    let zeros = vec![0; 12 << 20];
    let mut large = vec![0; 41 << 20];
    // Hard to pack, so that not the ratio is what ends it.
    let mut state = 1_u32;
    for byte in large.iter_mut().step_by(9) {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (state >> 24) as u8;
    }
    for (name, archive, says) in [
        ("no archive", b"PK\x03\x04".to_vec(), "unpacked"),
        ("nothing", Vec::new(), "unpacked"),
        (
            "cut short",
            {
                let a = archive(&[File("plugin.toml", plain)]);
                a[..a.len() / 2].to_vec()
            },
            "unpacked",
        ),
        ("no manifest", archive(&[File("README.md", b"")]), "plugin.toml"),
        ("a name that leads out", archive(&[File("../plugin.toml", plain)]), "does not belong"),
        ("a name that leads out of a folder", archive(&[File("templates/../../a.toml", plain)]), "does not belong"),
        ("a hidden file", archive(&[File("templates/.toml", plain)]), "does not belong"),
        ("an absolute name", archive(&[File("/plugin.toml", plain)]), "does not belong"),
        ("something else", archive(&[File("plugin.toml", plain), File("run.sh", b"")]), "does not belong"),
        ("a link", archive(&[Link("README.md", "/etc/passwd")]), "not a plain file"),
        ("a hard link", archive(&[Other("README.md", tar::EntryType::Link)]), "not a plain file"),
        ("a folder", archive(&[Other("templates/", tar::EntryType::Directory)]), "not a plain file"),
        ("a long name", archive(&[Other("README.md", tar::EntryType::GNULongName)]), "not a plain file"),
        ("a device", archive(&[Other("README.md", tar::EntryType::Block)]), "not a plain file"),
        ("out of order", archive(&[File("plugin.toml", plain), File("README.md", b"")]), "out of order"),
        ("twice", archive(&[File("plugin.toml", plain), File("plugin.toml", plain)]), "out of order"),
        ("too many files", archive(&many), "more than 64 files"),
        ("a bomb", archive(&[File("component.wasm", &zeros)]), "100 times"),
        ("too large", archive(&[File("component.wasm", &large)]), "40 MiB"),
    ] {
        let refusal = Pack::read(&archive).expect_err(name);
        assert_eq!(refusal.code, "archive", "{name}: {refusal}");
        assert!(refusal.what.contains(says), "{name}: {refusal}");
    }
}

#[test]
fn files_are_those_that_the_manifest_names() {
    let listed = |hash: &str| format!("{}\n[files]\n\"README.md\" = \"{hash}\"\n", manifest("roles", "good"));
    // printf hello | sha256sum
    let hello = listed("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    let read = |manifest: &str, more: &[Entry<'_>]| {
        let entries: Vec<Entry<'_>> = more
            .iter()
            .map(|entry| if let File(name, bytes) = entry { File(name, bytes) } else { unreachable!() })
            .chain([File("plugin.toml", manifest.as_bytes())])
            .collect();
        Pack::read(&archive(&entries)).map(drop).map_err(|refusal| (refusal.code, refusal.what))
    };
    assert_eq!(read(&hello, &[File("README.md", b"hello")]), Ok(()));
    let mismatch = |what: &str| Err(("hash_mismatch".to_owned(), what.to_owned()));
    assert_eq!(read(&hello, &[File("README.md", b"hallo")]), mismatch("README.md is not the file that plugin.toml names"));
    assert_eq!(read(&hello, &[File("LICENSE", b""), File("README.md", b"hello")]), mismatch("plugin.toml does not name LICENSE"));
    assert_eq!(read(&hello, &[]), mismatch("README.md is missing"));
}

#[test]
fn a_manifest_tells_all_its_errors_at_once() {
    let text = "format = 2\nid = \"Nobody\"\nversion = \"1\"\nkind = \"game\"\nname = \"\"\nsummary = 5\ncolour = \"red\"\nauthors = []\n";
    let refusal = Manifest::parse(text).unwrap_err();
    let places: Vec<&str> = refusal.problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(places, ["license", "colour", "format", "id", "version", "kind", "name", "summary"]);
    assert!(refusal.problems.iter().all(|problem| !problem.mend.is_empty()));
    let cut = Manifest::parse("format = ").unwrap_err();
    assert!(cut.problems[0].what.contains("line 1"), "{cut}");
}

#[test]
fn settings_get_their_defaults_and_are_checked() {
    let text = format!(
        "{}\n[[settings]]\nkey = \"days\"\ntype = \"number\"\nname = \"Days\"\nabout = \"How many.\"\ndefault = 30\nleast = 1\nmost = 99\n",
        manifest("scoring", "good")
    );
    let manifest = Manifest::parse(&text).unwrap();
    let number = |value| domain::scoring::Attribute { key: "days".into(), value: domain::scoring::Value::Number(value) };
    let [mode] = settings("good").try_into().unwrap();
    assert_eq!(manifest.settings_with_defaults(&[]), Ok(vec![mode.clone(), number(30)]));
    assert_eq!(manifest.settings_with_defaults(&[number(99)]), Ok(vec![mode, number(99)]));
    for (value, place) in [(vec![number(100)], "days"), (vec![number(0)], "days")] {
        assert_eq!(manifest.settings_with_defaults(&value).unwrap_err()[0].place, place);
    }
    let [mut unknown] = settings("x").try_into().unwrap();
    unknown.key = "speed".into();
    let [mut wrong] = settings("x").try_into().unwrap();
    wrong.key = "days".into();
    assert_eq!(manifest.settings_with_defaults(&[unknown, wrong]).unwrap_err().len(), 2);
    assert_eq!(Manifest::parse(&text.replace("default = 30", "default = 300")).unwrap_err().problems[0].place, "settings (days).default");
}

#[test]
fn nothing_hides_behind_an_archive() {
    let archive = pack::write(&manifest("roles", "good"), &files(&[])).unwrap();
    for hidden in [&b"more"[..], &archive] {
        let refusal = Pack::read(&[archive.as_slice(), hidden].concat()).unwrap_err();
        assert_eq!((refusal.code.as_str(), refusal.what.as_str()), ("archive", "something follows the archive"));
    }
}
