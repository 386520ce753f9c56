//! What mentors say of what is handed in: planned as the rest of a history is, and said as the product takes it.

use domain::account::CleanName;
use domain::ledger::{Entry, EvidenceKind, Held, Offer};
use domain::review::{Reply, Said as OfCriterion, Verdict};
use domain::subject::{Subject, SubjectKind};
use domain::template::{Asks, Template};
use domain::time::Day;

use super::batch::{self, Batch, Mark, Said, Work};
use super::chance::Chance;
use super::history::{Event, What};
use super::{DemoError, misfit};

#[derive(Clone, Copy)]
pub enum Judging {
    /// As it stands in the batch's table.
    Set(&'static batch::Review),
    /// All of it is met, or all but the last criterion.
    Plain { is_complete: bool, remark: &'static str },
}

const ACCEPTED: &[&str] = &[
    "Runs from nothing on my machine. Accepted.",
    "Clear, small and tested; I learned something from the second part.",
    "Good work. Next time write down first what you expect to measure.",
];
const RETURNED: &[&str] =
    &["Most of it is there. Have another look at the last point, then I am glad to see it again.", "Nearly. One thing I could not find."];
const MISSING: &str = "I looked for it and could not find it; say in the README where it is shown.";

/// Mentors look at all work and all certificates within some days; of the work a third comes back, and is handed in anew.
pub fn queue(events: &mut Vec<Event>, mentors: [&'static str; 2], last: Day, chance: &mut Chance) {
    let waits = |offer: &Offer| matches!(offer.kind, Some(EvidenceKind::Submission | EvidenceKind::Certificate));
    let handed: Vec<(usize, Day, Offer)> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Offer(offer) if waits(offer) => Some((event.id, event.day, (**offer).clone())),
            _ => None,
        })
        .collect();
    let mut add = |day: Day, at: u32, what: What| {
        events.push(Event { id: events.len(), day, at, what });
        events.len() - 1
    };
    for (event, day, offer) in handed {
        let mentor = mentors[chance.between(0, 1) as usize];
        let (looked, again) = (day.plus(chance.between(1, 4) as i32).min(last), chance.between(2, 5) as i32);
        let comes_back = offer.kind == Some(EvidenceKind::Submission) && chance.percent(33) && looked.plus(again + 1) <= last;
        // Of the last day's work they say what they say when it is over.
        let at = if looked > day { chance.between(9 * 3600, 17 * 3600) } else { 23 * 3600 };
        let said = Judging::Plain { is_complete: !comes_back, remark: chance.pick(if comes_back { RETURNED } else { ACCEPTED }) };
        add(looked, at, What::Judged { event, mentor, said });
        if comes_back {
            let note = "What was missing is there now; see the last commit.".to_owned();
            let offer = Offer { note: Some(note), day: Some(looked.plus(again)), minutes: Some(90), ..offer };
            let event = add(looked.plus(again), 18 * 3600, What::Again { event, offer: Box::new(offer) });
            let said = Judging::Plain { is_complete: true, remark: chance.pick(ACCEPTED) };
            add(looked.plus(again + 1), chance.between(9 * 3600, 17 * 3600), What::Judged { event, mentor, said });
        }
    }
}

/// What a learner hands in, or says to have made too, by the batch's table.
pub fn set_works(batch: &Batch, username: &str, template: &Template, until: Day, events: &mut Vec<Event>) -> Result<(), DemoError> {
    for work in batch.set_works(username) {
        let mut before = None;
        for (version, stands) in work.versions.iter().enumerate() {
            let day = until.plus(-stands.back);
            let mut add = |day: Day, at: u32, what: What| {
                events.push(Event { id: events.len(), day, at, what });
                events.len() - 1
            };
            if work.by != username {
                if work.with.iter().any(|&(other, confirms)| other == username && confirms) {
                    add(day.plus(1), 12 * 3600, What::Confirms { work, version });
                }
                continue;
            }
            let offer = Offer {
                kind: Some(EvidenceKind::Submission),
                subjects: criteria(work, template)?,
                day: Some(day),
                title: Some(stands.title.to_owned()),
                url: Some(stands.url.to_owned()),
                note: Some(stands.note.to_owned()),
                ..Offer::default()
            };
            let event = add(day, 17 * 3600, What::HandsIn { work, version, offer: Box::new(offer), event: before });
            before = Some(event);
            if let Some(review) = &stands.review {
                add(day.plus(review.after), 11 * 3600, What::Judged { event, mentor: review.by, said: Judging::Set(review) });
            }
        }
    }
    Ok(())
}

fn criteria(work: &Work, template: &Template) -> Result<Vec<Held>, DemoError> {
    let index = template.requirement(work.project).ok_or_else(|| misfit(work.project))?;
    let Asks::Project(criteria) = &template.requirements[index].asks else { return Err(misfit(work.project)) };
    let is_shown = |id: &str| work.criteria.is_empty() || work.criteria.contains(&id);
    let subjects = criteria.iter().map(|criterion| &criterion.subject).filter(|subject| is_shown(&subject.id));
    Ok(subjects.map(|subject| Held { subject: subject.clone(), step: None }).collect())
}

/// What a mentor of that name says of a submission.
pub fn reply(submission: &Entry, template: &Template, judging: &Judging, by: &CleanName) -> Reply {
    let (comment, marks, is_complete) = match judging {
        Judging::Set(review) => (review.comment, review.marks, true),
        Judging::Plain { is_complete, remark } => (*remark, &[][..], *is_complete),
    };
    let last = submission.held.len() - 1;
    let said = submission.held.iter().enumerate().map(|(place, held)| {
        let subject = &held.subject;
        match marks.iter().find(|mark| mark.criterion == subject.id) {
            Some(mark) => said(mark),
            None => plain(template, subject, is_complete || place < last),
        }
    });
    Reply { name: by.to_string(), comment: Some(comment.to_owned()), criteria: said.collect() }
}

/// Of one criterion, by the table.
pub fn said(mark: &Mark) -> OfCriterion {
    let (verdict, level) = match mark.said {
        Said::Met => (Some(Verdict::Met), None),
        Said::NotMet => (Some(Verdict::NotMet), None),
        Said::Level(level) => (None, Some(level.to_owned())),
    };
    let comment = Some(mark.comment.to_owned()).filter(|comment| !comment.is_empty());
    OfCriterion { subject: Subject::new(SubjectKind::Criterion, mark.criterion), verdict, level, comment }
}

/// Where the role has levels, the lowest one that counts as met, or the one below it.
fn plain(template: &Template, subject: &Subject, is_met: bool) -> OfCriterion {
    let level = template.rubric(subject).map(|rubric| rubric.levels[rubric.met_from - usize::from(!is_met)].id.clone());
    let verdict = if is_met { Verdict::Met } else { Verdict::NotMet };
    OfCriterion {
        subject: subject.clone(),
        verdict: level.is_none().then_some(verdict),
        level,
        comment: (!is_met).then(|| MISSING.to_owned()),
    }
}
