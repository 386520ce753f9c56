//! What one requirement would add, if it were finished.

use crate::ledger::{Entry, EvidenceKind, Held};
use crate::scoring::{DefaultRule, Scope, score};
use crate::subject::{Subject, Trust};
use crate::template::{Asks, RequirementIndex, Template};
use crate::time::Instant;

/// Basis points of the whole that full evidence would add to each number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gain {
    /// By a claim.
    pub claimed: u32,
    /// By evidence of the trust that is asked.
    pub proven: u32,
}

/// What finishing a requirement adds by the built-in rule: found by scoring the ledger with it and without it, so that the
/// same evidence counts wherever its subjects are asked for, and nothing where another member holds the place.
pub fn would_add(scope: Scope<'_>, ledger: &[Entry], requirement: RequirementIndex) -> Gain {
    let asked = &scope.template.requirements[requirement];
    let held = match &asked.asks {
        Asks::Skill { subject, step } => vec![Held { subject: subject.clone(), step: Some(*step) }],
        Asks::Certification(subject) | Asks::Topic(subject) => vec![Held { subject: subject.clone(), step: None }],
        Asks::Project(criteria) => criteria.iter().map(|criterion| Held { subject: criterion.subject.clone(), step: None }).collect(),
    };
    let kind = if matches!(asked.asks, Asks::Certification(_)) { EvidenceKind::Certificate } else { EvidenceKind::Assessment };
    let with = |trust: Trust| {
        let mut ledger = ledger.to_vec();
        ledger.push(Entry {
            seq: ledger.last().map_or(1, |last| last.seq + 1),
            kind,
            trust,
            day: scope.today,
            recorded_at: Instant::from_micros(0),
            held: held.clone(),
            expires_on: None,
            retracts: None,
            recall: None,
        });
        score(&DefaultRule, scope, &ledger).map(|score| (score.claimed.readiness, score.proven.readiness))
    };
    let now = score(&DefaultRule, scope, ledger).map(|score| (score.claimed.readiness, score.proven.readiness));
    let (Ok(now), Ok(claimed), Ok(proven)) = (now, with(Trust::Claimed), with(scope.least_trust(asked))) else { return Gain::default() };
    Gain { claimed: claimed.0.saturating_sub(now.0), proven: proven.1.saturating_sub(now.1) }
}

/// Requirements that wait for this one, in the role's order.
pub fn unlocked(template: &Template, requirement: RequirementIndex) -> Vec<RequirementIndex> {
    (0..template.requirements.len()).filter(|&other| template.requirements[other].requires.contains(&requirement)).collect()
}

/// A requirement that the same evidence would prove too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    pub requirement: RequirementIndex,
    /// How many of its subjects, of how many: of a project its criteria.
    pub shared: u32,
    pub all: u32,
}

/// Requirements of a role that ask for any of these subjects, but for `but`, in the role's order.
pub fn sharing(template: &Template, subjects: &[Subject], but: Option<RequirementIndex>) -> Vec<Shared> {
    let others = template.requirements.iter().enumerate().filter(|(index, _)| Some(*index) != but);
    others
        .filter_map(|(requirement, other)| {
            let own = other.subjects();
            let shared = own.iter().filter(|subject| subjects.contains(subject)).count() as u32;
            (shared > 0).then_some(Shared { requirement, shared, all: own.len() as u32 })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::samples::{link, maker, today};

    #[test]
    fn finishing_a_requirement_adds_what_the_score_then_has_more() {
        let (template, chosen) = (maker(), BTreeSet::new());
        for mentored in [false, true] {
            let scope = Scope { template: &template, target: 1, chosen: &chosen, mentored, today: today(), settings: &[] };
            let ledger = [link(1, &["skill:git@leading"])];
            let gains: Vec<Gain> = (0..template.requirements.len()).map(|index| would_add(scope, &ledger, index)).collect();
            let git = template.requirement("git-basics").unwrap();
            assert_eq!(gains[git].claimed, 0, "that is claimed already");
            assert!(gains.iter().any(|gain| gain.claimed > 0 && gain.proven > 0));
            let readiness = score(&DefaultRule, scope, &ledger).unwrap().claimed.readiness;
            assert!(gains.iter().all(|gain| gain.claimed + readiness <= 10_000));
        }
    }

    #[test]
    fn what_shares_a_subject_is_found_and_counted() {
        let template = maker();
        for (index, requirement) in template.requirements.iter().enumerate() {
            let subjects: Vec<Subject> = requirement.subjects().into_iter().cloned().collect();
            let all = sharing(&template, &subjects, None);
            let own = all.iter().find(|shared| shared.requirement == index).unwrap();
            assert_eq!((own.shared, own.all), (subjects.len() as u32, subjects.len() as u32));
            assert_eq!(sharing(&template, &subjects, Some(index)).len(), all.len() - 1);
        }
        assert_eq!(sharing(&template, &[], None), []);
    }
}
