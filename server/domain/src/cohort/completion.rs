//! Completion: what a cohort asks of who completes it, who fulfils that, and what became of them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::cohort::{Measure, MemberState, Span, moved_by, state_on};
use crate::ledger::{FieldError, Wrong};
use crate::subject::words;
use crate::time::Day;

/// A requirement of one of the cohort's roles.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Required {
    pub role: String,
    pub requirement: String,
}

/// What a cohort asks of who completes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionRule {
    /// Basis points in at least one of the cohort's roles, 100 to 10 000; none: not asked.
    pub readiness: Option<u32>,
    /// Which readiness.
    pub measure: Measure,
    /// All of them proven.
    pub requirements: BTreeSet<Required>,
    /// A lead's word, with a reason, is enough for who lacks something.
    pub word: bool,
}

impl Default for CompletionRule {
    /// The lead's word, and nothing else.
    fn default() -> Self {
        Self { readiness: None, measure: Measure::Claimed, requirements: BTreeSet::new(), word: true }
    }
}

pub const MAX_REQUIRED: usize = 100;

impl CompletionRule {
    /// The same if it asks for something and knows all that it names, else all that is wrong.
    pub fn checked(self, is_known: impl Fn(&Required) -> bool) -> Result<Self, Vec<FieldError>> {
        let mut wrong = Wrong::default();
        if self.readiness.is_some_and(|readiness| !(100..=10_000).contains(&readiness)) {
            wrong.add("readiness", "out_of_range");
        }
        if !self.requirements.iter().all(is_known) {
            wrong.add("requirements", "requirement_unknown");
        }
        if self.requirements.len() > MAX_REQUIRED {
            wrong.add("requirements", "too_many");
        }
        if !self.asks() && !self.word {
            wrong.add("word", "completion_asks_nothing");
        }
        wrong.none()?;
        Ok(self)
    }

    /// It can be fulfilled without anybody's word.
    pub fn asks(&self) -> bool {
        self.readiness.is_some() || !self.requirements.is_empty()
    }
}

/// Where a learner stands in one of the cohort's roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleStanding {
    pub role: String,
    /// Claimed and proven, in basis points.
    pub ready: (u32, u32),
    /// Ids of requirements that are proven in full.
    pub proven: BTreeSet<String>,
}

/// What somebody lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The best readiness that there is, and what is asked.
    Readiness {
        has: u32,
        needs: u32,
    },
    Requirement(Required),
    /// The rule asks for nothing but the lead's word.
    Word,
}

/// What a learner lacks; nothing where the rule is fulfilled.
pub fn lacks(rule: &CompletionRule, roles: &[RoleStanding]) -> Vec<Lack> {
    let mut lacks = Vec::new();
    if let Some(needs) = rule.readiness {
        let of = |standing: &RoleStanding| match rule.measure {
            Measure::Claimed => standing.ready.0,
            Measure::Proven => standing.ready.1,
        };
        let has = roles.iter().map(of).max().unwrap_or(0);
        if has < needs {
            lacks.push(Lack::Readiness { has, needs });
        }
    }
    let is_proven = |required: &&Required| roles.iter().any(|own| own.role == required.role && own.proven.contains(&required.requirement));
    lacks.extend(rule.requirements.iter().filter(|required| !is_proven(required)).cloned().map(Lack::Requirement));
    if !rule.asks() {
        lacks.push(Lack::Word);
    }
    lacks
}

/// Whether a lead may complete somebody who lacks that: with a reason where the rule takes their word. Gives the field and
/// the stable code of the refusal.
pub fn may_complete(rule: &CompletionRule, lacks: &[Lack], reason: Option<&str>) -> Result<(), FieldError> {
    match lacks {
        // Nothing else was asked for, so there is nothing to explain.
        [] | [Lack::Word] => Ok(()),
        _ if !rule.word => Err(FieldError::new("people", "completion_lacks")),
        _ if reason.is_none_or(|reason| reason.trim().is_empty()) => Err(FieldError::new("reason", "completion_needs_reason")),
        _ => Ok(()),
    }
}

/// What became of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutcomeKind {
    Hired,
    Study,
    Business,
    Other,
    Unknown,
}

words!(OutcomeKind { Hired = "hired", Study = "study", Business = "business", Other = "other", Unknown = "unknown" });

/// An outcome as it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub kind: OutcomeKind,
    pub day: Day,
    /// Of the job, the course, the business.
    pub title: Option<String>,
    pub employer: Option<String>,
}

/// What somebody sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutcomeWish {
    pub kind: Option<OutcomeKind>,
    pub day: Option<Day>,
    pub title: Option<String>,
    pub employer: Option<String>,
}

/// Checks an outcome: all that is wrong at once. Who was hired has a title; of what is unknown there is none, nor an employer.
/// A contract may begin within a year of `today`.
pub fn check_outcome(wish: OutcomeWish, today: Day) -> Result<Outcome, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    let title = wrong.short("title", wish.title);
    let employer = wrong.short("employer", wish.employer);
    wrong.needs("kind", wish.kind.is_some());
    match wish.kind {
        Some(OutcomeKind::Hired) => wrong.needs("title", title.is_some()),
        Some(OutcomeKind::Unknown) => {
            wrong.not_here("title", title.is_some());
            wrong.not_here("employer", employer.is_some());
        }
        _ => {}
    }
    let day = wish.day.unwrap_or(today);
    if day > today.plus(366) {
        wrong.add("day", "out_of_range");
    } else {
        wrong.past("day", Some(day.min(today)), today);
    }
    wrong.none()?;
    Ok(Outcome { kind: wish.kind.unwrap_or(OutcomeKind::Unknown), day, title, employer })
}

/// Below that a number may name somebody.
pub const LEAST_SHOWN: usize = 5;

/// A number of people; none where it is small, not nought, and the viewer may not know it. Of nought nobody is told.
pub const fn shown(number: usize, sees_all: bool) -> Option<usize> {
    if sees_all || number == 0 || number >= LEAST_SHOWN { Some(number) } else { None }
}

/// A cohort that ended, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    pub learners: usize,
    /// In the order of [`MemberState::ALL`].
    pub states: Vec<(MemberState, usize)>,
    /// Of which outcomes it is known with consent, in the order of [`OutcomeKind::ALL`].
    pub outcomes: Vec<(OutcomeKind, usize)>,
    /// Told, but not to be shown.
    pub withheld: usize,
    /// Who completed, and when; the first first.
    pub completed: Vec<(String, Day)>,
    /// Of those with a path: claimed readiness in steps of a fifth, the lowest first.
    pub spread: [usize; 5],
}

/// What is known of one who was in a cohort.
#[derive(Clone, Debug)]
pub struct Attended<'a> {
    pub name: &'a str,
    pub spans: &'a [Span],
    pub ready: Option<(u32, u32)>,
    /// Told, and whether its person consents.
    pub outcome: Option<(OutcomeKind, bool)>,
}

/// Counts what a cohort came to, as of `today`, without those who moved to another.
pub fn count_ended(learners: &[Attended<'_>], measure: Measure, today: Day) -> Ended {
    let stayed = |learner: &&Attended<'_>| moved_by(learner.spans, today).is_none();
    let learners: Vec<&Attended<'_>> = learners.iter().filter(stayed).collect();
    let state = |learner: &Attended<'_>| state_on(learner.spans, today);
    let mut spread = [0; 5];
    for (claimed, proven) in learners.iter().filter_map(|learner| learner.ready) {
        let ready = if measure == Measure::Claimed { claimed } else { proven };
        spread[(ready / 2_000).min(4) as usize] += 1;
    }
    let told = || learners.iter().filter_map(|learner| learner.outcome);
    let mut completed: Vec<(String, Day)> = learners
        .iter()
        .filter(|learner| state(learner) == MemberState::Completed)
        .filter_map(|learner| Some((learner.name.to_owned(), learner.spans.iter().rev().find(|span| span.first_day <= today)?.first_day)))
        .collect();
    completed.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    Ended {
        learners: learners.len(),
        states: MemberState::ALL.iter().map(|&of| (of, learners.iter().filter(|learner| state(learner) == of).count())).collect(),
        outcomes: OutcomeKind::ALL.iter().map(|&of| (of, told().filter(|&(kind, consents)| consents && kind == of).count())).collect(),
        withheld: told().filter(|(_, consents)| !consents).count(),
        completed,
        spread,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CohortId;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn required(requirement: &str) -> Required {
        Required { role: "tester".to_owned(), requirement: requirement.to_owned() }
    }

    fn standing(role: &str, ready: (u32, u32), proven: &[&str]) -> RoleStanding {
        RoleStanding { role: role.to_owned(), ready, proven: proven.iter().map(|id| (*id).to_owned()).collect() }
    }

    fn rule() -> CompletionRule {
        CompletionRule { readiness: Some(7_000), measure: Measure::Proven, requirements: [required("git")].into(), word: false }
    }

    #[test]
    fn a_rule_asks_for_something_and_knows_what_it_names() {
        let git = |of: &Required| *of == required("git");
        assert_eq!(CompletionRule::default().checked(git), Ok(CompletionRule::default()));
        assert_eq!(rule().checked(git), Ok(rule()));
        let wrong =
            |rule: CompletionRule| rule.checked(git).unwrap_err().into_iter().map(|error| (error.field, error.code)).collect::<Vec<_>>();
        assert_eq!(wrong(CompletionRule { word: false, ..CompletionRule::default() }), [("word", "completion_asks_nothing")]);
        let wild = CompletionRule { readiness: Some(10_001), requirements: [required("tar")].into(), ..rule() };
        assert_eq!(wrong(wild), [("readiness", "out_of_range"), ("requirements", "requirement_unknown")]);
    }

    #[test]
    fn what_somebody_lacks_is_named_and_the_best_of_several_roles_counts() {
        let low = Lack::Readiness { has: 6_000, needs: 7_000 };
        let cases = [
            (vec![], vec![Lack::Readiness { has: 0, needs: 7_000 }, Lack::Requirement(required("git"))]),
            (vec![standing("tester", (9_000, 6_000), &["git"])], vec![low.clone()]),
            (vec![standing("tester", (9_000, 6_000), &["git"]), standing("other", (7_000, 7_000), &[])], vec![]),
            (vec![standing("other", (7_000, 7_000), &["git"])], vec![Lack::Requirement(required("git"))]),
            (vec![standing("tester", (7_000, 7_000), &["git"])], vec![]),
        ];
        for (roles, expected) in cases {
            assert_eq!(lacks(&rule(), &roles), expected, "{roles:?}");
        }
        let claimed = CompletionRule { measure: Measure::Claimed, ..rule() };
        assert_eq!(lacks(&claimed, &[standing("tester", (9_000, 6_000), &["git"])]), []);
        assert_eq!(lacks(&CompletionRule::default(), &[]), [Lack::Word]);
    }

    #[test]
    fn a_leads_word_with_a_reason_stands_for_what_is_missing_where_the_rule_takes_it() {
        let lack = [Lack::Requirement(required("git"))];
        let word = CompletionRule { word: true, ..rule() };
        let code = |rule: &CompletionRule, lacks: &[Lack], reason| may_complete(rule, lacks, reason).err().map(|error| error.code);
        assert_eq!(code(&rule(), &[], None), None);
        assert_eq!(code(&rule(), &lack, Some("Saw it at the exam.")), Some("completion_lacks"));
        assert_eq!(code(&word, &lack, Some(" ")), Some("completion_needs_reason"));
        assert_eq!(code(&word, &lack, Some("Saw it at the exam.")), None);
        assert_eq!(code(&CompletionRule::default(), &[Lack::Word], None), None, "nothing else was asked for");
    }

    #[test]
    fn an_outcome_has_what_its_kind_needs() {
        let today = day("2026-12-20");
        let wish = |kind, day: Option<Day>, title: &str| OutcomeWish { kind, day, title: Some(title.to_owned()), employer: None };
        let codes = |wish| {
            check_outcome(wish, today).err().unwrap_or_default().into_iter().map(|error| (error.field, error.code)).collect::<Vec<_>>()
        };
        let hired = Some(OutcomeKind::Hired);
        assert_eq!(codes(wish(hired, None, " Back-End Developer ")), []);
        assert_eq!(check_outcome(wish(hired, None, " Developer "), today).unwrap().title.as_deref(), Some("Developer"));
        assert_eq!(check_outcome(wish(hired, None, "Developer"), today).unwrap().day, today);
        assert_eq!(codes(wish(hired, None, "")), [("title", "missing")]);
        assert_eq!(codes(wish(None, None, "")), [("kind", "missing")]);
        assert_eq!(codes(wish(Some(OutcomeKind::Unknown), None, "Developer")), [("title", "not_for_this_kind")]);
        assert_eq!(codes(wish(hired, Some(today.plus(366)), "Developer")), []);
        assert_eq!(codes(wish(hired, Some(today.plus(367)), "Developer")), [("day", "out_of_range")]);
        assert_eq!(codes(wish(hired, Some(day("1800-01-01")), "Developer")), [("day", "day_too_early")]);
        let long = OutcomeWish { employer: Some("x".repeat(1_000)), ..wish(hired, None, "Developer") };
        assert_eq!(codes(long), [("employer", "too_long")]);
    }

    #[test]
    fn small_numbers_are_for_leads() {
        let cases = [(0, false, Some(0)), (1, false, None), (4, false, None), (5, false, Some(5)), (4, true, Some(4))];
        for (number, sees_all, expected) in cases {
            assert_eq!(shown(number, sees_all), expected, "{number}");
        }
    }

    #[test]
    fn a_cohort_that_ended_is_counted() {
        let span = |state, first| vec![Span::new(state, day(first))];
        let (done, early, left) = (
            span(MemberState::Completed, "2026-12-18"),
            span(MemberState::Completed, "2026-12-01"),
            span(MemberState::Dropped, "2026-10-01"),
        );
        let moved = [Span { moved_to: Some(CohortId(2)), ..Span::new(MemberState::Dropped, day("2026-10-01")) }];
        let of = |name, spans, ready, outcome| Attended { name, spans, ready, outcome };
        let learners = [
            of("Ada", done.as_slice(), Some((9_900, 8_000)), Some((OutcomeKind::Hired, true))),
            of("Ben", early.as_slice(), Some((10_000, 7_999)), Some((OutcomeKind::Study, false))),
            of("Cleo", left.as_slice(), Some((1_999, 0)), None),
            of("Dan", &[], None, None),
            of("Eve", moved.as_slice(), Some((5_000, 0)), None),
        ];
        let counted = count_ended(&learners, Measure::Claimed, day("2027-01-10"));
        assert_eq!(counted.learners, 4, "Eve is another cohort's");
        assert_eq!(counted.states.iter().map(|(_, number)| *number).collect::<Vec<_>>(), [1, 0, 1, 2]);
        assert_eq!(counted.outcomes[0], (OutcomeKind::Hired, 1));
        assert_eq!((counted.outcomes.iter().map(|(_, number)| number).sum::<usize>(), counted.withheld), (1, 1));
        assert_eq!(counted.completed, [("Ben".to_owned(), day("2026-12-01")), ("Ada".to_owned(), day("2026-12-18"))]);
        assert_eq!(counted.spread, [1, 0, 0, 0, 2]);
        assert_eq!(count_ended(&learners, Measure::Proven, day("2027-01-10")).spread, [1, 0, 0, 1, 1]);
    }
}
