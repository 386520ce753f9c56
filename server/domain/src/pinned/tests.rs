use super::*;

const SHA1: &str = "0123456789abcdef0123456789abcdef01234567";
const SHA256: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[test]
fn a_link_is_pinned_where_it_names_a_commit() {
    let pinned = |commit: &str| LinkState::Pinned(commit.to_owned());
    for (url, state) in [
        // GitHub, and instances that are called so
        (format!("https://github.com/ada/shop/tree/{SHA1}"), pinned(SHA1)),
        (format!("https://github.com/ada/shop/blob/{SHA1}/src/main.rs?plain=1#L10-L20"), pinned(SHA1)),
        (format!("https://www.github.com/ada/shop/commit/{SHA1}"), pinned(SHA1)),
        ("https://github.com/ada/shop/commit/0123456".to_owned(), pinned("0123456")),
        (format!("HTTPS://GitHub.com/ada/shop/tree/{}", SHA1.to_uppercase()), pinned(SHA1)),
        (format!("https://github.school.example/ada/shop/tree/{SHA256}"), pinned(SHA256)),
        ("https://github.com/ada/shop".to_owned(), LinkState::Moving),
        ("https://github.com/ada/shop/".to_owned(), LinkState::Moving),
        ("https://github.com/ada/shop?tab=readme".to_owned(), LinkState::Moving),
        ("https://github.com/ada/shop/tree/main/docs".to_owned(), LinkState::Moving),
        ("https://github.com/ada/shop/pull/5".to_owned(), LinkState::Moving),
        ("https://github.com/ada/shop/commit/main".to_owned(), LinkState::Moving),
        // A branch may be called like a short hash.
        ("https://github.com/ada/shop/tree/deadbee".to_owned(), LinkState::Moving),
        // GitLab, with groups in groups, wherever it runs
        (format!("https://gitlab.com/school/autumn/shop/-/tree/{SHA1}"), pinned(SHA1)),
        (format!("https://code.school.example/school/shop/-/blob/{SHA1}/README.md"), pinned(SHA1)),
        ("https://gitlab.com/ada/shop/-/commit/0123456789".to_owned(), pinned("0123456789")),
        ("https://gitlab.com/ada/shop".to_owned(), LinkState::Moving),
        ("https://gitlab.com/ada/shop/-/tree/main?ref_type=heads".to_owned(), LinkState::Moving),
        ("https://gitlab.com/ada/shop/-/merge_requests/3".to_owned(), LinkState::Moving),
        // Gitea and Forgejo, wherever they run
        (format!("https://codeberg.org/ada/shop/src/commit/{SHA1}/src"), pinned(SHA1)),
        ("https://codeberg.org/ada/shop/src/commit/0123456789".to_owned(), pinned("0123456789")),
        (format!("https://git.school.example/ada/shop/src/commit/{SHA1}"), pinned(SHA1)),
        (format!("https://codeberg.org/ada/shop/commit/{SHA1}"), pinned(SHA1)),
        ("https://codeberg.org/ada/shop/src/branch/main".to_owned(), LinkState::Moving),
        (format!("https://codeberg.org/ada/shop/src/branch/{}", &SHA1[..10]), LinkState::Moving),
        ("https://git.school.example/ada/shop/src/tag/v1".to_owned(), LinkState::Moving),
        // Bitbucket
        (format!("https://bitbucket.org/ada/shop/src/{SHA1}/README.md"), pinned(SHA1)),
        ("https://bitbucket.org/ada/shop/commits/0123456".to_owned(), pinned("0123456")),
        ("https://bitbucket.org/ada/shop/src/main/".to_owned(), LinkState::Moving),
        // sourcehut
        (format!("https://git.sr.ht/~ada/shop/tree/{SHA1}/item/main.c"), pinned(SHA1)),
        (format!("https://git.sr.ht/~ada/shop/commit/{SHA1}"), pinned(SHA1)),
        ("https://git.sr.ht/~ada/shop/tree/master".to_owned(), LinkState::Moving),
        // what is no repository
        ("https://github.com/ada".to_owned(), LinkState::Elsewhere),
        ("https://github.com".to_owned(), LinkState::Elsewhere),
        (format!("https://example.org/ada/shop/tree/{SHA1}"), LinkState::Elsewhere),
        ("https://example.org/a/b/c".to_owned(), LinkState::Elsewhere),
        (format!("https://notgithub.com/ada/shop/tree/{SHA1}"), LinkState::Elsewhere),
        ("no link".to_owned(), LinkState::Elsewhere),
    ] {
        assert_eq!(super::state(&url), state, "{url}");
    }
}

#[test]
fn a_link_is_pinned_to_the_commit_that_is_given() {
    let hash = SHA1;
    for (url, expected) in [
        ("https://github.com/ada/shop", format!("https://github.com/ada/shop/tree/{hash}")),
        ("https://github.com/ada/shop/", format!("https://github.com/ada/shop/tree/{hash}")),
        ("https://github.com/ada/shop/tree/main/docs", format!("https://github.com/ada/shop/tree/{hash}/docs")),
        ("https://github.com/ada/shop/blob/main/a.rs?plain=1#L3", format!("https://github.com/ada/shop/blob/{hash}/a.rs#L3")),
        ("https://gitlab.com/school/autumn/shop", format!("https://gitlab.com/school/autumn/shop/-/tree/{hash}")),
        ("https://gitlab.com/ada/shop/-/blob/main/a.rs?ref_type=heads", format!("https://gitlab.com/ada/shop/-/blob/{hash}/a.rs")),
        ("https://codeberg.org/ada/shop", format!("https://codeberg.org/ada/shop/src/commit/{hash}")),
        ("https://codeberg.org/ada/shop/src/branch/main/a.rs", format!("https://codeberg.org/ada/shop/src/commit/{hash}/a.rs")),
        ("https://git.school.example:8443/ada/shop/src/tag/v1", format!("https://git.school.example:8443/ada/shop/src/commit/{hash}")),
        ("https://bitbucket.org/ada/shop/src/main/a.rs", format!("https://bitbucket.org/ada/shop/src/{hash}/a.rs")),
        ("https://git.sr.ht/~ada/shop/tree/master/item/a.c", format!("https://git.sr.ht/~ada/shop/tree/{hash}/item/a.c")),
    ] {
        let pinned = pin(url, &format!(" {} ", hash.to_uppercase())).unwrap();
        assert_eq!(pinned, expected);
        assert_eq!(super::state(&pinned), LinkState::Pinned(hash.to_owned()), "{pinned}");
        assert_eq!(pin(&pinned, hash).unwrap(), pinned, "twice is once");
    }
    let short = "https://github.com/ada/shop/commit/0123456";
    assert_eq!(pin(short, hash).unwrap(), short, "it names that commit already");
}

#[test]
fn what_cannot_be_pinned_says_why() {
    let other = "f".repeat(40);
    for (url, commit, code) in [
        ("https://github.com/ada/shop", "0123456", "commit_malformed"),
        ("https://github.com/ada/shop", "main", "commit_malformed"),
        ("https://github.com/ada/shop", "", "commit_malformed"),
        ("https://github.com/ada/shop", &SHA1.replace('0', "g"), "commit_malformed"),
        ("https://example.org/work", SHA1, "link_cannot_pin"),
        ("https://github.com/ada/shop/pull/5", SHA1, "link_cannot_pin"),
        ("https://github.com/ada/shop/commit/0123456", &other, "link_names_another_commit"),
    ] {
        assert_eq!(pin(url, commit), Err(code), "{url} {commit}");
    }
    assert_eq!(short(SHA1), "0123456");
}
