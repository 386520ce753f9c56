//! The steps after the target: what is known already, and what will be recorded.

use actix_web::HttpResponse;
use askama::Template;
use domain::ledger::Held;
use domain::path::{PathSettings, Question, RuleChoice, questions};
use domain::subject::{Step, Subject};
use domain::template::{Asks, Template as Role};

use super::{Current, settings};
use crate::body::Form;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::marks;
use crate::services::starts::{Preview, Start};
use crate::state::State;
use crate::view::{FormErrors, View, page, page_again};

/// All that was said so far, as it was typed.
pub(super) struct Said {
    pub role: String,
    pub current: Current,
    /// Ticks: `skill:git@working`, `criterion:has-tests`.
    pub known: Vec<String>,
}

impl Said {
    pub fn of_form(form: &Form) -> Self {
        let known = form.all("known").iter().filter(|tick| !tick.is_empty()).cloned().collect();
        Self { role: form.raw("role").to_owned(), current: Current::of_form(form), known }
    }

    /// The same, read.
    pub fn read(&self, form: &Form) -> Result<(PathSettings, Vec<Held>), Error> {
        let known: Option<Vec<Held>> = self.known.iter().map(|tick| read(tick)).collect();
        Ok((settings(form)?, known.ok_or_else(|| Error::field("known", "field_malformed"))?))
    }

    /// Hidden fields of a later step: all but the ticks.
    fn settings(&self) -> Vec<(&'static str, String)> {
        let current = &self.current;
        let mut fields = vec![
            ("role", self.role.clone()),
            ("level", current.level.clone().unwrap_or_default()),
            ("day", current.day.clone()),
            ("hours", current.hours.clone()),
            ("rule", current.rule.clone()),
        ];
        fields.extend(current.chosen.iter().map(|member| ("member", member.clone())));
        fields
    }
}

fn read(tick: &str) -> Option<Held> {
    let (subject, step) = match tick.split_once('@') {
        Some((subject, step)) => (subject, Some(step.parse().ok()?)),
        None => (tick, None),
    };
    Some(Held { subject: subject.parse().ok()?, step })
}

fn write(subject: &Subject, step: Option<Step>) -> String {
    step.map_or_else(|| subject.to_string(), |step| format!("{subject}@{step}"))
}

#[derive(Template)]
#[template(path = "start_know.html")]
struct KnowPage {
    w: View,
    errors: FormErrors,
    role: String,
    hidden: Vec<(&'static str, String)>,
    areas: Vec<AreaRow>,
    /// Names of certifications up to the target.
    certificates: Vec<String>,
}

struct AreaRow {
    id: String,
    name: String,
    rows: Vec<Row>,
}

enum Row {
    Skill(SkillRow),
    Topic(TickRow),
    /// The project's name and its criteria.
    Project(String, Vec<TickRow>),
}

struct SkillRow {
    /// For the label.
    id: String,
    name: String,
    asked: String,
    /// Value, words, whether it is chosen. The first says nothing.
    options: Vec<(String, String, bool)>,
}

struct TickRow {
    value: String,
    name: String,
    on: bool,
    /// It stands in the ledger and cannot be ticked again.
    held: bool,
}

/// The third step.
pub(super) async fn know(
    state: &State,
    w: View,
    who: &SignedIn,
    said: &Said,
    role: &Role,
    errors: FormErrors,
) -> Result<HttpResponse, Error> {
    let account = who.account.id;
    let ledger = state.store.read(move |conn| store::ledger::facts(conn, account)).await?;
    let target = said.current.level.as_deref().and_then(|level| role.level(level)).unwrap_or(0);
    let questions = questions(role, target, &ledger);
    let mut hidden = said.settings();
    // Ticks beyond a target that was lowered on the way back: still known, and told in the last step.
    let is_shown = |tick: &str| {
        let subject = read(tick).map(|held| role.resolve(&held.subject).clone());
        questions.iter().any(|question| question.level <= target && Some(&question.subject) == subject.as_ref())
    };
    hidden.extend(said.known.iter().filter(|tick| !is_shown(tick)).map(|tick| ("known", tick.clone())));

    let mut areas: Vec<AreaRow> = Vec::new();
    let mut project = None;
    for question in questions.iter().filter(|question| question.level <= target) {
        let requirement = &role.requirements[question.requirement];
        let area = &role.groups[requirement.area];
        let at = areas.iter().position(|row| row.id == area.id).unwrap_or_else(|| {
            areas.push(AreaRow { id: area.id.clone(), name: area.name.clone(), rows: Vec::new() });
            areas.len() - 1
        });
        let rows = &mut areas[at].rows;
        match (&requirement.asks, rows.last_mut()) {
            (Asks::Skill { .. }, _) => rows.push(Row::Skill(skill(&w, state, said, question))),
            (Asks::Project(_), Some(Row::Project(_, criteria))) if project == Some(question.requirement) => {
                criteria.push(tick(state, said, question));
            }
            (Asks::Project(_), _) => rows.push(Row::Project(requirement.name.clone(), vec![tick(state, said, question)])),
            _ => rows.push(Row::Topic(tick(state, said, question))),
        }
        project = requirement.is_project().then_some(question.requirement);
    }
    let certificates = role
        .requirements
        .iter()
        .filter(|requirement| requirement.level <= target && matches!(requirement.asks, Asks::Certification(_)))
        .map(|requirement| requirement.name.clone())
        .collect();
    let again = errors.any();
    let shown = KnowPage { role: role.document.name.clone(), errors, hidden, areas, certificates, w };
    if again { page_again(&shown) } else { page(&shown) }
}

fn skill(w: &View, state: &State, said: &Said, question: &Question) -> SkillRow {
    let held = question.held.as_ref().and_then(|held| held.step);
    let nothing = held.map_or_else(|| w.t("know-not-yet"), |step| w.t1("know-held-step", "step", marks::step_words(w, step)));
    let mut options = vec![(String::new(), nothing, false)];
    options.extend(Step::ALL.iter().filter(|&&step| Some(step) > held).map(|&step| {
        let value = write(&question.subject, Some(step));
        let on = said.known.contains(&value);
        (value, marks::step_words(w, step), on)
    }));
    SkillRow {
        id: question.subject.id.replace('/', "."),
        name: name_of(state, &question.subject),
        asked: question.asked.map_or_else(String::new, |step| w.t1("know-asked", "step", marks::step_words(w, step))),
        options,
    }
}

fn tick(state: &State, said: &Said, question: &Question) -> TickRow {
    let value = write(&question.subject, None);
    TickRow { on: said.known.contains(&value), value, name: name_of(state, &question.subject), held: question.held.is_some() }
}

fn name_of(state: &State, subject: &Subject) -> String {
    state.catalogue().get(subject).map_or_else(|| subject.id.clone(), |document| document.name.clone())
}

#[derive(Template)]
#[template(path = "start_check.html")]
struct CheckPage {
    w: View,
    role: String,
    goal: String,
    hidden: Vec<(&'static str, String)>,
    /// What each new entry says.
    entries: Vec<String>,
    claimed: String,
    proven: String,
    was_claimed: String,
    was_proven: String,
    by_plugin: bool,
}

/// The fourth step.
pub(super) fn check(state: &State, w: View, said: &Said, start: &Start, preview: &Preview) -> Result<HttpResponse, Error> {
    let role = &start.template;
    let settings = &start.path.settings;
    let level = crate::services::paths::level_name(role, &settings.target_level);
    let mut hidden = said.settings();
    hidden.extend(said.known.iter().map(|tick| ("known", tick.clone())));
    let one = |held: &Held| {
        let name = name_of(state, &held.subject);
        held.step.map_or_else(|| name.clone(), |step| w.t2("check-entry", "name", &name, "step", marks::step_words(&w, step)))
    };
    let entries = preview.new.iter().map(|new| new.held.iter().map(one).collect::<Vec<_>>().join(", ")).collect();
    let (before, after) = (preview.what.before, preview.what.after);
    page(&CheckPage {
        role: role.document.name.clone(),
        goal: match settings.target_day {
            Some(day) => w.t3("check-goal-by", "level", level, "day", w.lang.day_long(day), "hours", settings.hours_week),
            None => w.t2("check-goal", "level", level, "hours", settings.hours_week),
        },
        hidden,
        entries,
        claimed: w.lang.points(after.claimed),
        proven: w.lang.points(after.proven),
        was_claimed: w.lang.points(before.claimed),
        was_proven: w.lang.points(before.proven),
        by_plugin: settings.rule != RuleChoice::BuiltIn,
        w,
    })
}
