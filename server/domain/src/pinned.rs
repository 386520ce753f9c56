//! Links to code that name a commit, so that a reviewer sees what was handed in and not what was pushed afterwards.
//!
//! Nothing is asked of the host: all is read from the form of its addresses. GitHub, GitLab, Bitbucket and sourcehut are
//! documented by themselves; Gitea and Forgejo (Codeberg) share one form. GitLab's `/-/` and Gitea's `/src/commit/` say what
//! they are on any host, so instances of a school's own are known too.

/// What a link names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// This commit: what is shown there stays.
    Pinned(String),
    /// Something of a code host that may be another thing tomorrow: a branch, a repository, a pull request.
    Moving,
    /// Not a link to code that we know.
    Elsewhere,
}

/// Digits of a commit's hash: SHA-1 and SHA-256.
const FULL: [usize; 2] = [40, 64];
/// Digits of the shortest hash that a host shows.
const SHORTEST: usize = 7;

/// Codes of [`pin`].
pub const FIELD_CODES: &[&str] = &["commit_malformed", "link_cannot_pin", "link_names_another_commit"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Host {
    GitHub,
    GitLab,
    Gitea,
    Bitbucket,
    Sourcehut,
}

/// A link taken to pieces.
struct Code<'a> {
    /// Scheme and host, as written.
    origin: &'a str,
    host: Host,
    /// Owner and repository; with GitLab groups in groups.
    repository: Vec<&'a str>,
    names: Names<'a>,
    fragment: &'a str,
}

enum Names<'a> {
    Repository,
    /// Files at a place that a branch, a tag or a commit names; `words` stand before it, `rest` behind.
    Tree {
        words: Vec<&'a str>,
        at: &'a str,
        rest: Vec<&'a str>,
    },
    /// A commit by its own address.
    Commit(&'a str),
    /// Anything else of a repository.
    Other,
}

/// What this link names.
pub fn state(url: &str) -> LinkState {
    let Some(code) = read(url) else { return LinkState::Elsewhere };
    match code.commit() {
        Some(commit) => LinkState::Pinned(commit.to_ascii_lowercase()),
        None => LinkState::Moving,
    }
}

/// The same link at one commit, whose whole hash is given: as it is where it names that commit already. Fails with one of
/// [`FIELD_CODES`].
pub fn pin(url: &str, commit: &str) -> Result<String, &'static str> {
    let commit = commit.trim().to_ascii_lowercase();
    if !is_hash(&commit) || !FULL.contains(&commit.len()) {
        return Err("commit_malformed");
    }
    let code = read(url).ok_or("link_cannot_pin")?;
    if let Some(named) = code.commit() {
        return if commit.starts_with(&named.to_ascii_lowercase()) { Ok(url.to_owned()) } else { Err("link_names_another_commit") };
    }
    let repository = code.repository.join("/");
    let (words, rest): (Vec<&str>, &[&str]) = match &code.names {
        Names::Repository => (code.host.tree(), &[]),
        Names::Tree { words, rest, .. } => (code.host.pinned_words(words), rest),
        Names::Commit(_) | Names::Other => return Err("link_cannot_pin"),
    };
    let path: Vec<&str> = words.into_iter().chain([commit.as_str()]).chain(rest.iter().copied()).collect();
    Ok(format!("{}/{repository}/{}{}", code.origin, path.join("/"), code.fragment))
}

/// The first digits of a hash, as hosts show them.
pub fn short(commit: &str) -> &str {
    commit.get(..SHORTEST).unwrap_or(commit)
}

fn is_hash(text: &str) -> bool {
    (SHORTEST..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Host {
    /// By its name, where that says it.
    fn known(name: &str) -> Option<Self> {
        let is = |domain: &str| name == domain || name.strip_prefix("www.") == Some(domain);
        match name {
            _ if is("github.com") || name.starts_with("github.") => Some(Self::GitHub),
            _ if is("gitlab.com") || name.starts_with("gitlab.") => Some(Self::GitLab),
            _ if is("codeberg.org") || is("gitea.com") || name.starts_with("gitea.") || name.starts_with("forgejo.") => Some(Self::Gitea),
            _ if is("bitbucket.org") => Some(Self::Bitbucket),
            "git.sr.ht" => Some(Self::Sourcehut),
            _ => None,
        }
    }

    /// What stands between a repository and a commit whose files are shown.
    fn tree(self) -> Vec<&'static str> {
        match self {
            Self::GitHub | Self::Sourcehut => vec!["tree"],
            Self::GitLab => vec!["-", "tree"],
            Self::Gitea => vec!["src", "commit"],
            Self::Bitbucket => vec!["src"],
        }
    }

    /// The same for a place that stood behind these words.
    fn pinned_words<'a>(self, words: &[&'a str]) -> Vec<&'a str> {
        match (self, words) {
            (Self::Gitea, [view, _]) => vec![view, "commit"],
            _ => words.to_vec(),
        }
    }
}

impl<'a> Code<'a> {
    /// The commit that it names. A short hash counts only where nothing but a commit can stand: a branch may be called
    /// `deadbee`.
    fn commit(&self) -> Option<&'a str> {
        match &self.names {
            Names::Commit(commit) => Some(commit),
            Names::Tree { words, at, .. } => {
                let is_only_commits = self.host == Host::Gitea && words.get(1) == Some(&"commit");
                Some(*at).filter(|at| is_hash(at) && (is_only_commits || FULL.contains(&at.len())))
            }
            Names::Repository | Names::Other => None,
        }
    }
}

fn read(url: &str) -> Option<Code<'_>> {
    let (scheme, behind) =
        url.split_once("://").filter(|(scheme, _)| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))?;
    let end = behind.find(['/', '?', '#']).unwrap_or(behind.len());
    let name = behind[..end].split(':').next().unwrap_or_default().to_ascii_lowercase();
    let origin = &url[..scheme.len() + 3 + end];
    let (path, fragment) = behind[end..].split_at(behind[end..].find('#').unwrap_or(behind.len() - end));
    let path = path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let host = Host::known(&name).or_else(|| by_form(&parts))?;
    // GitLab's groups nest, and end before its dash; elsewhere a repository has an owner.
    let long = match host {
        Host::GitLab => parts.iter().position(|part| *part == "-").unwrap_or(parts.len()),
        _ => 2.min(parts.len()),
    };
    let (repository, rest) = parts.split_at(long);
    if repository.len() < 2 {
        return None;
    }
    Some(Code { origin, host, repository: repository.to_vec(), names: names(host, rest), fragment })
}

/// A host that we do not know by name, by what its addresses look like.
fn by_form(parts: &[&str]) -> Option<Host> {
    match parts {
        [_, _, view, kind, _, ..] if is_gitea(view, kind) => Some(Host::Gitea),
        _ if parts.iter().skip(2).any(|part| *part == "-") => Some(Host::GitLab),
        _ => None,
    }
}

fn is_gitea(view: &str, kind: &str) -> bool {
    matches!(view, "src" | "raw") && matches!(kind, "branch" | "tag" | "commit")
}

/// What the part behind the repository names.
fn names<'a>(host: Host, rest: &[&'a str]) -> Names<'a> {
    let tree = |words: &[&'a str], at: &'a str, rest: &[&'a str]| Names::Tree { words: words.to_vec(), at, rest: rest.to_vec() };
    let commit = |hash: &'a str| if is_hash(hash) { Names::Commit(hash) } else { Names::Other };
    match (host, rest) {
        (_, []) => Names::Repository,
        (Host::GitHub, [view @ ("tree" | "blob" | "raw" | "blame"), at, rest @ ..]) => tree(&[view], at, rest),
        (Host::GitHub | Host::Gitea | Host::Sourcehut, ["commit", hash, ..]) => commit(hash),
        (Host::GitLab, ["-", "commit", hash, ..]) => commit(hash),
        (Host::GitLab, [dash @ "-", view @ ("tree" | "blob" | "raw" | "blame"), at, rest @ ..]) => tree(&[dash, view], at, rest),
        (Host::Gitea, [view, kind, at, rest @ ..]) if is_gitea(view, kind) => tree(&[view, kind], at, rest),
        (Host::Bitbucket, ["commits", hash, ..]) => commit(hash),
        (Host::Bitbucket, [view @ ("src" | "raw"), at, rest @ ..]) => tree(&[view], at, rest),
        (Host::Sourcehut, [view @ ("tree" | "blob"), at, rest @ ..]) => tree(&[view], at, rest),
        _ => Names::Other,
    }
}

#[cfg(test)]
mod tests;
