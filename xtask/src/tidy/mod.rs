//! `cargo xtask tidy`: the house's rules that the compiler does not hold. All findings at once, each with its file
//! and how to mend it.

mod arrows;
mod documents;
mod frozen;
mod migrations;
mod names;
mod sources;
mod words;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::shell::{Done, While, root};

/// Every rule by name. ARCHITECTURE.md refers to them as `tidy: <name>`.
const RULES: &[(&str, Rule)] = &[
    ("arrows", arrows::workspace),
    ("owners", arrows::owners),
    ("reasons", arrows::reasons),
    ("names", names::names),
    ("length", names::length),
    ("unfinished", sources::unfinished),
    ("worlds", sources::worlds),
    ("pure-domain", sources::pure_domain),
    ("absent", sources::absent),
    ("migrations", migrations::pairs),
    ("frozen", frozen::released),
    ("words", words::keys),
    ("links", documents::links),
    ("invariants", documents::invariants),
    ("mutations", sources::mutations),
];

type Rule = fn(&Tree, &mut Findings) -> Done;

pub fn run(args: &[String]) -> Done {
    if let Some(arg) = args.first() {
        return Err(format!("`tidy` takes no arguments, and got `{arg}`").into());
    }
    let tree = Tree::read(&root())?;
    let mut findings = Findings::default();
    for (name, rule) in RULES {
        findings.rule = name;
        rule(&tree, &mut findings)?;
    }
    for finding in &findings.list {
        println!("{finding}");
    }
    match findings.list.len() {
        0 => {
            println!("tidy: {} rules hold over {} files", RULES.len(), tree.files.len());
            Ok(())
        }
        n => Err(format!("tidy found {n} {}", if n == 1 { "thing" } else { "things" }).into()),
    }
}

/// One thing out of place.
struct Finding {
    rule: &'static str,
    file: String,
    /// From 1; 0 means the whole file.
    line: usize,
    what: String,
    mend: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, file, line, what, mend } = self;
        let place = if *line == 0 { file.clone() } else { format!("{file}:{line}") };
        write!(f, "{place}: {what} [{rule}]\n    mend: {mend}")
    }
}

#[derive(Default)]
pub struct Findings {
    rule: &'static str,
    list: Vec<Finding>,
}

impl Findings {
    pub fn add(&mut self, file: impl fmt::Display, line: usize, what: impl Into<String>, mend: impl Into<String>) {
        self.list.push(Finding { rule: self.rule, file: file.to_string(), line, what: what.into(), mend: mend.into() });
    }

    #[cfg(test)]
    pub fn shown(&self) -> Vec<String> {
        self.list.iter().map(|finding| format!("{}:{} {}", finding.file, finding.line, finding.what)).collect()
    }
}

/// The project's files: what git tracks or would track; without git, all but what is built.
pub struct Tree {
    pub root: PathBuf,
    /// Relative, with `/`, sorted.
    pub files: Vec<String>,
}

impl Tree {
    fn read(root: &Path) -> Done<Self> {
        let mut files = match listed_by_git(root) {
            Some(files) => files,
            None => walked(root).while_doing("cannot read the project's folder")?,
        };
        files.retain(|file| root.join(file).is_file());
        files.sort();
        files.dedup();
        Ok(Self { root: root.to_path_buf(), files })
    }

    pub fn text(&self, file: &str) -> Done<String> {
        let bytes = std::fs::read(self.root.join(file)).while_doing(format_args!("cannot read {file}"))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    pub fn has(&self, file: &str) -> bool {
        self.files.binary_search_by(|known| known.as_str().cmp(file)).is_ok()
    }

    pub fn with_ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = &'a str> {
        self.files.iter().map(String::as_str).filter(move |file| file.ends_with(ending))
    }
}

fn listed_by_git(root: &Path) -> Option<Vec<String>> {
    let mut git = std::process::Command::new("git");
    git.current_dir(root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let said = crate::shell::output(&mut git).ok()?;
    let files: Vec<String> = said.split('\0').filter(|file| !file.is_empty()).map(str::to_owned).collect();
    (!files.is_empty()).then_some(files)
}

fn walked(root: &Path) -> std::io::Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if entry.file_type()?.is_dir() {
                if !["target", ".git", "data", "data-demo"].iter().any(|left_out| name == *left_out) {
                    folders.push(entry.path());
                }
            } else if let Ok(relative) = entry.path().strip_prefix(root) {
                files.push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    Ok(files)
}

/// A tree of a few files, for the rules' own tests.
#[cfg(test)]
pub fn tree_of(files: &[(&str, &str)]) -> (Tree, TempFolder) {
    let folder = TempFolder::new();
    for (name, text) in files {
        let path = folder.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let mut names: Vec<String> = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.sort();
    (Tree { root: folder.0.clone(), files: names }, folder)
}

#[cfg(test)]
pub struct TempFolder(PathBuf);

#[cfg(test)]
impl TempFolder {
    fn new() -> Self {
        let made = crate::shell::output(std::process::Command::new("mktemp").arg("-d")).unwrap();
        Self(PathBuf::from(made.trim()))
    }
}

#[cfg(test)]
impl Drop for TempFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs one rule over such a tree.
#[cfg(test)]
pub fn found(rule: Rule, files: &[(&str, &str)]) -> Vec<String> {
    let (tree, _folder) = tree_of(files);
    let mut findings = Findings::default();
    rule(&tree, &mut findings).unwrap();
    findings.shown()
}
