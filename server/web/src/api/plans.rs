//! What the learner plans with a requirement: marks and a note, own links, minutes spent.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::plan::{self, OwnLink, Plan};
use domain::time::Day;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::{id, nothing};
use crate::body::{Json, Once};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::paths::{self, OpenPath};
use crate::services::{once, plans};
use crate::state::{Shared, State};

/// What the learner plans with it; nobody else sees it.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Plan)]
#[serde(deny_unknown_fields)]
pub struct PlanJson {
    #[serde(default)]
    doing: bool,
    /// Left out for now: it is not suggested.
    #[serde(default)]
    skipped: bool,
    /// Markdown.
    note: Option<String>,
}

impl From<&Plan> for PlanJson {
    fn from(plan: &Plan) -> Self {
        Self { doing: plan.doing, skipped: plan.skipped, note: plan.note.clone() }
    }
}

/// A link of the learner's own.
#[derive(Serialize, ToSchema)]
#[schema(as = OwnLink)]
pub struct LinkJson {
    number: u32,
    title: String,
    url: String,
}

impl LinkJson {
    pub(crate) fn of(number: u32, link: &OwnLink) -> Self {
        Self { number, title: link.title.clone(), url: link.url.clone() }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    /// Absent: the address stands for it.
    title: Option<String>,
    /// http or https.
    url: String,
}

/// Minutes spent on a day.
#[derive(Serialize, ToSchema)]
#[schema(as = SpentMinutes)]
pub struct MinutesJson {
    day: String,
    /// Of the whole day.
    minutes: u32,
}

impl MinutesJson {
    pub(crate) fn of(day: Day, minutes: u32) -> Self {
        Self { day: day.to_string(), minutes }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMinutes {
    /// Absent: today, in the learner's zone.
    day: Option<String>,
    minutes: u32,
}

type Place = web::Path<(String, String)>;

pub async fn set(state: Shared, who: SignedIn, at: Place, body: Json<PlanJson>) -> Result<HttpResponse, Error> {
    let (open, requirement) = find(&state, &who, &at.0, &at.1).await?;
    let PlanJson { doing, skipped, note } = body.value;
    let (path, requirement, plan, now) = plans::checked(&state, &open, &requirement, Plan { doing, skipped, note })?;
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        store::plans::put(conn, path, &requirement, &plan, now)?;
        Ok(Ok(PlanJson::from(&plan)))
    })
    .await
}

pub async fn add_link(state: Shared, who: SignedIn, at: Place, body: Json<NewLink>) -> Result<HttpResponse, Error> {
    let (open, requirement) = find(&state, &who, &at.0, &at.1).await?;
    let link = plan::check_link(body.value.title, Some(body.value.url))?;
    let path = open.path.id;
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        let number = store::plans::add_link(conn, path, &requirement, &link)?;
        Ok(Ok(LinkJson::of(number, &link)))
    })
    .await
}

pub async fn remove_link(state: Shared, who: SignedIn, at: web::Path<(String, String, String)>, _: Once) -> Result<HttpResponse, Error> {
    let (open, requirement) = find(&state, &who, &at.0, &at.1).await?;
    let number = at.2.parse().map_err(|_| Error::NotThere("link"))?;
    plans::remove_link(&state, &open, &requirement, number).await?;
    Ok(nothing())
}

pub async fn add_minutes(state: Shared, who: SignedIn, at: Place, body: Json<NewMinutes>) -> Result<HttpResponse, Error> {
    let (open, requirement) = find(&state, &who, &at.0, &at.1).await?;
    let day = body.value.day.map(|day| day.parse::<Day>().map_err(|_| Error::field("day", "day_malformed"))).transpose()?;
    let (day, minutes) = plan::check_minutes(day, Some(body.value.minutes), open.today)?;
    let path = open.path.id;
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        let sum = store::plans::add_minutes(conn, path, &requirement, day, minutes)?;
        Ok(Ok(MinutesJson::of(day, sum)))
    })
    .await
}

pub async fn remove_minutes(state: Shared, who: SignedIn, at: web::Path<(String, String, String)>, _: Once) -> Result<HttpResponse, Error> {
    let (open, requirement) = find(&state, &who, &at.0, &at.1).await?;
    let day = at.2.parse().map_err(|_| Error::NotThere("minutes"))?;
    plans::remove_minutes(&state, &open, &requirement, day).await?;
    Ok(nothing())
}

async fn find(state: &State, who: &SignedIn, path: &str, requirement: &str) -> Result<(OpenPath, String), Error> {
    let open = paths::open(state, who, id(path, "path")?).await?;
    open.template.requirement(requirement).ok_or(Error::NotThere("requirement"))?;
    Ok((open, requirement.to_owned()))
}
