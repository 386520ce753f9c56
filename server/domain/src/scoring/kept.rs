//! When a stored score may be shown again.

use std::collections::BTreeSet;

use crate::ids::RevisionId;
use crate::scoring::{Attribute, PROJECTION_VERSION, Score};
use crate::time::Day;

/// What a score is asked with, beside template, rule, ledger and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms<'a> {
    pub settings: &'a [Attribute],
    pub target_level: &'a str,
    pub chosen: &'a BTreeSet<String>,
    pub mentored: bool,
}

/// A stored score and what it was asked with.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    pub score: &'a Score,
    pub revision: RevisionId,
    pub terms: Terms<'a>,
}

/// What a score would be made of now.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub revision: RevisionId,
    pub terms: Terms<'a>,
    pub rule_digest: &'a str,
    /// Number of the ledger's last entry; 0 for an empty ledger.
    pub ledger_seq: u32,
    pub today: Day,
}

impl Kept<'_> {
    /// True when it was made of the very same things, so that making it again would give the same bytes.
    pub fn still_holds(&self, asked: &Asked<'_>) -> bool {
        self.revision == asked.revision
            && self.terms == asked.terms
            && self.score.rule.digest == asked.rule_digest
            && self.score.projection == PROJECTION_VERSION
            && self.score.ledger_seq == asked.ledger_seq
            && self.score.today == asked.today
    }

    /// True for a score that any version of `plugin` (`publisher/name`) gave against this revision and target: what is
    /// shown, with its day, while the plugin fails.
    pub fn is_last_good_of(&self, plugin: &str, revision: RevisionId, target_level: &str) -> bool {
        let of_plugin = self.score.rule.name.split('@').next() == Some(plugin);
        of_plugin && self.revision == revision && self.terms.target_level == target_level
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{claim, maker, today};
    use crate::scoring::{DefaultRule, RuleIdentity, Scope, Value, score};

    fn made() -> Score {
        let (template, chosen) = (maker(), BTreeSet::new());
        let scope = Scope { template: &template, target: 1, chosen: &chosen, mentored: false, today: today(), settings: &[] };
        score(&DefaultRule, scope, &[claim(1, &["skill:git@independent"])]).unwrap()
    }

    #[test]
    fn a_stored_score_holds_only_while_all_that_it_was_made_of_is_the_same() {
        let (score, none) = (made(), BTreeSet::new());
        let terms = Terms { settings: &[], target_level: "maker", chosen: &none, mentored: false };
        let kept = Kept { score: &score, revision: RevisionId(7), terms };
        let asked = Asked { revision: RevisionId(7), terms, rule_digest: &score.rule.digest, ledger_seq: 1, today: today() };
        assert!(kept.still_holds(&asked));

        let some = BTreeSet::from(["go-lang".to_owned()]);
        let settings = [Attribute { key: "floor".into(), value: Value::Number(1) }];
        for (what, asked) in [
            ("revision", Asked { revision: RevisionId(8), ..asked }),
            ("settings", Asked { terms: Terms { settings: &settings, ..terms }, ..asked }),
            ("target", Asked { terms: Terms { target_level: "senior", ..terms }, ..asked }),
            ("choice", Asked { terms: Terms { chosen: &some, ..terms }, ..asked }),
            ("mentor", Asked { terms: Terms { mentored: true, ..terms }, ..asked }),
            ("rule", Asked { rule_digest: "another", ..asked }),
            ("entry", Asked { ledger_seq: 2, ..asked }),
            ("day", Asked { today: today().plus(1), ..asked }),
        ] {
            assert!(!kept.still_holds(&asked), "another {what}");
        }
        let older = Score { projection: PROJECTION_VERSION - 1, ..score.clone() };
        assert!(!Kept { score: &older, ..kept }.still_holds(&asked), "another projection");
    }

    #[test]
    fn the_last_good_score_is_of_the_same_plugin_revision_and_target_whatever_its_version() {
        let none = BTreeSet::new();
        let rule = RuleIdentity { name: "acme/strict@1.2.0".to_owned(), digest: "d".to_owned() };
        let score = Score { rule, ..made() };
        let terms = Terms { settings: &[], target_level: "maker", chosen: &none, mentored: false };
        let kept = Kept { score: &score, revision: RevisionId(7), terms };
        assert!(kept.is_last_good_of("acme/strict", RevisionId(7), "maker"));
        for (plugin, revision, target) in [("acme/stricter", 7, "maker"), ("acme/strict", 8, "maker"), ("acme/strict", 7, "senior")] {
            assert!(!kept.is_last_good_of(plugin, RevisionId(revision), target), "{plugin} {revision} {target}");
        }
    }
}
