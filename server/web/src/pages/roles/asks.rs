//! What a role asks, by level and area, with the reader's own state; what to learn it from; and named exams.

use domain::path::{RequirementStanding, State};
use domain::template::{Asks, Template};

use crate::markdown;
use crate::pages::marks::{self, Mark};
use crate::view::View;

/// One level of the ladder with all that it asks.
pub struct LevelAsks {
    pub id: String,
    pub name: String,
    pub count: String,
    /// How many are begun and proven; none where nothing is.
    pub state: Option<String>,
    pub areas: Vec<AreaAsks>,
}

pub struct AreaAsks {
    pub name: String,
    pub lines: Vec<Line>,
}

pub enum Line {
    /// Head of an any-N group.
    Group {
        name: String,
        need: String,
        note: Option<String>,
    },
    Ask(Ask),
}

pub struct Ask {
    pub id: String,
    pub name: String,
    pub mark: Mark,
    pub in_group: bool,
    /// The step, or what kind of thing is asked for.
    pub kind: String,
    /// Cleaned HTML, where it is told.
    pub text: Option<String>,
    /// One's own path's page of it.
    pub link: Option<String>,
    pub hours: String,
}

/// With `texts`, each says in words what it asks: that is as much again as the rest of a guide.
pub fn by_level(
    w: &View,
    template: &Template,
    standings: &[RequirementStanding],
    link: &dyn Fn(&str) -> Option<String>,
    texts: bool,
) -> Vec<LevelAsks> {
    let levels = template.document.levels.iter().enumerate();
    levels
        .map(|(level, rung)| {
            let of_level: Vec<usize> =
                (0..template.requirements.len()).filter(|&index| template.requirements[index].level == level).collect();
            let count = |wanted: &[State]| of_level.iter().filter(|&&index| wanted.contains(&standings[index].state)).count();
            let (proven, begun) = (count(&[State::Proven]), count(&[State::Proven, State::Claimed, State::Doing, State::Expired]));
            LevelAsks {
                id: rung.id.clone(),
                name: rung.name.clone(),
                count: w.t1("role-count-requirements", "count", of_level.len()),
                state: (begun > 0).then(|| w.t2("guide-asks-state", "begun", begun, "proven", proven)),
                areas: areas(w, template, standings, &of_level, link, texts),
            }
        })
        .collect()
}

fn areas(
    w: &View,
    template: &Template,
    standings: &[RequirementStanding],
    of_level: &[usize],
    link: &dyn Fn(&str) -> Option<String>,
    texts: bool,
) -> Vec<AreaAsks> {
    let mut found = Vec::new();
    for area in template.areas() {
        let mut lines = Vec::new();
        let mut group_now = None;
        for &index in of_level.iter().filter(|&&index| template.requirements[index].area == area) {
            let requirement = &template.requirements[index];
            let group = &template.groups[requirement.group];
            if let Some(need) = group.need.filter(|_| group_now != Some(requirement.group)) {
                lines.push(Line::Group {
                    name: group.name.clone(),
                    need: w.t2("path-group-any", "need", need, "of", group.members.len()),
                    note: template.document.groups[requirement.group].note.as_deref().map(markdown::to_html),
                });
            }
            group_now = Some(requirement.group);
            lines.push(Line::Ask(Ask {
                id: requirement.id.clone(),
                name: requirement.name.clone(),
                mark: Mark::new(w, &standings[index]),
                in_group: group.need.is_some(),
                kind: kind(w, &requirement.asks),
                text: texts.then(|| markdown::to_html(&template.document.requirements[index].asks)),
                link: link(&requirement.id),
                hours: w.lang.hours(requirement.hours),
            }));
        }
        if !lines.is_empty() {
            found.push(AreaAsks { name: template.groups[area].name.clone(), lines });
        }
    }
    found
}

fn kind(w: &View, asks: &Asks) -> String {
    match asks {
        Asks::Skill { step, .. } => marks::step_words(w, *step),
        Asks::Certification(_) => w.t("guide-kind-certification"),
        Asks::Topic(_) => w.t("guide-kind-topic"),
        Asks::Project(criteria) => w.t1("guide-kind-project", "count", criteria.len()),
    }
}

/// Something to learn from.
pub struct ResourceView {
    pub id: String,
    pub name: String,
    pub url: Option<String>,
    pub note: Option<String>,
    pub sources: Vec<String>,
}

/// Resources by kind, kinds without any left out.
pub fn resources(w: &View, template: &Template) -> Vec<(String, Vec<ResourceView>)> {
    use domain::template::ResourceKind::{Book, Community, Course, Documentation, Practice};
    let kinds = [
        (Documentation, "guide-resources-documentation"),
        (Book, "guide-resources-books"),
        (Course, "guide-resources-courses"),
        (Practice, "guide-resources-practice"),
        (Community, "guide-resources-communities"),
    ];
    let of = |kind| {
        let of_kind = template.document.resources.iter().filter(move |resource| resource.kind == kind);
        of_kind
            .map(|resource| ResourceView {
                id: resource.id.clone(),
                name: resource.name.clone(),
                url: resource.url.clone(),
                note: resource.note.as_deref().map(markdown::to_html),
                sources: resource.sources.clone(),
            })
            .collect::<Vec<_>>()
    };
    kinds.into_iter().map(|(kind, key)| (w.t(key), of(kind))).filter(|(_, all)| !all.is_empty()).collect()
}

/// Named exams, and who chose them on which day.
pub struct ExamsView {
    pub curation: String,
    pub checked: String,
    pub exams: Vec<ExamView>,
}

pub struct ExamView {
    pub name: String,
    pub issuer: String,
    pub url: Option<String>,
    /// What it proves: the requirement's name.
    pub proves: String,
    pub valid: Option<String>,
}

pub fn exams(w: &View, template: &Template) -> Option<ExamsView> {
    let list = template.document.exams.as_ref()?;
    let proves = |id: &str| {
        let asked = template.document.requirements.iter().find(|one| one.certification.as_deref() == Some(id));
        asked.map_or_else(|| id.to_owned(), |one| one.name.clone())
    };
    Some(ExamsView {
        curation: list.curation.clone(),
        checked: list.checked.parse().map_or_else(|_| list.checked.clone(), |day| w.lang.day_long(day)),
        exams: list
            .exams
            .iter()
            .map(|exam| ExamView {
                name: exam.name.clone(),
                issuer: exam.issuer.clone(),
                url: exam.url.clone(),
                proves: proves(&exam.certification),
                valid: exam.valid_months.map(|months| w.t1("guide-exam-valid", "months", months)),
            })
            .collect(),
    })
}
