//! Links of a cohort: made, listed and taken back.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::Standing;
use domain::enrolment::{DEFAULT_LINK_DAYS, DEFAULT_PLACES, LinkState, LinkWish, MAX_LINK_DAYS, MAX_PLACES};
use domain::ids::PublicId;

use super::id;
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::cohorts::{Done, Top};
use crate::services::cohorts::{self, Opened};
use crate::services::{Actor, enrolment};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "enrolment/links.html")]
struct LinksPage {
    w: View,
    top: Top,
    errors: FormErrors,
    done: bool,
    /// The address of a link that was just made: the only time it is seen.
    made: Option<String>,
    links: Vec<Row>,
    standings: Vec<(&'static str, String, bool)>,
    places: String,
    max_places: u32,
    days: String,
    max_days: u32,
}

struct Row {
    id: PublicId,
    standing: String,
    taken: String,
    until: String,
    made: String,
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
    page(&LinksPage { done: query.0.done.is_some(), ..filled })
}

/// POST: the address is in the answer itself and nowhere else.
pub async fn create(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let actor = Actor::new(&state, &request, Some(&who));
    match wish(&form).and_then(|wish| enrolment::new_link(&state, &actor, opened.cohort.id, wish)) {
        Ok((new, address)) => {
            let cohort = opened.cohort.clone();
            state.store.write(move |conn| enrolment::keep_link(conn, &actor, &cohort, &new)).await?;
            page(&LinksPage { made: Some(address), ..filled(&state, &request, &who, &opened).await? })
        }
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let mut filled = filled(&state, &request, &who, &opened).await?;
            for choice in &mut filled.standings {
                choice.2 = choice.0 == form.raw("standing");
            }
            let (places, days) = (form.raw("places").to_owned(), form.raw("days").to_owned());
            page_again(&LinksPage { errors, places, days, ..filled })
        }
    }
}

fn wish(form: &Form) -> Result<LinkWish, Error> {
    Ok(LinkWish {
        standing: form.parsed("standing", "field_malformed")?,
        places: form.parsed("places", "out_of_range")?,
        days: form.parsed("days", "out_of_range")?,
    })
}

pub async fn revoke(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0)?).await?;
    let link: PublicId = at.1.parse().map_err(|_| Error::NotThere("link"))?;
    let actor = Actor::new(&state, &request, Some(&who));
    state.store.write(move |conn| enrolment::revoke_link(conn, &actor, &opened.cohort, link)).await?;
    Ok(see(format!("{}?done=1", state.links.path("cohort-links", &[&at.0]))))
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, opened: &Opened) -> Result<LinksPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let links = enrolment::links(state, opened.cohort.id).await?;
    let row = |link: &store::enrolment::CohortLink| {
        let now = link.state(w.now);
        Row {
            id: link.public_id,
            standing: w.t(&format!("cohort-standing-{}", link.terms.standing)),
            taken: w.t2("link-taken", "taken", link.taken, "places", link.terms.places),
            until: w.moment(&link.terms.expires_at),
            made: w.moment(&link.created_at),
            is_open: now == LinkState::Open,
            state: w.t(&format!("link-{now}")),
        }
    };
    let standings = [Standing::Learner, Standing::Mentor]
        .map(|standing| (standing.word(), w.t(&format!("cohort-standing-{standing}")), standing == Standing::Learner))
        .to_vec();
    Ok(LinksPage {
        errors: FormErrors::default(),
        done: false,
        made: None,
        links: links.iter().map(row).collect(),
        standings,
        places: DEFAULT_PLACES.to_string(),
        max_places: MAX_PLACES,
        days: DEFAULT_LINK_DAYS.to_string(),
        max_days: MAX_LINK_DAYS,
        top: Top::new(&w, opened, "members"),
        w,
    })
}
