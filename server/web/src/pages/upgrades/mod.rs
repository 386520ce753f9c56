//! Taking over another revision of a role: what comes, goes, moves and changes, and what a score becomes. A page to look
//! at first; its button does it, and another one undoes it.

pub mod cohort;
pub mod path;

use domain::catalogue::Catalogue;
use domain::path::Both;
use domain::subject::Subject;
use domain::template::{Asks, Criterion, Requirement, Template};
use domain::upgrade::{Difference, Fate, Line, Migration};

use crate::body::Form;
use crate::services::upgrades::{Named, Pair, Undo};
use crate::state::State;
use crate::view::View;

/// Two revisions in words.
pub(super) struct Compared {
    /// `2 come, 1 goes, …`; empty where nothing differs.
    counts: Vec<String>,
    blocks: Vec<Block>,
    stays: String,
    /// Facts, pay or sources differ, which no score reads.
    guide: bool,
}

/// All that fares alike.
struct Block {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    place: String,
    what: Vec<String>,
}

/// Both numbers, before and after.
pub(super) struct Numbers {
    claimed: Moved,
    proven: Moved,
}

struct Moved {
    before: String,
    after: String,
    /// With its sign; none where nothing moves.
    by: Option<String>,
}

/// Both revisions as a form carries them, and how they are called.
pub(super) struct Versions {
    from: String,
    to: String,
    from_hash: String,
    to_hash: String,
}

/// What can be undone.
pub(super) struct UndoView {
    versions: Versions,
    when: String,
}

impl Versions {
    fn new(from: &Template, to: &Template) -> Self {
        Self { from: from.version().to_owned(), to: to.version().to_owned(), from_hash: from.hash.clone(), to_hash: to.hash.clone() }
    }
}

/// The revisions of a form.
fn named(form: &Form) -> Named {
    Named { from: form.raw("from").to_owned(), to: form.raw("to").to_owned() }
}

fn undo(w: &View, now: &Template, undo: &Undo) -> UndoView {
    UndoView { versions: Versions::new(now, &undo.to), when: w.moment(&undo.at) }
}

fn numbers(w: &View, before: Both, after: Both) -> Numbers {
    let moved = |before: u32, after: u32| Moved {
        before: w.lang.points(before),
        after: w.lang.points(after),
        by: (before != after).then(|| w.lang.points_moved(i64::from(after) - i64::from(before))),
    };
    Numbers { claimed: moved(before.claimed, after.claimed), proven: moved(before.proven, after.proven) }
}

fn compared(state: &State, w: &View, pair: &Pair) -> Compared {
    let Pair { from: (_, from), to: (_, to), migration } = pair;
    let say = Say { w, from, to, catalogue: &state.catalogue() };
    let fates = [Fate::Comes, Fate::Goes, Fate::Moves, Fate::Changes];
    let counts = fates.iter().map(|&fate| (fate, migration.count(fate))).filter(|(_, count)| *count > 0);
    let mut blocks: Vec<Block> = fates
        .iter()
        .map(|&fate| Block {
            title: w.t(&format!("upgrade-{fate}")),
            rows: migration.requirements.iter().filter(|line| line.fate == fate).map(|line| say.requirement(line)).collect(),
        })
        .collect();
    blocks.push(Block { title: w.t("upgrade-groups"), rows: differing(&migration.groups).map(|line| say.group(line)).collect() });
    blocks.push(Block { title: w.t("upgrade-levels"), rows: differing(&migration.levels).map(|line| say.level(line)).collect() });
    blocks.retain(|block| !block.rows.is_empty());
    Compared {
        counts: counts.map(|(fate, count)| w.t1(&format!("upgrade-count-{fate}"), "count", count)).collect(),
        blocks,
        stays: w.t1("upgrade-stays", "count", Migration::count(migration, Fate::Stays)),
        guide: migration.guide,
    }
}

fn differing(lines: &[Line]) -> impl Iterator<Item = &Line> {
    lines.iter().filter(|line| line.fate != Fate::Stays)
}

/// How lines are said.
struct Say<'a> {
    w: &'a View,
    from: &'a Template,
    to: &'a Template,
    catalogue: &'a Catalogue,
}

impl Say<'_> {
    fn requirement(&self, line: &Line) -> Row {
        let old = line.before.map(|index| &self.from.requirements[index]);
        let new = line.after.map(|index| &self.to.requirements[index]);
        let (template, shown) = match (new, old) {
            (Some(new), _) => (self.to, new),
            (None, Some(old)) => (self.from, old),
            (None, None) => return Row { name: line.id.clone(), place: String::new(), what: Vec::new() },
        };
        let what = match (old, new) {
            (Some(old), Some(new)) => line.differences.iter().flat_map(|difference| self.of_requirement(*difference, old, new)).collect(),
            _ => vec![self.w.t2(
                "upgrade-asks-for",
                "subjects",
                self.names(shown.subjects().into_iter()),
                "hours",
                self.w.lang.hours(shown.hours),
            )],
        };
        let place = [&template.groups[shown.area].name, &template.document.levels[shown.level].name];
        Row { name: shown.name.clone(), place: place.map(String::as_str).join(" · "), what }
    }

    fn of_requirement(&self, difference: Difference, old: &Requirement, new: &Requirement) -> Vec<String> {
        let (w, from, to) = (self.w, self.from, self.to);
        let level = |template: &Template, of: &Requirement| template.document.levels[of.level].name.clone();
        let group = |template: &Template, of: &Requirement| template.groups[of.group].name.clone();
        let trust = |of: &Requirement| w.t(&format!("trust-{}", of.least_trust));
        match difference {
            Difference::Level => vec![self.became("level", level(from, old), level(to, new))],
            Difference::Group => vec![self.became("group", group(from, old), group(to, new))],
            Difference::Trust => vec![self.became("trust", trust(old), trust(new))],
            Difference::Weight => vec![self.became("weight", old.weight.to_string(), new.weight.to_string())],
            Difference::Hours => vec![self.became("hours", w.lang.hours(old.hours), w.lang.hours(new.hours))],
            Difference::Name => vec![self.became("name", old.name.clone(), new.name.clone())],
            Difference::Asks => self.asks(old, new),
            other => vec![w.t(&format!("upgrade-differs-{other}"))],
        }
    }

    /// What is asked by now and was not, and the other way round.
    fn asks(&self, old: &Requirement, new: &Requirement) -> Vec<String> {
        let w = self.w;
        if let (Asks::Skill { step, subject }, Asks::Skill { step: asked, subject: other }) = (&old.asks, &new.asks)
            && subject == other
        {
            return vec![self.became("step", w.t(&format!("step-{step}")), w.t(&format!("step-{asked}")))];
        }
        let missing = |of: &Requirement, there: &Requirement| -> Vec<Subject> {
            let there: Vec<&Subject> = there.subjects().into_iter().map(|subject| self.to.resolve(subject)).collect();
            of.subjects().into_iter().filter(|subject| !there.contains(&self.to.resolve(subject))).cloned().collect()
        };
        let (comes, goes) = (missing(new, old), missing(old, new));
        let mut what = Vec::new();
        if !comes.is_empty() {
            what.push(w.t1("upgrade-asks-also", "subjects", self.names(comes.iter())));
        }
        if !goes.is_empty() {
            what.push(w.t1("upgrade-asks-no-more", "subjects", self.names(goes.iter())));
        }
        let weights = |asks: &Asks| match asks {
            Asks::Project(criteria) => criteria.iter().map(|Criterion { weight, .. }| *weight).collect(),
            _ => Vec::new(),
        };
        if what.is_empty() || weights(&old.asks) != weights(&new.asks) {
            what.push(w.t("upgrade-differs-asks"));
        }
        what
    }

    fn names<'s>(&self, subjects: impl Iterator<Item = &'s Subject>) -> String {
        let name = |subject: &Subject| self.catalogue.get(subject).map_or_else(|| subject.id.clone(), |document| document.name.clone());
        subjects.map(name).collect::<Vec<_>>().join(", ")
    }

    fn became(&self, what: &str, from: String, to: String) -> String {
        self.w.t2(&format!("upgrade-became-{what}"), "from", from, "to", to)
    }

    fn group(&self, line: &Line) -> Row {
        let (w, from, to) = (self.w, self.from, self.to);
        let old = line.before.map(|index| &from.groups[index]);
        let new = line.after.map(|index| &to.groups[index]);
        let need = |need: Option<u32>| need.map_or_else(|| w.t("upgrade-need-all"), |need| w.t1("upgrade-need", "need", need));
        let what = match (old, new) {
            (Some(old), Some(new)) => line
                .differences
                .iter()
                .map(|difference| match difference {
                    Difference::Need => self.became("need", need(old.need), need(new.need)),
                    Difference::Name => self.became("name", old.name.clone(), new.name.clone()),
                    other => w.t(&format!("upgrade-differs-{other}")),
                })
                .collect(),
            (None, _) => vec![w.t("upgrade-group-comes")],
            (_, None) => vec![w.t("upgrade-group-goes")],
        };
        let name = new.or(old).map_or_else(|| line.id.clone(), |group| group.name.clone());
        Row { name, place: need(new.or(old).and_then(|group| group.need)), what }
    }

    fn level(&self, line: &Line) -> Row {
        let (w, from, to) = (self.w, self.from, self.to);
        let old = line.before.map(|index| &from.document.levels[index]);
        let new = line.after.map(|index| &to.document.levels[index]);
        let what = match (old, new) {
            (Some(old), Some(new)) => line
                .differences
                .iter()
                .map(|difference| match difference {
                    Difference::Name => self.became("name", old.name.clone(), new.name.clone()),
                    other => w.t(&format!("upgrade-differs-{other}")),
                })
                .collect(),
            (None, _) => vec![w.t("upgrade-level-comes")],
            (_, None) => vec![w.t("upgrade-level-goes")],
        };
        let name = new.or(old).map_or_else(|| line.id.clone(), |level| level.name.clone());
        Row { name, place: String::new(), what }
    }
}
