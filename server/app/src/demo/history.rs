//! The weeks of one learner's work, planned in full before anything is written: the same learner, the same template and the
//! same day give the same history.

use std::collections::BTreeSet;

use domain::ledger::{EvidenceKind, Held, Offer};
use domain::subject::Subject;
use domain::template::{Asks, Criterion, LevelIndex, Requirement, RequirementIndex, Template};
use domain::time::Day;

use super::batch::{Looks, Work};
use super::chance::Chance;
use super::people::Habits;
use super::reviewing::Judging;

/// One thing that happens.
pub struct Event {
    /// Its own in a learner's history, whatever the order.
    pub id: usize,
    pub day: Day,
    /// Seconds after the learner's midnight.
    pub at: u32,
    pub what: What,
}

pub enum What {
    Offer(Box<Offer>),
    /// A mentor saw it: index of the mentor, subjects, a remark.
    Assessed {
        mentor: usize,
        held: Vec<Held>,
        note: &'static str,
    },
    /// Takes back what the event of that id recorded.
    Retract {
        event: usize,
        note: &'static str,
    },
    /// Somebody outside answers about the submission of the event of that id: name, and a remark on the whole.
    Reviewed {
        event: usize,
        by: &'static str,
        remark: &'static str,
    },
    /// Work, or a certificate, in the place of what the event of that id handed in.
    Again {
        event: usize,
        offer: Box<Offer>,
    },
    /// A version of work that stands in the batch's table; in the place of the version before.
    HandsIn {
        work: &'static Work,
        version: usize,
        offer: Box<Offer>,
        event: Option<usize>,
    },
    /// Says to have made that version too.
    Confirms {
        work: &'static Work,
        version: usize,
    },
    /// A mentor, by username, answers about what the event of that id handed in.
    Judged {
        event: usize,
        mentor: &'static str,
        said: Judging,
    },
}

/// What a history is made from.
pub struct Sketch<'a> {
    pub template: &'a Template,
    pub target: LevelIndex,
    pub chosen: &'a BTreeSet<String>,
    pub habits: &'a Habits,
    pub hours_week: u32,
    /// The days between which everything happens.
    pub first: Day,
    pub last: Day,
    pub looks: Looks,
    /// Projects that are handed in otherwise.
    pub set: &'a BTreeSet<&'static str>,
}

const CLAIMS: &[&str] = &[
    "Worked through the exercises and used it in the project.",
    "Rebuilt last week’s example without looking.",
    "Explained it to my group today.",
    "Read the chapter, then wrote a small program.",
    "Used it for the orders service.",
];
const LINKS: &[&str] = &[
    "The tests show it; start with the README.",
    "See the second commit, the first was too big.",
    "Small on purpose; the edge cases are in the tests.",
    "Deployed version and source are both linked there.",
];
const REMARKS: &[&str] = &[
    "Clear and complete. The error cases are handled, too.",
    "Explained it well at the board, and without notes.",
    "Good. Next time write down what you measured before.",
    "Reviewed together; two small remarks are in the pull request.",
];

/// People without an account who review submissions.
const OUTSIDE: &[&str] = &["Noor Haddad", "Piotr Zieliński", "Grace Achieng", "Luca Ferri"];
const OUTSIDE_REMARKS: &[&str] = &[
    "I ran it and read the tests. The structure is easy to follow.",
    "Solid work. I would merge this with two small changes.",
    "The README answered all of my questions but one.",
];

/// The learner's choice in every any-N group: the language and framework of their habits, else the first members.
pub fn choices(template: &Template, habits: &Habits, target: LevelIndex) -> BTreeSet<String> {
    let wanted = [habits.language, habits.framework];
    let mut chosen = BTreeSet::new();
    for group in &template.groups {
        let Some(need) = group.need else { continue };
        let members: Vec<&Requirement> =
            group.members.iter().map(|&member| &template.requirements[member]).filter(|r| r.level <= target).collect();
        let fits = |r: &&&Requirement| {
            r.requires
                .iter()
                .all(|&before| group_need(template, before).is_none() || wanted.contains(&id_of(&template.requirements[before])))
        };
        let named = members.iter().filter(|r| wanted.contains(&id_of(r)));
        let rest = members.iter().filter(fits).filter(|r| !wanted.contains(&id_of(r)));
        chosen.extend(named.chain(rest).take(need as usize).map(|r| r.id.clone()));
    }
    chosen
}

/// Criteria as what a submission is about.
fn shown(criteria: &[Criterion]) -> Vec<Held> {
    criteria.iter().map(|criterion| Held { subject: criterion.subject.clone(), step: None }).collect()
}

fn group_need(template: &Template, requirement: RequirementIndex) -> Option<u32> {
    template.groups[template.requirements[requirement].group].need
}

/// The subject's id where it asks for a skill, else the requirement's own.
fn id_of(requirement: &Requirement) -> &str {
    match &requirement.asks {
        Asks::Skill { subject, .. } => &subject.id,
        _ => &requirement.id,
    }
}

/// Events in the order of their days.
pub fn plan(sketch: &Sketch<'_>, chance: &mut Chance) -> Vec<Event> {
    let &Sketch { template, habits, hours_week, first, last, .. } = sketch;
    let mut events = Vec::new();
    let mut clock = first;
    // Minutes left of the week's hours.
    let per_day = (hours_week * 60 * habits.pace / 100 / 5).max(10);
    let mut left = per_day * chance.between(0, 2);
    for index in order(sketch, chance) {
        let requirement = &template.requirements[index];
        // Learners of the demo bring something along: they need about a third of the estimate.
        let mut minutes = requirement.hours * 60 * chance.between(24, 42) / 100;
        while minutes > left {
            minutes -= left;
            clock = clock.plus(if weekday(clock) >= 5 { 8 - weekday(clock) as i32 } else { 1 });
            left = per_day * chance.between(60, 140) / 100;
        }
        left -= minutes;
        if clock > last {
            break;
        }
        // What is noted is the last sitting, so that no day has more than its hours.
        work(requirement, sketch, clock, minutes, chance, &mut events);
    }
    if sketch.looks == Looks::Outside {
        reviews(&mut events, last, chance);
    }
    events.sort_by_key(|event| (event.day, event.at));
    let retractable: Vec<usize> = (0..events.len())
        .filter(|&i| {
            matches!(&events[i].what, What::Offer(offer) if offer.kind == Some(EvidenceKind::Link)) && events[i].day < last.plus(-3)
        })
        .collect();
    if let Some(&event) = retractable.get(retractable.len() / 2)
        && chance.percent(40)
    {
        let (day, at) = (events[event].day.plus(2), 72_000);
        let what = What::Retract { event: events[event].id, note: "The repository was private; a public one follows." };
        events.push(Event { id: events.len(), day, at, what });
        events.sort_by_key(|event| (event.day, event.at));
    }
    events
}

/// Half of the submissions are looked at by somebody outside, some days later.
fn reviews(events: &mut Vec<Event>, last: Day, chance: &mut Chance) {
    let submitted = |event: &Event| matches!(&event.what, What::Offer(offer) if offer.kind == Some(EvidenceKind::Submission));
    let submissions: Vec<(usize, Day)> = events.iter().filter(|event| submitted(event)).map(|event| (event.id, event.day)).collect();
    for (event, day) in submissions {
        let day = day.plus(chance.between(2, 5) as i32);
        let what = What::Reviewed { event, by: chance.pick(OUTSIDE), remark: chance.pick(OUTSIDE_REMARKS) };
        if chance.percent(50) && day <= last {
            events.push(Event { id: events.len(), day, at: chance.between(9 * 3600, 20 * 3600), what });
        }
    }
}

/// A certificate of some years ago that runs out in a few weeks, recorded last month.
pub fn lapsing_certificate(template: &Template, target: LevelIndex, today: Day, id: usize, chance: &mut Chance) -> Option<Event> {
    let asked = template.requirements.iter().filter(|requirement| requirement.level <= target);
    let subject = asked.filter_map(|requirement| match &requirement.asks {
        Asks::Certification(subject) => Some(subject),
        _ => None,
    });
    let subject = subject.min()?;
    let day = today.plus(-30);
    let mut offer = certificate(template, subject, chance);
    offer.day = Some(day);
    offer.expires_on = Some(today.plus(chance.between(10, 28) as i32));
    offer.issued_on = Some(today.plus(-365 * 3 + 20));
    Some(Event { id, day, at: 19 * 3600, what: What::Offer(Box::new(offer)) })
}

fn certificate(template: &Template, subject: &Subject, chance: &mut Chance) -> Offer {
    let exam = template.document.exams.iter().flat_map(|list| &list.exams).find(|exam| exam.certification == subject.id);
    let (name, issuer) = exam.map_or(("Certificate", "Example Institute"), |exam| (exam.name.as_str(), exam.issuer.as_str()));
    let number = format!("WM-{:05}", chance.between(10_000, 99_999));
    Offer {
        kind: Some(EvidenceKind::Certificate),
        subjects: vec![Held { subject: subject.clone(), step: None }],
        title: Some(name.to_owned()),
        issuer: Some(issuer.to_owned()),
        url: Some(format!("https://certificates.example.org/{number}")),
        number: Some(number),
        ..Offer::default()
    }
}

/// Chosen members only; by level, then with a little disorder, never before what a requirement needs.
fn order(sketch: &Sketch<'_>, chance: &mut Chance) -> Vec<RequirementIndex> {
    let &Sketch { template, target, chosen, set, .. } = sketch;
    let in_play = |index: &RequirementIndex| {
        let requirement = &template.requirements[*index];
        let is_wanted = group_need(template, *index).is_none() || chosen.contains(&requirement.id);
        requirement.level <= target && is_wanted && !set.contains(requirement.id.as_str())
    };
    let mut waiting: Vec<(usize, u64, RequirementIndex)> =
        (0..template.requirements.len()).filter(in_play).map(|index| (template.requirements[index].level, chance.next(), index)).collect();
    waiting.sort();
    let mut done: BTreeSet<RequirementIndex> = BTreeSet::new();
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let ready = |index: RequirementIndex| {
            template.requirements[index]
                .requires
                .iter()
                .all(|before| done.contains(before) || !waiting.iter().any(|&(_, _, other)| other == *before))
        };
        let position = waiting.iter().position(|&(_, _, index)| ready(index)).unwrap_or(0);
        let (_, _, index) = waiting.remove(position);
        done.insert(index);
        ordered.push(index);
    }
    ordered
}

/// 0 is Monday. Day 0, 1970-01-01, was a Thursday.
fn weekday(day: Day) -> u32 {
    (day.number() + 3).rem_euclid(7) as u32
}

fn work(
    requirement: &Requirement,
    &Sketch { template, habits, last, looks, .. }: &Sketch<'_>,
    day: Day,
    minutes: u32,
    chance: &mut Chance,
    events: &mut Vec<Event>,
) {
    let evening = |chance: &mut Chance| chance.between(8 * 3600, 22 * 3600);
    let mut offer = |kind: EvidenceKind, day: Day, held: Vec<Held>, fill: &dyn Fn(&mut Offer), chance: &mut Chance| {
        if day <= last {
            let mut offer = Offer { kind: Some(kind), subjects: held, day: Some(day), ..Offer::default() };
            fill(&mut offer);
            events.push(Event { id: events.len(), day, at: evening(chance), what: What::Offer(Box::new(offer)) });
        }
    };
    let repository = format!("https://git.example.org/demo/{}", requirement.id);
    let mut reviewed: Option<(Vec<Held>, i32)> = None;
    match &requirement.asks {
        Asks::Skill { subject, step } => {
            let held = vec![Held { subject: subject.clone(), step: Some(*step) }];
            let note = chance.pick(CLAIMS);
            offer(
                EvidenceKind::Claim,
                day,
                held.clone(),
                &|o| (o.note, o.minutes) = (Some(note.to_owned()), Some(minutes.clamp(1, 1440))),
                chance,
            );
            if chance.percent(habits.links) {
                let (note, after) = (chance.pick(LINKS), chance.between(0, 3) as i32);
                offer(
                    EvidenceKind::Link,
                    day.plus(after),
                    held.clone(),
                    &|o| (o.url, o.note) = (Some(repository.clone()), Some(note.to_owned())),
                    chance,
                );
                if chance.percent(habits.reviews) {
                    reviewed = Some((held, after + chance.between(2, 7) as i32));
                }
            }
        }
        // Mentors get all of it at once, and say what they say by a review.
        Asks::Project(criteria) if looks == Looks::Mentors => {
            let note = chance.pick(LINKS);
            let fill = |o: &mut Offer| {
                (o.title, o.url) = (Some(requirement.name.clone()), Some(repository.clone()));
                (o.note, o.minutes) = (Some(note.to_owned()), Some(minutes.clamp(1, 1440)));
            };
            offer(EvidenceKind::Submission, day, shown(criteria), &fill, chance);
        }
        Asks::Project(criteria) => {
            let held = shown(criteria);
            let (first, second) = held.split_at(held.len().div_ceil(2));
            let note = chance.pick(LINKS);
            let kind = if chance.percent(60) { EvidenceKind::Submission } else { EvidenceKind::Link };
            offer(
                kind,
                day,
                first.to_vec(),
                &|o| {
                    o.title = Some(requirement.name.clone()).filter(|_| kind == EvidenceKind::Submission);
                    (o.url, o.note, o.minutes) = (Some(repository.clone()), Some(note.to_owned()), Some(minutes.clamp(1, 1440)));
                },
                chance,
            );
            if !second.is_empty() && chance.percent(habits.pace.min(95)) {
                offer(EvidenceKind::Link, day.plus(4), second.to_vec(), &|o| o.url = Some(repository.clone()), chance);
            }
            if chance.percent(habits.reviews + 20) {
                let seen = if chance.percent(60) { held.clone() } else { first.to_vec() };
                reviewed = Some((seen, chance.between(5, 9) as i32));
            }
        }
        Asks::Certification(subject) => {
            if chance.percent(habits.pace / 2) {
                // Some were earned long ago and lapse around today, so that there is something to renew.
                let issued = if chance.percent(35) { day.plus(-(365 * 2) - chance.between(0, 40) as i32 + 60) } else { day };
                let expires = issued.plus(365 * if issued == day { 3 } else { 2 });
                let made = certificate(template, subject, chance);
                offer(
                    EvidenceKind::Certificate,
                    day,
                    made.subjects.clone(),
                    &|o| *o = Offer { day: o.day, issued_on: Some(issued), expires_on: Some(expires), ..made.clone() },
                    chance,
                );
            }
        }
        Asks::Topic(subject) => {
            let note = chance.pick(CLAIMS);
            offer(
                EvidenceKind::Claim,
                day,
                vec![Held { subject: subject.clone(), step: None }],
                &|o| o.note = Some(note.to_owned()),
                chance,
            );
            if chance.percent(habits.reviews / 2) {
                reviewed = Some((vec![Held { subject: subject.clone(), step: None }], chance.between(3, 10) as i32));
            }
        }
    }
    if let Some((held, after)) = reviewed
        && day.plus(after) <= last
    {
        let mentor = chance.between(0, 1) as usize;
        events.push(Event {
            id: events.len(),
            day: day.plus(after),
            at: chance.between(9 * 3600, 17 * 3600),
            what: What::Assessed { mentor, held, note: chance.pick(REMARKS) },
        });
    }
}
