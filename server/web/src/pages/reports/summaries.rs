//! Links to summaries for a sponsor: made, listed and taken back by leads, consented to by learners.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::{DEFAULT_SUMMARY_DAYS, Standing, SummaryState, SummaryWish};
use domain::enrolment::MAX_LINK_DAYS;
use domain::ids::{AccountId, CohortId, PublicId};
use store::summaries::SummaryLink;

use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::cohorts::{Done, Top, id};
use crate::services::cohorts::{self, Opened};
use crate::services::{Actor, enrolment, summaries};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "reports/summaries.html")]
struct SummariesPage {
    w: View,
    top: Top,
    errors: FormErrors,
    done: bool,
    /// The address of a link that was just made: the only time it is seen.
    made: Option<String>,
    links: Vec<Row>,
    /// Public id, name, whether it is chosen.
    learners: Vec<(String, String, bool)>,
    for_whom: String,
    days: String,
    max_days: u32,
}

struct Row {
    id: PublicId,
    label: String,
    /// The learner's name, or that it is of the cohort.
    of: String,
    until: String,
    consents: String,
    is_open: bool,
    state: String,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<Done>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at)?).await?;
    let filled = filled(&state, &request, &who, &opened).await?;
    page(&SummariesPage { done: query.0.done.is_some(), ..filled })
}

/// POST: the address is in the answer itself and nowhere else.
pub async fn create(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let actor = Actor::new(&state, &request, Some(&who));
    let made = match read(&form) {
        Ok((learner, wish)) => summaries::new_link(&state, &actor, opened.cohort.id, learner, wish).await,
        Err(error) => Err(error),
    };
    match made {
        Ok((new, address)) => {
            let cohort = opened.cohort.clone();
            state.store.write(move |conn| summaries::keep_link(conn, &actor, &cohort, &new)).await?;
            page(&SummariesPage { made: Some(address), ..filled(&state, &request, &who, &opened).await? })
        }
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let mut filled = filled(&state, &request, &who, &opened).await?;
            for learner in &mut filled.learners {
                learner.2 = learner.0 == form.raw("learner");
            }
            let (for_whom, days) = (form.raw("label").to_owned(), form.raw("days").to_owned());
            page_again(&SummariesPage { errors, for_whom, days, ..filled })
        }
    }
}

fn read(form: &Form) -> Result<(Option<PublicId>, SummaryWish), Error> {
    let learner = form.text("learner").map(|learner| learner.parse().map_err(|_| Error::field("learner", "person_unknown"))).transpose()?;
    Ok((learner, SummaryWish { label: form.raw("label").to_owned(), days: form.parsed("days", "out_of_range")? }))
}

pub async fn revoke(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0)?).await?;
    let link: PublicId = at.1.parse().map_err(|_| Error::NotThere("link"))?;
    let actor = Actor::new(&state, &request, Some(&who));
    state.store.write(move |conn| summaries::revoke_link(conn, &actor, &opened.cohort, link)).await?;
    Ok(see(format!("{}?done=1", state.links.path("cohort-summaries", &[&at.0]))))
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, opened: &Opened) -> Result<SummariesPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let links = summaries::links(state, opened.cohort.id).await?;
    let (members, _) = cohorts::members(state, opened).await?;
    let learners: Vec<_> = members.iter().filter(|member| member.membership.standing == Standing::Learner).collect();
    let names: HashMap<AccountId, String> = learners.iter().map(|member| (member.account.id, member.account.name.to_string())).collect();
    let row = |(link, consents): &(SummaryLink, usize)| {
        let now = link.state(w.now);
        Row {
            id: link.public_id,
            label: link.terms.label.to_string(),
            of: match link.learner {
                Some(learner) => names.get(&learner).cloned().unwrap_or_else(|| w.t("summary-of-former")),
                None => w.t("summary-of-cohort"),
            },
            until: w.moment(&link.terms.expires_at),
            consents: match (link.learner, consents) {
                (Some(_), 0) => w.t("summary-waits"),
                (Some(_), _) => w.t("summary-consented"),
                (None, consents) => w.t1("summary-consents", "number", *consents),
            },
            is_open: now == SummaryState::Open,
            state: w.t(&format!("link-{now}")),
        }
    };
    Ok(SummariesPage {
        errors: FormErrors::default(),
        done: false,
        made: None,
        links: links.iter().map(row).collect(),
        learners: learners.iter().map(|member| (member.account.public_id.to_string(), member.account.name.to_string(), false)).collect(),
        for_whom: String::new(),
        days: DEFAULT_SUMMARY_DAYS.to_string(),
        max_days: MAX_LINK_DAYS,
        top: Top::new(&w, opened, "report"),
        w,
    })
}

/// What a learner is asked, on the page where they say what they share.
pub(in crate::pages) struct AskedRow {
    pub id: PublicId,
    pub label: String,
    /// What it would show.
    pub of: String,
    pub until: String,
    pub consents: bool,
}

pub(in crate::pages) async fn asked_rows(state: &State, w: &View, cohort: CohortId, learner: AccountId) -> Result<Vec<AskedRow>, Error> {
    let row = |(link, consents): (SummaryLink, bool)| AskedRow {
        id: link.public_id,
        label: link.terms.label.to_string(),
        of: w.t(if link.learner.is_some() { "summary-asked-learner" } else { "summary-asked-cohort" }),
        until: w.moment(&link.terms.expires_at),
        consents,
    };
    Ok(summaries::asked(state, cohort, learner).await?.into_iter().map(row).collect())
}

/// POST: a learner consents, or takes it back.
pub async fn decide(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Error> {
    let (cohort, _) = enrolment::sharing(&state, &who, id(&at.0)?).await?;
    let link: PublicId = at.1.parse().map_err(|_| Error::NotThere("link"))?;
    let (actor, me, consents) = (Actor::new(&state, &request, Some(&who)), who.account.id, form.raw("consent") == "yes");
    state.store.write(move |conn| summaries::decide(conn, &actor, &cohort, me, link, consents)).await??;
    Ok(see(format!("{}?done=1", state.links.path("cohort-sharing", &[&at.0]))))
}
