//! What became of a learner: on their own page, where they tell it, consent and take it back; and for a lead who tells it for
//! them.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::{Outcome, OutcomeKind, OutcomeWish, check_outcome};
use domain::ids::{AccountId, PublicId};
use store::cohorts::OutcomeRow;

use super::{Done, Top, id, person_id};
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::{self, Member, Opened, SeenOutcome};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

/// An outcome as lists draw it.
pub(super) struct OutcomeView {
    pub words: String,
    pub is_told: bool,
    /// The learner told it: a lead changes nothing.
    pub is_theirs: bool,
}

/// What a lead sees of what was told of `of`.
pub(super) fn outcome_view(w: &View, row: Option<&OutcomeRow>, of: AccountId) -> OutcomeView {
    let words = match SeenOutcome::of(row) {
        SeenOutcome::Nothing => w.t("outcome-nothing"),
        SeenOutcome::Withheld => w.t("outcome-withheld"),
        SeenOutcome::Told(outcome) => said(w, &outcome),
    };
    OutcomeView { words, is_told: row.is_some(), is_theirs: row.is_some_and(|row| row.recorded_by == Some(of)) }
}

/// One line: kind, title, employer, day.
fn said(w: &View, outcome: &Outcome) -> String {
    let kind = w.t(&format!("outcome-kind-{}", outcome.kind));
    let what = match (&outcome.title, &outcome.employer) {
        (Some(title), Some(employer)) => w.t2("outcome-at", "title", title, "employer", employer),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    };
    let day = w.lang.day_long(outcome.day);
    if what.is_empty() {
        w.t2("outcome-bare", "kind", kind, "day", day)
    } else {
        w.t3("outcome-whole", "kind", kind, "what", what, "day", day)
    }
}

/// The fields of an outcome, as typed.
struct Fields {
    kinds: Vec<(&'static str, String, bool)>,
    day: String,
    title: String,
    employer: String,
}

impl Fields {
    fn of(w: &View, outcome: Option<&Outcome>) -> Self {
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        Self {
            kinds: kinds(w, outcome.map_or("", |outcome| outcome.kind.word())),
            day: outcome.map(|outcome| outcome.day.to_string()).unwrap_or_default(),
            title: text(outcome.and_then(|outcome| outcome.title.as_ref())),
            employer: text(outcome.and_then(|outcome| outcome.employer.as_ref())),
        }
    }

    fn typed(w: &View, form: &Form) -> Self {
        Self {
            kinds: kinds(w, form.raw("kind")),
            day: form.raw("day").to_owned(),
            title: form.raw("title").to_owned(),
            employer: form.raw("employer").to_owned(),
        }
    }
}

fn kinds(w: &View, chosen: &str) -> Vec<(&'static str, String, bool)> {
    OutcomeKind::ALL.iter().map(|kind| (kind.word(), w.t(&format!("outcome-kind-{kind}")), kind.word() == chosen)).collect()
}

fn wish(form: &Form) -> Result<OutcomeWish, Error> {
    Ok(OutcomeWish {
        kind: form.parsed("kind", "field_malformed")?,
        day: form.parsed("day", "day_malformed")?,
        title: form.text("title"),
        employer: form.text("employer"),
    })
}

#[derive(Template)]
#[template(path = "cohorts/outcome.html")]
struct OwnPage {
    w: View,
    id: PublicId,
    cohort: String,
    done: bool,
    errors: FormErrors,
    told: Option<String>,
    /// A lead told it.
    by_lead: bool,
    consented: Option<String>,
    fields: Fields,
    consents: bool,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<Done>,
) -> Result<HttpResponse, Error> {
    let mut shown = own(&state, &request, &who, &at).await?;
    shown.done = query.0.done.is_some();
    page(&shown)
}

/// POST: tells it.
pub async fn tell(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let (cohort, _) = cohorts::own_outcome(&state, &who, id(&at)?).await?;
    let today = state.clock.now().day_in(&who.account.zone);
    let done = match wish(&form).and_then(|wish| Ok(check_outcome(wish, today)?)) {
        Ok(told) => {
            let (actor, me, consents) = (Actor::new(&state, &request, Some(&who)), who.account.id, form.has("consents"));
            state.store.write(move |conn| cohorts::tell_own(conn, &actor, &cohort, me, &told, consents)).await?
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(saved(&state, &at)),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let shown = own(&state, &request, &who, &at).await?;
            let fields = Fields::typed(&shown.w, &form);
            page_again(&OwnPage { errors, fields, consents: form.has("consents"), ..shown })
        }
    }
}

/// POST: lets leads see it, or not any more.
pub async fn consent(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let (cohort, _) = cohorts::own_outcome(&state, &who, id(&at)?).await?;
    let (actor, me, consents) = (Actor::new(&state, &request, Some(&who)), who.account.id, form.raw("consents") == "yes");
    state.store.write(move |conn| cohorts::consent(conn, &actor, &cohort, me, consents)).await??;
    Ok(saved(&state, &at))
}

/// POST: takes it all back.
pub async fn forget(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let (cohort, _) = cohorts::own_outcome(&state, &who, id(&at)?).await?;
    let (actor, me) = (Actor::new(&state, &request, Some(&who)), who.account.id);
    state.store.write(move |conn| cohorts::forget(conn, &actor, &cohort, me)).await??;
    Ok(saved(&state, &at))
}

fn saved(state: &State, at: &str) -> HttpResponse {
    see(format!("{}?done=1", state.links.path("cohort-outcome", &[at])))
}

async fn own(state: &State, request: &HttpRequest, who: &SignedIn, at: &str) -> Result<OwnPage, Error> {
    let (cohort, row) = cohorts::own_outcome(state, who, id(at)?).await?;
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let by = |row: &OutcomeRow| row.recorded_by != Some(who.account.id);
    Ok(OwnPage {
        id: cohort.public_id,
        cohort: cohort.name.to_string(),
        done: false,
        errors: FormErrors::default(),
        told: row.as_ref().map(|row| said(&w, &row.outcome)),
        by_lead: row.as_ref().is_some_and(by),
        consented: row.as_ref().and_then(|row| row.consented_at).map(|at| w.moment(&at)),
        fields: Fields::of(&w, row.as_ref().map(|row| &row.outcome)),
        consents: row.is_some_and(|row| row.consented_at.is_some()),
        w,
    })
}

#[derive(Template)]
#[template(path = "cohorts/outcome_of.html")]
struct OfPage {
    w: View,
    top: Top,
    id: PublicId,
    name: String,
    errors: FormErrors,
    seen: OutcomeView,
    fields: Fields,
}

type At = web::Path<(String, String)>;

pub async fn show_of(state: Shared, request: HttpRequest, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at.0)?).await?;
    page(&of(&state, &request, &who, &opened, person_id(&at.1)?).await?)
}

/// POST: tells it for a learner, who then decides whether anybody sees it.
pub async fn tell_of(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0)?).await?;
    let person = person_id(&at.1)?;
    let today = state.clock.now().day_in(&opened.cohort.zone);
    let done = match wish(&form).and_then(|wish| Ok(check_outcome(wish, today)?)) {
        Ok(told) => {
            let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort.clone());
            state.store.write(move |conn| cohorts::tell_of(conn, &actor, &cohort, person, &told)).await?
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see(format!("{}?done=told", state.links.path("cohort-completion", &[&at.0])))),
        Err(error) => {
            let errors = FormErrors::beside("kind", error)?;
            let shown = of(&state, &request, &who, &opened, person).await?;
            let fields = Fields::typed(&shown.w, &form);
            page_again(&OfPage { errors, fields, ..shown })
        }
    }
}

async fn of(state: &State, request: &HttpRequest, who: &SignedIn, opened: &Opened, person: PublicId) -> Result<OfPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let Member { account, .. } = cohorts::member(state, opened, person).await?;
    let (cohort, of) = (opened.cohort.id, account.id);
    let row = state.store.read(move |conn| store::cohorts::outcome(conn, cohort, of)).await?;
    let seen = SeenOutcome::of(row.as_ref());
    // What its person does not show is not filled in either.
    let shown = if let SeenOutcome::Told(outcome) = &seen { Some(outcome) } else { None };
    Ok(OfPage {
        fields: Fields::of(&w, shown),
        seen: outcome_view(&w, row.as_ref(), of),
        id: person,
        name: account.name.to_string(),
        errors: FormErrors::default(),
        top: Top::new(&w, opened, "completion"),
        w,
    })
}
