//! Members of a cohort: the list with mentors and their load, and a page a member with history, terms and moving on.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::{MemberState, Span, Standing, TermsWish};
use domain::ids::PublicId;

use super::{Done, Top, id, person_id};
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::{self, Added, Begin, Change, Member, Move, Opened};
use crate::services::once::Outcome;
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "cohorts/members.html")]
struct MembersPage {
    w: View,
    top: Top,
    errors: FormErrors,
    done: bool,
    guides: Vec<Guide>,
    unassigned: usize,
    learners: Vec<Row>,
    username: String,
    standings: Vec<(&'static str, String, bool)>,
}

struct Guide {
    id: PublicId,
    name: String,
    username: String,
    standing: String,
    state: Option<String>,
    load: String,
}

struct Row {
    id: PublicId,
    name: String,
    username: String,
    state: String,
    /// Takes part, or did to the end.
    stays: bool,
    since: String,
    reason: Option<String>,
    terms: Vec<String>,
    mentors: Vec<(String, String, bool)>,
    mentor: String,
}

#[derive(Template)]
#[template(path = "cohorts/member.html")]
struct MemberPage {
    w: View,
    top: Top,
    done: bool,
    id: PublicId,
    name: String,
    username: String,
    standing: String,
    is_learner: bool,
    state: String,
    history: Vec<Line>,
    state_errors: FormErrors,
    states: Vec<(&'static str, String, bool)>,
    day: String,
    reason: String,
    terms_errors: FormErrors,
    starts_on: String,
    factor: String,
    extension: String,
    move_errors: FormErrors,
    cohorts: Vec<(String, String)>,
    move_reason: String,
    today: String,
}

struct Line {
    state: String,
    days: String,
    reason: Option<String>,
    moved_to: Option<String>,
}

type At = web::Path<(String, String)>;

pub async fn list(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<Done>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at)?).await?;
    let mut filled = filled(&state, &request, &who, &opened).await?;
    filled.done = query.0.done.is_some();
    page(&filled)
}

/// POST: somebody who has an account comes in, or gets another standing.
pub async fn add(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let standing: Standing = form.parsed("standing", "field_malformed")?.ok_or_else(|| Error::field("standing", "missing"))?;
    let added = Added { username: form.raw("username").to_owned(), standing };
    let (actor, dice) = (Actor::new(&state, &request, Some(&who)), std::sync::Arc::clone(&state.dice));
    let begin = Begin::of(&state, &opened.cohort, &opened.set_up).await?;
    let cohort = opened.cohort.clone();
    let done = state.store.write(move |conn| cohorts::add(conn, &actor, &cohort, &begin, &*dice, &added)).await?;
    match done {
        Ok(_) => Ok(see(format!("{}?done=1", state.links.path("cohort-members", &[&at])))),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let mut filled = filled(&state, &request, &who, &opened).await?;
            for choice in &mut filled.standings {
                choice.2 = choice.0 == standing.word();
            }
            page_again(&MembersPage { errors, username: form.raw("username").to_owned(), ..filled })
        }
    }
}

/// POST: another primary mentor, from the list.
pub async fn assign(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0)?).await?;
    let person = person_id(&at.1)?;
    let mentor: Option<PublicId> = form.parsed("mentor", "mentor_unknown")?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    state.store.write(move |conn| cohorts::assign(conn, &actor, &cohort, person, mentor)).await??;
    Ok(see(format!("{}?done=1", state.links.path("cohort-members", &[&at.0]))))
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, at: At, query: Query<Done>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at.0)?).await?;
    let mut shown = one(&state, &request, &who, &opened, person_id(&at.1)?).await?;
    shown.done = query.0.done.is_some();
    page(&shown)
}

pub async fn change_state(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0)?).await?;
    let person = person_id(&at.1)?;
    let read = || -> Result<Change, Error> {
        Ok(Change {
            state: form.parsed("state", "field_malformed")?,
            day: form.parsed("day", "day_malformed")?,
            reason: form.text("reason"),
        })
    };
    let permitted = match read() {
        Ok(change) => cohorts::permits(&state, &opened, person, &change).await.map(|()| change),
        Err(error) => Err(error),
    };
    let done: Outcome<Member> = match permitted {
        Err(error) => Err(error),
        Ok(change) => {
            let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort.clone());
            state.store.write(move |conn| cohorts::change_state(conn, &actor, &cohort, person, &change)).await?
        }
    };
    match done {
        Ok(_) => Ok(saved(&state, &at)),
        Err(error) => {
            let state_errors = FormErrors::of(error)?;
            let mut shown = one(&state, &request, &who, &opened, person).await?;
            for choice in &mut shown.states {
                choice.2 = choice.0 == form.raw("state");
            }
            let (day, reason) = (form.raw("day").to_owned(), form.raw("reason").to_owned());
            page_again(&MemberPage { state_errors, day, reason, ..shown })
        }
    }
}

pub async fn change_terms(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0)?).await?;
    let person = person_id(&at.1)?;
    let read = || -> Result<TermsWish, Error> {
        Ok(TermsWish {
            starts_on: form.parsed("starts_on", "day_malformed")?,
            factor: form.parsed("factor", "out_of_range")?,
            extension: form.parsed("extension", "out_of_range")?,
        })
    };
    let done: Outcome<Member> = match read() {
        Err(error) => Err(error),
        Ok(wish) => {
            let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort.clone());
            state.store.write(move |conn| cohorts::change_terms(conn, &actor, &cohort, person, wish)).await?
        }
    };
    match done {
        Ok(_) => Ok(saved(&state, &at)),
        Err(error) => {
            let terms_errors = FormErrors::of(error)?;
            let shown = one(&state, &request, &who, &opened, person).await?;
            let [starts_on, factor, extension] = ["starts_on", "factor", "extension"].map(|field| form.raw(field).to_owned());
            page_again(&MemberPage { terms_errors, starts_on, factor, extension, ..shown })
        }
    }
}

/// POST: on to another cohort that one leads.
pub async fn relocate(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0)?).await?;
    let person = person_id(&at.1)?;
    let to: Result<Option<PublicId>, Error> = form.parsed("to", "cohort_unknown");
    let checked = match to {
        Ok(to) => Move::checked(&state, &who, to, form.text("reason")).await,
        Err(error) => Err(error),
    };
    let done = match checked {
        Err(error) => Err(error),
        Ok(wish) => {
            let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort.clone());
            state.store.write(move |conn| cohorts::relocate(conn, &actor, &cohort, person, &wish)).await?
        }
    };
    match done {
        Ok(_) => Ok(saved(&state, &at)),
        Err(error) => {
            let move_errors = FormErrors::of(error)?;
            let shown = one(&state, &request, &who, &opened, person).await?;
            page_again(&MemberPage { move_errors, move_reason: form.raw("reason").to_owned(), ..shown })
        }
    }
}

fn saved(state: &State, at: &At) -> HttpResponse {
    see(format!("{}?done=1", state.links.path("cohort-member", &[&at.0, &at.1])))
}

fn state_word(w: &View, state: MemberState) -> String {
    w.t(&format!("cohort-state-{state}"))
}

fn member_word(w: &View, member: &Member) -> String {
    member.spans.last().map_or_else(|| state_word(w, member.membership.state), |span| span_word(w, span))
}

/// Who moved did not drop out.
fn span_word(w: &View, span: &Span) -> String {
    if span.moved_to.is_some() { w.t("cohort-state-moved") } else { state_word(w, span.state) }
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, opened: &Opened) -> Result<MembersPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let (members, load) = cohorts::members(state, opened).await?;
    let (learners, guides): (Vec<Member>, Vec<Member>) =
        members.into_iter().partition(|member| member.membership.standing == Standing::Learner);
    let active = |member: &&Member| member.membership.state == MemberState::Active;
    let unassigned = learners.iter().filter(active).filter(|member| member.terms.mentor.is_none()).count();
    let rows = learners.iter().map(|member| row(&w, member, &guides)).collect();
    let guide = |member: &Member| Guide {
        id: member.account.public_id,
        name: member.account.name.to_string(),
        username: member.account.username.to_string(),
        standing: w.t(&format!("cohort-standing-{}", member.membership.standing)),
        state: (member.membership.state != MemberState::Active).then(|| state_word(&w, member.membership.state)),
        load: w.t1("cohort-load", "learners", load.get(&member.account.id).copied().unwrap_or_default()),
    };
    Ok(MembersPage {
        errors: FormErrors::default(),
        done: false,
        guides: guides.iter().map(guide).collect(),
        unassigned,
        learners: rows,
        username: String::new(),
        standings: Standing::ALL
            .iter()
            .map(|standing| (standing.word(), w.t(&format!("cohort-standing-{standing}")), *standing == Standing::Learner))
            .collect(),
        top: Top::new(&w, opened, "members"),
        w,
    })
}

fn row(w: &View, member: &Member, guides: &[Member]) -> Row {
    let last = member.spans.last();
    let mut terms = Vec::new();
    if let Some(day) = member.terms.starts_on {
        terms.push(w.t1("cohort-terms-start", "day", w.lang.day_long(day)));
    }
    if member.terms.factor != 100 {
        terms.push(w.t1("cohort-terms-factor", "percent", member.terms.factor));
    }
    if member.terms.extension > 0 {
        terms.push(w.t1("cohort-terms-extension", "sessions", member.terms.extension));
    }
    let offered = |guide: &&Member| {
        guide.account.id != member.account.id
            && (guide.membership.state == MemberState::Active || Some(guide.account.id) == member.terms.mentor)
    };
    let mut mentors = vec![(String::new(), w.t("cohort-mentor-none"), member.terms.mentor.is_none())];
    mentors.extend(
        guides.iter().filter(offered).map(|guide| {
            (guide.account.public_id.to_string(), guide.account.name.to_string(), Some(guide.account.id) == member.terms.mentor)
        }),
    );
    Row {
        id: member.account.public_id,
        name: member.account.name.to_string(),
        username: member.account.username.to_string(),
        state: member_word(w, member),
        stays: matches!(member.membership.state, MemberState::Active | MemberState::Completed),
        since: last.map(|span| w.lang.day_long(span.first_day)).unwrap_or_default(),
        reason: last.and_then(|span| span.reason.clone()),
        terms,
        mentor: mentors.iter().find(|mentor| mentor.2).map(|mentor| mentor.1.clone()).unwrap_or_default(),
        mentors,
    }
}

async fn one(state: &State, request: &HttpRequest, who: &SignedIn, opened: &Opened, person: PublicId) -> Result<MemberPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let member = cohorts::member(state, opened, person).await?;
    let all = state.store.scan(store::cohorts::list).await?;
    let name_of = |cohort| all.iter().find(|other| other.id == cohort).map(|other| other.name.to_string()).unwrap_or_default();
    let leads = |cohort| who.may(domain::policy::Act::LeadCohort { cohort }, "cohort").is_ok();
    let cohorts = all
        .iter()
        .filter(|other| other.id != opened.cohort.id && leads(other.id))
        .map(|other| (other.public_id.to_string(), other.name.to_string()))
        .collect();
    let now = member.membership.state;
    Ok(MemberPage {
        done: false,
        id: person,
        name: member.account.name.to_string(),
        username: member.account.username.to_string(),
        standing: w.t(&format!("cohort-standing-{}", member.membership.standing)),
        is_learner: member.membership.standing == Standing::Learner,
        state: member_word(&w, &member),
        history: history(&w, &member.spans, &name_of),
        state_errors: FormErrors::default(),
        states: MemberState::ALL
            .iter()
            .filter(|state| **state != now)
            .enumerate()
            .map(|(place, state)| (state.word(), w.t(&format!("cohort-to-{state}")), place == 0))
            .collect(),
        day: String::new(),
        reason: String::new(),
        terms_errors: FormErrors::default(),
        starts_on: member.terms.starts_on.map(|day| day.to_string()).unwrap_or_default(),
        factor: member.terms.factor.to_string(),
        extension: member.terms.extension.to_string(),
        move_errors: FormErrors::default(),
        cohorts,
        move_reason: String::new(),
        today: w.now.day_in(&opened.cohort.zone).to_string(),
        top: Top::new(&w, opened, "members"),
        w,
    })
}

/// Newest first.
fn history(w: &View, spans: &[Span], name_of: &dyn Fn(domain::ids::CohortId) -> String) -> Vec<Line> {
    let line = |(place, span): (usize, &Span)| {
        let first = w.lang.day_long(span.first_day);
        Line {
            state: span_word(w, span),
            days: match spans.get(place + 1) {
                Some(next) => w.t2("cohort-span", "first", first, "next", w.lang.day_long(next.first_day)),
                None => w.t1("cohort-span-open", "first", first),
            },
            reason: span.reason.clone(),
            moved_to: span.moved_to.map(name_of),
        }
    };
    spans.iter().enumerate().map(line).rev().collect()
}
