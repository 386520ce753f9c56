use super::*;
use crate::samples::{claim, entry, link, maker, today};

const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

fn held(text: &str) -> Held {
    match text.split_once('@') {
        Some((subject, step)) => Held { subject: subject.parse().unwrap(), step: Some(step.parse().unwrap()) },
        None => Held { subject: text.parse().unwrap(), step: None },
    }
}

fn written(held: &Held) -> String {
    held.step.map_or_else(|| held.subject.to_string(), |step| format!("{}@{step}", held.subject))
}

fn told(known: &[&str], ledger: &[Entry]) -> Result<Vec<Vec<String>>, Vec<&'static str>> {
    let known: Vec<Held> = known.iter().map(|text| held(text)).collect();
    match claims(&maker(), &known, ledger, today(), NOW) {
        Ok(new) => Ok(new.iter().map(|new| new.held.iter().map(written).collect()).collect()),
        Err(wrong) => {
            assert!(wrong.iter().all(|error| error.field == "known" && KNOWN_CODES.contains(&error.code)));
            Err(wrong.iter().map(|error| error.code).collect())
        }
    }
}

/// What is ticked, what the ledger holds, and the subjects of each claim that follows.
type Case<'a> = (&'a [&'a str], &'a [Entry], &'a [&'a [&'a str]]);

#[test]
fn ticks_become_claims_and_what_the_ledger_says_is_not_said_again() {
    let review = entry(3, EvidenceKind::Assessment, Trust::Mentor, &["skill:git@independent"]);
    let recall = entry(4, EvidenceKind::Recall, Trust::Claimed, &["topic:apis"]);
    let taken_back = Entry { retracts: Some(1), ..entry(2, EvidenceKind::Retraction, Trust::Claimed, &["skill:go@working"]) };
    let cases: &[Case] = &[
        (&[], &[], &[]),
        // The template's order, whatever the order of the ticks.
        (&["topic:apis", "skill:git@working"], &[], &[&["skill:git@working"], &["topic:apis"]]),
        // A project's criteria make one claim.
        (
            &["criterion:has-tests", "skill:go@aware", "criterion:deployed"],
            &[],
            &[&["skill:go@aware"], &["criterion:deployed", "criterion:has-tests"]],
        ),
        (&["criterion:has-tests", "criterion:deployed"], &[claim(1, &["criterion:deployed"])], &[&["criterion:has-tests"]]),
        // Higher than what is there is said, the same or lower is not.
        (&["skill:git@leading"], std::slice::from_ref(&review), &[&["skill:git@leading"]]),
        (&["skill:git@independent"], std::slice::from_ref(&review), &[]),
        (&["skill:git@aware"], std::slice::from_ref(&review), &[]),
        // Former ids, in the answers and in the ledger.
        (&["skill:scm@working"], &[], &[&["skill:git@working"]]),
        (&["skill:git@working"], &[link(1, &["skill:scm@working"])], &[]),
        // What was taken back is not there, what a card remembers fades.
        (&["skill:go@working"], &[claim(1, &["skill:go@working"]), taken_back], &[&["skill:go@working"]]),
        (&["topic:apis"], &[recall], &[&["topic:apis"]]),
    ];
    for (known, ledger, expected) in cases {
        let expected: Vec<Vec<String>> = expected.iter().map(|claim| claim.iter().map(|&held| held.to_owned()).collect()).collect();
        assert_eq!(told(known, ledger), Ok(expected), "{known:?} beside {ledger:?}");
    }
}

#[test]
fn answers_that_cannot_be_taken_are_all_named_at_once() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["skill:git"], &["step_missing"]),
        (&["topic:apis@working"], &["step_unexpected"]),
        (&["skill:cobol@working"], &["subject_unknown"]),
        (&["certification:cloud"], &["certification_needs_certificate"]),
        (&["skill:git@aware", "skill:scm@working"], &["subject_twice"]),
        (&["skill:git", "skill:cobol@working"], &["step_missing", "subject_unknown"]),
    ];
    for (known, expected) in cases {
        assert_eq!(told(known, &[]), Err(expected.to_vec()), "{known:?}");
    }
    let many = vec!["topic:apis"; MAX_KNOWN + 1];
    assert_eq!(told(&many, &[]), Err(vec!["too_many_known"]));
    assert_eq!(told(&many[1..], &[]), Err(vec!["subject_twice"]));
}

#[test]
fn each_subject_is_asked_once_and_no_certification_is() {
    let mut template = maker();
    // A second requirement for Git, one level up and a step higher.
    let mut more = template.requirements[0].clone();
    (more.id, more.level) = ("git-more".to_owned(), 1);
    more.asks = Asks::Skill { subject: "skill:git".parse().unwrap(), step: Step::Leading };
    template.requirements.push(more);
    let ledger = [link(1, &["skill:git"]), claim(2, &["skill:scm@working"])];

    for (target, asked) in [(0, Step::Independent), (1, Step::Leading)] {
        let found = questions(&template, target, &ledger);
        let subjects: Vec<String> = found.iter().map(|question| question.subject.to_string()).collect();
        let mut criteria = subjects[3..5].to_vec();
        criteria.sort();
        assert_eq!(criteria, ["criterion:deployed", "criterion:has-tests"]);
        assert_eq!(
            (&subjects[..3], &subjects[5..]),
            (&["skill:git", "skill:rust", "skill:go"].map(str::to_owned)[..], &["topic:apis".to_owned()][..])
        );
        assert_eq!((found[0].asked, found[0].level, found[0].requirement), (Some(asked), 0, 0), "to {target}");
        assert_eq!(found[0].held.as_ref().map(|held| held.step), Some(Some(Step::Working)));
        assert!(found[1..].iter().all(|question| question.held.is_none()));
    }
}

#[test]
fn what_counts_only_because_it_was_ticked_is_told_with_the_trust_that_would_prove_it() {
    let (template, none) = (maker(), BTreeSet::new());
    let scope = |mentored| Scope { template: &template, target: 1, chosen: &none, mentored, today: today(), settings: &[] };
    let before = [link(1, &["skill:go@working"])];
    let known = ["skill:git@independent", "skill:rust@aware", "criterion:has-tests", "criterion:deployed", "topic:apis"].map(held);
    let new = claims(&template, &known, &before, today(), NOW).unwrap();
    let ledger: Vec<Entry> = before.iter().cloned().chain(as_recorded(&new, &before)).collect();
    assert_eq!(ledger.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(ledger.iter().filter(|entry| was_ticked(entry, &[NOW])).count(), 4);

    let told = |ledger: &[Entry], mentored| -> Vec<(usize, bool, Trust)> {
        only_ticked(scope(mentored), ledger, NOW).iter().map(|only| (only.requirement, only.is_whole, only.needs)).collect()
    };
    let service = |needs| (3, true, needs);
    let git = template.requirements[0].least_trust.min(Trust::Linked);
    // Go stood in the ledger before, and the topic lies beyond the target.
    assert_eq!(told(&ledger, false), [(0, true, git), (1, false, git), service(Trust::Linked)]);
    assert_eq!(told(&ledger, true)[2], service(Trust::Mentor));

    // A link for Git: it no longer counts only because it was ticked.
    let mut proven = ledger.clone();
    proven.push(link(6, &["skill:git@independent"]));
    assert_eq!(told(&proven, false), [(1, false, git), service(Trust::Linked)]);
    // Taken back: nothing of it counts.
    let back = Entry { retracts: Some(2), ..entry(7, EvidenceKind::Retraction, Trust::Claimed, &["skill:git@independent"]) };
    assert_eq!(told(&[ledger.clone(), vec![back]].concat(), false), [(1, false, git), service(Trust::Linked)]);
    // A claim of another moment is no tick.
    assert_eq!(only_ticked(scope(false), &ledger, Instant::from_micros(1)), []);
}
