//! What a lead sets up: name, dates, session days and holidays, roles, the rule, what is told.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::{Holiday, Measure, SetUp, Weekdays};
use domain::path::RuleChoice;
use domain::schedule::Weekday;
use domain::template::Template as Role;
use serde::Deserialize;

use super::{FrameForm, Top, frame_wish, id};
use crate::base::query_value;
use crate::body::{Form, Query};
use crate::caller::{Admin, SignedIn};
use crate::errors::Error;
use crate::pages::start;
use crate::services::Actor;
use crate::services::cohorts::{self, Opened, Wish};
use crate::services::upgrades::{self, RoleNews};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

/// Empty lines for more holidays.
const MORE: usize = 3;

#[derive(Template)]
#[template(path = "cohorts/set_up.html")]
struct SetUpPage {
    w: View,
    top: Top,
    errors: FormErrors,
    copy_errors: FormErrors,
    /// What was done.
    done: Option<String>,
    /// How many paths move with the last day.
    ending: Option<String>,
    frame: FrameForm,
    copy: FrameForm,
    weekdays: Vec<(&'static str, String, bool)>,
    holidays: Vec<HolidayForm>,
    roles: Vec<RoleForm>,
    rules: Vec<(String, String, bool)>,
    measures: Vec<(&'static str, String, bool)>,
    band: String,
    silent_after: String,
    waiting_after: String,
    news: Vec<NewsRow>,
}

/// What there is to take over, or to undo, in a role.
struct NewsRow {
    words: String,
    link: String,
    link_words: String,
}

#[derive(Default)]
struct HolidayForm {
    first: String,
    last: String,
    name: String,
}

struct RoleForm {
    id: String,
    name: String,
    levels: Vec<(String, String, bool)>,
    follows: bool,
    groups: Vec<GroupForm>,
}

struct GroupForm {
    name: String,
    need: String,
    members: Vec<(String, String, bool)>,
}

/// The form as it was typed, or as it is set up.
struct Filled {
    frame: FrameForm,
    weekdays: Vec<String>,
    holidays: Vec<HolidayForm>,
    /// Role and level.
    levels: Vec<(String, String)>,
    chosen: Vec<(String, Vec<String>)>,
    rule: String,
    measure: String,
    band: String,
    silent_after: String,
    waiting_after: String,
}

impl Filled {
    fn of(opened: &Opened) -> Self {
        let Opened { cohort, set_up, .. } = opened;
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        Self {
            frame: FrameForm {
                name: cohort.name.to_string(),
                starts_on: cohort.starts_on.to_string(),
                ends_on: cohort.ends_on.to_string(),
                ..FrameForm::new(&cohort.zone)
            },
            weekdays: set_up.weekdays.days().iter().map(|day| day.word().to_owned()).collect(),
            holidays: set_up.holidays.iter().map(HolidayForm::of).collect(),
            levels: set_up.roles.iter().map(|role| (role.role.clone(), role.target_level.clone())).collect(),
            chosen: set_up.roles.iter().map(|role| (role.role.clone(), role.chosen.iter().cloned().collect())).collect(),
            rule: set_up.rule.clone().into(),
            measure: set_up.measure.word().to_owned(),
            band: (set_up.band / 100).to_string(),
            silent_after: number(set_up.silent_after),
            waiting_after: number(set_up.waiting_after),
        }
    }

    fn typed(form: &Form, roles: &[String]) -> Self {
        let lines = form.all("holiday_first").iter().zip(form.all("holiday_last")).zip(form.all("holiday_name"));
        let holidays = lines.map(|((first, last), name)| HolidayForm { first: first.clone(), last: last.clone(), name: name.clone() });
        let level = |role: &String| Some((role.clone(), form.text(&format!("level.{role}"))?));
        let chosen = |role: &String| (role.clone(), form.all(&format!("chosen.{role}")).to_vec());
        Self {
            frame: FrameForm::typed(form),
            weekdays: form.all("weekdays").to_vec(),
            holidays: holidays.filter(|holiday| !holiday.is_blank()).collect(),
            levels: roles.iter().filter_map(level).collect(),
            chosen: roles.iter().map(chosen).collect(),
            rule: form.raw("rule").to_owned(),
            measure: form.raw("measure").to_owned(),
            band: form.raw("band").to_owned(),
            silent_after: form.raw("silent_after").to_owned(),
            waiting_after: form.raw("waiting_after").to_owned(),
        }
    }
}

impl HolidayForm {
    fn of(holiday: &Holiday) -> Self {
        Self { first: holiday.first.to_string(), last: holiday.last.to_string(), name: holiday.name.clone() }
    }

    fn is_blank(&self) -> bool {
        self.first.trim().is_empty() && self.last.trim().is_empty() && self.name.trim().is_empty()
    }
}

/// What was just stored, and how many paths moved with it.
#[derive(Deserialize)]
pub struct Stored {
    done: Option<String>,
    moved: Option<String>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<Stored>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at)?).await?;
    let mut shown = filled(&state, &request, &who, &opened, Filled::of(&opened)).await?;
    let moved = query.0.moved.and_then(|moved| moved.parse::<usize>().ok()).filter(|moved| *moved > 0);
    shown.done = query.0.done.map(|_| match moved {
        Some(moved) => shown.w.t1("cohort-dates-moved", "paths", moved),
        None => shown.w.t("path-saved"),
    });
    page(&shown)
}

pub async fn submit(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let roles = role_ids(&state).await?;
    let actor = Actor::new(&state, &request, Some(&who));
    let checked = match wish(&form, &roles) {
        Ok(wish) => cohorts::check(&state, wish, &opened.set_up).await,
        Err(error) => Err(error),
    };
    let done = match checked {
        Ok((frame, set_up)) => {
            let cohort = opened.cohort.clone();
            state.store.write(move |conn| cohorts::change(conn, &actor, &cohort, &frame, &set_up)).await?
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(moved) => Ok(see(format!("{}?done=1&moved={moved}", state.links.path("cohort-set-up", &[&at])))),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let typed = Filled::typed(&form, &roles);
            page_again(&SetUpPage { errors, ..filled(&state, &request, &who, &opened, typed).await? })
        }
    }
}

/// POST: the next batch, with the same set-up.
pub async fn copy(state: Shared, request: HttpRequest, who: Admin, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let signed = SignedIn(who.0.clone());
    let opened = cohorts::open(&state, &who, id(&at)?).await?;
    let actor = Actor::new(&state, &request, Some(&who));
    let drafted = match frame_wish(&form) {
        Ok(wish) => cohorts::draft_copy(&state, &opened, &wish).await,
        Err(error) => Err(error),
    };
    let made = match drafted {
        Ok(draft) => state.store.write(move |conn| cohorts::keep(conn, &actor, &draft)).await?,
        Err(error) => Err(error),
    };
    match made {
        Ok(cohort) => Ok(see(state.links.path("cohort-set-up", &[&cohort.public_id.to_string()]))),
        Err(error) => {
            let copy_errors = FormErrors::of(error)?;
            let shown = filled(&state, &request, &signed, &opened, Filled::of(&opened)).await?;
            page_again(&SetUpPage { copy_errors, copy: FrameForm::typed(&form), ..shown })
        }
    }
}

async fn role_ids(state: &State) -> Result<Vec<String>, Error> {
    let heads = state.store.read(store::templates::list_newest).await?;
    Ok(heads.into_iter().map(|head| head.role).collect())
}

/// Reads the form. A day or a number that does not read is an error of its field.
fn wish(form: &Form, roles: &[String]) -> Result<Wish, Error> {
    let days: Vec<Weekday> = form
        .all("weekdays")
        .iter()
        .map(|day| day.parse().map_err(|_| Error::field("weekdays", "field_malformed")))
        .collect::<Result<_, _>>()?;
    let mut holidays = Vec::new();
    let lines = form.all("holiday_first").iter().zip(form.all("holiday_last")).zip(form.all("holiday_name"));
    for ((first, last), name) in lines {
        let line = HolidayForm { first: first.clone(), last: last.clone(), name: name.clone() };
        if line.is_blank() {
            continue;
        }
        let day = |text: &str| text.trim().parse().map_err(|_| Error::field("holidays", "day_malformed"));
        let first = day(first)?;
        let last = if last.trim().is_empty() { first } else { day(last)? };
        holidays.push(Holiday { first, last, name: name.clone() });
    }
    let role = |role: &String| Some((role.clone(), form.text(&format!("level.{role}"))?, form.all(&format!("chosen.{role}")).to_vec()));
    let rule = form.text("rule").unwrap_or_else(|| RuleChoice::BuiltIn.into());
    let band: u32 = form.parsed("band", "out_of_range")?.unwrap_or(SetUp::default().band / 100);
    Ok(Wish {
        frame: frame_wish(form)?,
        weekdays: Weekdays::new(&days),
        holidays,
        roles: roles.iter().filter_map(role).collect(),
        rule: RuleChoice::try_from(rule).map_err(|_| Error::field("rule", "rule_unknown"))?,
        measure: form.parsed("measure", "field_malformed")?.unwrap_or_default(),
        band: band.saturating_mul(100),
        silent_after: form.parsed("silent_after", "out_of_range")?,
        waiting_after: form.parsed("waiting_after", "out_of_range")?,
    })
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, opened: &Opened, form: Filled) -> Result<SetUpPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let mut roles = Vec::new();
    for role in role_ids(state).await? {
        let Some((_, template)) = cohorts::revision(state, &role, &opened.set_up).await? else { continue };
        roles.push(role_form(&w, &template, &form));
    }
    roles.sort_by(|a, b| b.follows.cmp(&a.follows).then_with(|| a.name.cmp(&b.name)));
    let mut holidays = form.holidays;
    holidays.extend(std::iter::repeat_with(HolidayForm::default).take(MORE));
    let (cohort, last) = (opened.cohort.id, opened.cohort.ends_on);
    let ending = state.store.read(move |conn| store::cohorts::paths_ending_on(conn, cohort, last)).await?;
    Ok(SetUpPage {
        errors: FormErrors::default(),
        copy_errors: FormErrors::default(),
        done: None,
        ending: (ending > 0).then(|| w.t2("cohort-dates-ending", "paths", ending, "day", w.lang.day_long(last))),
        frame: form.frame,
        copy: FrameForm::new(&opened.cohort.zone),
        weekdays: Weekday::ALL
            .iter()
            .map(|day| (day.word(), w.lang.weekday(*day), form.weekdays.iter().any(|on| on == day.word())))
            .collect(),
        holidays,
        roles,
        rules: start::rules(state, &w, &form.rule).await?,
        measures: Measure::ALL
            .iter()
            .map(|measure| (measure.word(), w.t(&format!("cohort-measure-{measure}")), measure.word() == form.measure))
            .collect(),
        band: form.band,
        silent_after: form.silent_after,
        waiting_after: form.waiting_after,
        news: upgrades::news(state, opened).await?.iter().flat_map(|news| news_rows(&w, opened, news)).collect(),
        top: Top::new(&w, opened, "set-up"),
        w,
    })
}

fn news_rows(w: &View, opened: &Opened, news: &RoleNews) -> Vec<NewsRow> {
    let page = format!("{}?role={}", w.link1("cohort-upgrade", opened.cohort.public_id), query_value(&news.role));
    let row = |words: String, settings: bool, link_words: &str| NewsRow {
        words,
        link: if settings { format!("{page}&settings=1") } else { page.clone() },
        link_words: w.t(link_words),
    };
    let mut rows = Vec::new();
    if let Some(version) = &news.newer {
        let words = w.t3("upgrade-cohort-news-newer", "role", &news.name, "version", version, "pinned", &news.version);
        rows.push(row(words, false, "upgrade-cohort-news-link"));
    }
    if news.astray > 0 {
        rows.push(row(w.t2("upgrade-cohort-news-astray", "role", &news.name, "count", news.astray), true, "upgrade-cohort-news-link"));
    }
    if news.back.is_some() {
        let words = w.t2("upgrade-cohort-news-back", "role", &news.name, "pinned", &news.version);
        rows.push(row(words, false, "upgrade-cohort-news-back-link"));
    }
    rows
}

fn role_form(w: &View, template: &Role, form: &Filled) -> RoleForm {
    let level = form.levels.iter().find(|(role, _)| role == template.id()).map(|(_, level)| level.as_str());
    let chosen = form.chosen.iter().find(|(role, _)| role == template.id()).map(|(_, chosen)| chosen.as_slice()).unwrap_or_default();
    let group = |group: &domain::template::GroupNode| {
        let need = group.need?;
        let members = group.members.iter().map(|&member| &template.requirements[member]);
        Some(GroupForm {
            name: group.name.clone(),
            need: w.t2("start-any", "need", need, "of", group.members.len()),
            members: members.map(|member| (member.id.clone(), member.name.clone(), chosen.contains(&member.id))).collect(),
        })
    };
    RoleForm {
        id: template.id().to_owned(),
        name: template.document.name.clone(),
        levels: template.document.levels.iter().map(|own| (own.id.clone(), own.name.clone(), level == Some(own.id.as_str()))).collect(),
        follows: level.is_some(),
        // Only of roles that are followed: a page with the members of every role would be long.
        groups: if level.is_some() { template.groups.iter().filter_map(group).collect() } else { Vec::new() },
    }
}
