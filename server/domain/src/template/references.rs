//! What one part of a document says of another, and of the catalogue.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::catalogue::Catalogue;
use crate::subject::{Subject, SubjectKind};
use crate::template::problem::{Report, item, mend_reference};
use crate::template::{Document, RequirementDocument};

/// Checks ids and references of the whole document.
pub(super) fn check(document: &Document, catalogue: &Catalogue, report: &mut Report) {
    let mut known = Known {
        sources: Ids::of("sources", "source", document.sources.iter().map(|source| source.key.as_str()), report),
        levels: Ids::of("levels", "level", document.levels.iter().map(|level| level.id.as_str()), report),
        groups: Ids::of("groups", "group", document.groups.iter().map(|group| group.id.as_str()), report),
        requirements: Ids::of("requirements", "requirement", document.requirements.iter().map(|one| one.id.as_str()), report),
        resources: Ids::of("resources", "resource", document.resources.iter().map(|one| one.id.as_str()), report),
        report,
    };
    known.levels_and_groups(document);
    for (index, requirement) in document.requirements.iter().enumerate() {
        let place = item("requirements", index, &requirement.id);
        known.requirement(&place, requirement, document);
        subjects(&place, requirement, catalogue, known.report);
    }
    known.guide(document);
    exams(document, catalogue, known.report);
    cycles(document, known.report);
}

/// Ids of one kind, with where they stand.
struct Ids<'d> {
    noun: &'static str,
    index: BTreeMap<&'d str, usize>,
}

impl<'d> Ids<'d> {
    fn of(list: &str, noun: &'static str, ids: impl Iterator<Item = &'d str>, report: &mut Report) -> Self {
        let mut index = BTreeMap::new();
        for (at, id) in ids.enumerate() {
            if let Some(first) = index.get(id) {
                let what = format!("the {noun} “{id}” is there already, at {list}[{first}]");
                report.add(item(list, at, id), what, "Give one of them another id or remove it");
            } else {
                index.insert(id, at);
            }
        }
        Self { noun, index }
    }

    fn check(&self, place: &str, id: &str, report: &mut Report) {
        if !self.index.contains_key(id) {
            let otherwise = format!("add a {} “{id}”", self.noun);
            report.add(place, format!("there is no {} “{id}”", self.noun), mend_reference(id, self.index.keys().copied(), &otherwise));
        }
    }

    fn check_all(&self, place: &str, ids: &[String], report: &mut Report) {
        let mut seen = BTreeSet::new();
        for (at, id) in ids.iter().enumerate() {
            let place = format!("{place}[{at}]");
            self.check(&place, id, report);
            if !seen.insert(id) {
                report.add(place, format!("“{id}” is named twice"), "Remove one of them");
            }
        }
    }
}

struct Known<'d, 'r> {
    sources: Ids<'d>,
    levels: Ids<'d>,
    groups: Ids<'d>,
    requirements: Ids<'d>,
    resources: Ids<'d>,
    report: &'r mut Report,
}

impl Known<'_, '_> {
    fn levels_and_groups(&mut self, document: &Document) {
        for (index, level) in document.levels.iter().enumerate() {
            self.sources.check_all(&format!("{}.sources", item("levels", index, &level.id)), &level.sources, self.report);
        }
        for (index, group) in document.groups.iter().enumerate() {
            let place = item("groups", index, &group.id);
            self.sources.check_all(&format!("{place}.sources"), &group.sources, self.report);
            if let Some(parent) = &group.parent {
                self.groups.check(&format!("{place}.parent"), parent, self.report);
                if self.groups.index.get(parent.as_str()).is_some_and(|&at| at >= index) {
                    let what = format!("its parent “{parent}” comes after it or is itself");
                    self.report.add(format!("{place}.parent"), what, "Put parents before their children");
                }
            }
            let members = document.requirements.iter().filter(|requirement| requirement.group == group.id).count();
            let has_groups = document.groups.iter().any(|other| other.parent.as_ref() == Some(&group.id));
            if members == 0 && !has_groups {
                self.report.add(&place, "nothing belongs to it", "Put a requirement into it or remove it");
            }
            let Some(need) = group.need else { continue };
            if has_groups {
                let what = "a group that needs some of its members holds requirements only";
                self.report.add(format!("{place}.need"), what, "Remove need, or put its groups elsewhere");
            }
            if need == 0 || need as usize > members {
                let what = format!("{need} of {members} members cannot be needed");
                let mend = format!("Write a number from 1 to {}, or leave it out where all count", members.max(1));
                self.report.add(format!("{place}.need"), what, mend);
            }
            if group.weight.is_none() {
                let what = "a group that needs some of its members needs a weight of its own";
                self.report.add(format!("{place}.weight"), what, "Write what the whole group weighs among its siblings");
            }
        }
    }

    fn requirement(&mut self, place: &str, requirement: &RequirementDocument, document: &Document) {
        self.groups.check(&format!("{place}.group"), &requirement.group, self.report);
        self.levels.check(&format!("{place}.level"), &requirement.level, self.report);
        self.requirements.check_all(&format!("{place}.requires"), &requirement.requires, self.report);
        self.resources.check_all(&format!("{place}.resources"), &requirement.resources, self.report);
        self.sources.check_all(&format!("{place}.sources"), &requirement.sources, self.report);
        let Some(&own) = self.levels.index.get(requirement.level.as_str()) else { return };
        for (at, id) in requirement.requires.iter().enumerate() {
            let before = self.requirements.index.get(id.as_str()).map(|&index| &document.requirements[index]);
            let higher = before.filter(|before| self.levels.index.get(before.level.as_str()).is_some_and(|&level| level > own));
            if let Some(before) = higher {
                let what = format!("“{id}” is of the level “{}”, above “{}”", before.level, requirement.level);
                self.report.add(format!("{place}.requires[{at}]"), what, "Raise this requirement's level, lower the other's, or remove it");
            }
        }
    }

    fn guide(&mut self, document: &Document) {
        for (index, resource) in document.resources.iter().enumerate() {
            self.sources.check_all(&format!("{}.sources", item("resources", index, &resource.id)), &resource.sources, self.report);
        }
        for (index, fact) in document.facts.iter().enumerate() {
            let place = item("facts", index, "");
            self.cited(&place, &fact.sources);
            self.requirements.check_all(&format!("{place}.requirements"), &fact.requirements, self.report);
        }
        for (index, salary) in document.salaries.iter().enumerate() {
            let place = item("salaries", index, "");
            self.sources.check(&format!("{place}.source"), &salary.source, self.report);
            if let Some(level) = &salary.level {
                self.levels.check(&format!("{place}.level"), level, self.report);
            }
        }
        for (index, transition) in document.transitions.iter().enumerate() {
            self.cited(&item("transitions", index, ""), &transition.sources);
        }
    }

    fn cited(&mut self, place: &str, sources: &[String]) {
        let place = format!("{place}.sources");
        if sources.is_empty() {
            self.report.add(&place, "it names no source", "Name the key of at least one source");
        }
        self.sources.check_all(&place, sources, self.report);
    }
}

/// What a requirement asks for is in the catalogue.
fn subjects(place: &str, requirement: &RequirementDocument, catalogue: &Catalogue, report: &mut Report) {
    let single = [
        ("skill", SubjectKind::Skill, &requirement.skill),
        ("certification", SubjectKind::Certification, &requirement.certification),
        ("topic", SubjectKind::Topic, &requirement.topic),
    ];
    for (key, kind, id) in single {
        if let Some(id) = id {
            subject(&format!("{place}.{key}"), kind, id, catalogue, report);
        }
    }
    let mut seen = BTreeSet::new();
    for (at, criterion) in requirement.criteria.iter().enumerate() {
        let place = format!("{place}.{}", item("criteria", at, &criterion.id));
        if let Some(subject) = subject(&place, SubjectKind::Criterion, &criterion.id, catalogue, report)
            && !seen.insert(subject)
        {
            report.add(place, "the project asks for this criterion twice", "Remove one of them");
        }
    }
}

fn subject(place: &str, kind: SubjectKind, id: &str, catalogue: &Catalogue, report: &mut Report) -> Option<Subject> {
    let wanted = Subject::new(kind, id);
    let found = catalogue.resolve(&wanted);
    if found.is_none() {
        let elsewhere = SubjectKind::ALL.iter().find(|&&other| catalogue.resolve(&Subject::new(other, id)).is_some());
        let named = |subject: &crate::catalogue::SubjectDocument| {
            subject.name.eq_ignore_ascii_case(id) || subject.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(id))
        };
        let by_name = catalogue.of_kind(kind).find(|(_, document)| named(document)).map(|(subject, _)| subject.id.as_str());
        let mend = match (elsewhere, by_name) {
            (Some(other), _) => format!("It is a {other} there: ask for it as one, or name a {kind}"),
            (None, Some(meant)) => format!("Did you mean “{meant}”?"),
            (None, None) => {
                let ids = catalogue.of_kind(kind).map(|(subject, _)| subject.id.as_str());
                mend_reference(id, ids, "name one that the catalogue has, or add it to a pack's skills.toml")
            }
        };
        report.add(place, format!("the catalogue has no {kind} “{id}”"), mend);
    }
    found
}

fn exams(document: &Document, catalogue: &Catalogue, report: &mut Report) {
    let Some(list) = &document.exams else { return };
    let asked: Vec<&str> = document.requirements.iter().filter_map(|one| one.certification.as_deref()).collect();
    let resolve = |id: &str| catalogue.resolve(&Subject::new(SubjectKind::Certification, id));
    for (at, exam) in list.exams.iter().enumerate() {
        let place = format!("exams.{}.certification", item("exams", at, &exam.certification));
        let found = subject(&place, SubjectKind::Certification, &exam.certification, catalogue, report);
        if found.is_some() && !asked.iter().any(|id| resolve(id) == found) {
            let what = format!("no requirement asks for the certification “{}”", exam.certification);
            report.add(place, what, "Add such a requirement or remove the exam");
        }
    }
}

/// Names every cycle of prerequisites that a walk in depth meets.
fn cycles(document: &Document, report: &mut Report) {
    let index: HashMap<&str, usize> = document.requirements.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
    let before: Vec<Vec<usize>> =
        document.requirements.iter().map(|one| one.requires.iter().filter_map(|id| index.get(id.as_str()).copied()).collect()).collect();
    let id = |at: usize| document.requirements[at].id.as_str();
    let mut is_done = vec![false; before.len()];
    for root in 0..before.len() {
        // the way from the root, each with how many of its prerequisites were looked at
        let mut way: Vec<(usize, usize)> = if is_done[root] { Vec::new() } else { vec![(root, 0)] };
        while let Some((at, looked)) = way.last_mut() {
            let at = *at;
            let Some(&next) = before[at].get(*looked) else {
                is_done[at] = true;
                way.pop();
                continue;
            };
            *looked += 1;
            if let Some(start) = way.iter().position(|&(on_way, _)| on_way == next) {
                let names: Vec<&str> = way[start..].iter().map(|&(at, _)| id(at)).chain([id(next)]).collect();
                let place = format!("{}.requires", item("requirements", at, id(at)));
                report.add(place, format!("a cycle: {}", names.join(" needs ")), "Remove one of these prerequisites");
            } else if !is_done[next] {
                way.push((next, 0));
            }
        }
    }
}
