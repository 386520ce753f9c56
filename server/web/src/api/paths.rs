//! Paths and their requirements.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::path::{Path, PathSettings, RequirementStanding, RuleChoice, sharing, unlocked, would_add};
use domain::subject::Subject;
use domain::template::{Asks, Template};
use domain::time::Day;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::evidence::{EvidenceJson, HeldJson};
use crate::api::plans::{LinkJson, MinutesJson, PlanJson};
use crate::api::{Listed, id, ok};
use crate::body::Json;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::kept::{Ask, Fresh};
use crate::services::paths::OpenPath;
use crate::services::{ledger, once, paths, plans, starts};
use crate::state::Shared;

/// A learner following a role.
#[derive(Serialize, ToSchema)]
#[schema(as = Path)]
pub struct PathJson {
    id: String,
    role: String,
    role_name: String,
    /// Of the template revision that the path pins.
    version: String,
    revision: String,
    target_level: String,
    target_day: Option<String>,
    hours_week: u32,
    /// Chosen members of any-N groups.
    chosen: Vec<String>,
    /// `waymark/default`, or a plugin's `publisher/name`.
    rule: String,
    started_on: String,
}

impl PathJson {
    pub(crate) fn of(path: &Path, template: &Template) -> Self {
        Self {
            id: path.public_id.to_string(),
            role: template.id().to_owned(),
            role_name: template.document.name.clone(),
            version: template.version().to_owned(),
            revision: template.hash.clone(),
            target_level: path.target_level.clone(),
            target_day: path.target_day.map(|day| day.to_string()),
            hours_week: path.hours_week,
            chosen: path.chosen.iter().cloned().collect(),
            rule: String::from(path.rule.clone()),
            started_on: path.started_on.to_string(),
        }
    }
}

/// Where a requirement stands.
#[derive(Serialize, ToSchema)]
#[schema(as = RequirementState)]
pub struct RequirementJson {
    id: String,
    name: String,
    /// Ids of group and area.
    group: String,
    area: String,
    level: String,
    /// `open`, `locked`, `doing`, `claimed`, `proven`, `expired`.
    state: &'static str,
    /// Of the evidence that makes the state.
    trust: Option<&'static str>,
    /// Basis points of the requirement itself.
    claimed_share: u32,
    proven_share: u32,
    last_evidence: Option<String>,
    /// Beyond the target level.
    beyond: bool,
}

impl RequirementJson {
    fn of(open: &OpenPath, index: usize, standing: &RequirementStanding) -> Self {
        let template = &open.template;
        let requirement = &template.requirements[index];
        Self {
            id: requirement.id.clone(),
            name: requirement.name.clone(),
            group: template.groups[requirement.group].id.clone(),
            area: template.groups[requirement.area].id.clone(),
            level: template.document.levels[requirement.level].id.clone(),
            state: standing.state.word(),
            trust: standing.trust.map(|trust| trust.word()),
            claimed_share: standing.claimed_share,
            proven_share: standing.proven_share,
            last_evidence: standing.last_evidence.map(|day| day.to_string()),
            beyond: requirement.level > open.target(),
        }
    }
}

/// A path with where everything stands.
#[derive(Serialize, ToSchema)]
#[schema(as = PathState)]
pub struct PathStateJson {
    #[serde(flatten)]
    path: PathJson,
    /// The learner's own day.
    today: String,
    mentored: bool,
    requirements: Vec<RequirementJson>,
}

/// A path to start.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPath {
    role: String,
    target_level: Option<String>,
    target_day: Option<String>,
    hours_week: Option<u32>,
    chosen: Option<Vec<String>>,
    rule: Option<String>,
    /// What is known already: skills with a step, criteria and topics of the role, each once, at most 500. Each becomes a
    /// claim, unless the ledger says it already.
    known: Option<Vec<HeldJson>>,
}

/// What to change of a path; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PathChange {
    target_level: Option<String>,
    target_day: Option<String>,
    hours_week: Option<u32>,
    chosen: Option<Vec<String>>,
    rule: Option<String>,
}

impl PathChange {
    fn settings(self) -> Result<PathSettings, Error> {
        let target_day =
            self.target_day.map(|day| day.parse::<Day>().map_err(|_| Error::field("target_day", "day_malformed"))).transpose()?;
        let rule = self.rule.map(|rule| RuleChoice::try_from(rule).map_err(|_| Error::field("rule", "rule_unknown"))).transpose()?;
        Ok(PathSettings {
            target_level: self.target_level,
            target_day,
            hours_week: self.hours_week,
            chosen: self.chosen.map(|chosen| chosen.into_iter().collect()),
            rule,
        })
    }
}

pub async fn list(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let paths = paths::list(&state, &who).await?;
    Ok(ok(&Listed::whole(paths.iter().map(|(path, template)| PathJson::of(path, template)).collect())))
}

pub async fn create(state: Shared, who: SignedIn, body: Json<NewPath>) -> Result<HttpResponse, Error> {
    let NewPath { role, target_level, target_day, hours_week, chosen, rule, known } = body.value;
    let settings = PathChange { target_level, target_day, hours_week, chosen, rule }.settings()?;
    let mut wrong = Vec::new();
    let known = HeldJson::read("known", &known.unwrap_or_default(), &mut wrong);
    if !wrong.is_empty() {
        return Err(Error::Fields(wrong));
    }
    // A repetition has to be answered as the first time, so that the path exists already is only said in the transaction.
    let start = starts::prepare(&state, &who, &role, settings, known, body.once.key.is_some()).await?;
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        Ok(starts::keep(conn, &start)?.map(|path| PathJson::of(&path, &start.template)))
    })
    .await
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, path: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = id(&path, "path")?;
    let ask = Ask::json(&state, &request, &who).of_path(id);
    ask.or_make(async || {
        let open = paths::open(&state, &who, id).await?;
        Ok(Fresh::json(&state_of(&open))?.shows_only(&who, &open))
    })
    .await
}

/// A learner's path, for a mentor of the path's cohort or an admin.
pub async fn show_of(state: Shared, who: SignedIn, ids: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let (learner, path) = ids.into_inner();
    Ok(answer(&paths::open_of(&state, &who, id(&learner, "path")?, id(&path, "path")?).await?))
}

fn answer(open: &OpenPath) -> HttpResponse {
    ok(&state_of(open))
}

fn state_of(open: &OpenPath) -> PathStateJson {
    let standings = open.standings();
    let requirements = standings.iter().enumerate().map(|(index, standing)| RequirementJson::of(open, index, standing)).collect();
    PathStateJson { path: PathJson::of(&open.path, &open.template), today: open.today.to_string(), mentored: open.mentored, requirements }
}

pub async fn update(state: Shared, who: SignedIn, path: web::Path<String>, body: Json<PathChange>) -> Result<HttpResponse, Error> {
    let open = paths::open(&state, &who, id(&path, "path")?).await?;
    let settings = paths::checked(&state, &open, body.value.settings()?).await?;
    let template = open.template;
    let (path_id, revision) = (open.path.id, open.path.revision);
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        store::paths::update_settings(conn, path_id, revision, &settings)?;
        Ok(Ok(PathJson::of(&store::paths::by_id(conn, path_id)?, &template)))
    })
    .await
}

/// One requirement with what was recorded about it.
#[derive(Serialize, ToSchema)]
#[schema(as = Requirement)]
pub struct RequirementDetailJson {
    #[serde(flatten)]
    standing: RequirementJson,
    /// Markdown.
    asks: String,
    /// `skill`, `certification`, `topic`, `project`.
    kind: &'static str,
    /// For a skill.
    step: Option<&'static str>,
    /// All that counts for it.
    subjects: Vec<String>,
    least_trust: &'static str,
    hours: u32,
    requires: Vec<String>,
    /// Requirements that wait for it.
    unlocks: Vec<String>,
    /// Basis points of the whole that finishing it would add, by the built-in rule.
    would_add_claimed: u32,
    would_add_proven: u32,
    /// Requirements of the role that share some of its subjects.
    shared_with: Vec<String>,
    plan: PlanJson,
    links: Vec<LinkJson>,
    /// Newest day first.
    minutes: Vec<MinutesJson>,
    /// Newest first, at most 200.
    evidence: Vec<EvidenceJson>,
}

pub async fn requirement(state: Shared, who: SignedIn, ids: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let (path, requirement) = ids.into_inner();
    let open = paths::open(&state, &who, id(&path, "path")?).await?;
    let index = open.template.requirement(&requirement).ok_or(Error::NotThere("requirement"))?;
    let subjects = paths::subjects_of(&open.template, index);
    let evidence = ledger::list(&state, who.account.id, Some(subjects), None, 200).await?;
    let standing = open.standings().get(index).copied().ok_or(Error::NotThere("requirement"))?;
    let wanted = &open.template.requirements[index];
    let (kind, step) = match &wanted.asks {
        Asks::Skill { step, .. } => ("skill", Some(step.word())),
        Asks::Certification(_) => ("certification", None),
        Asks::Topic(_) => ("topic", None),
        Asks::Project(_) => ("project", None),
    };
    let plan = open.plans.get(&requirement).cloned().unwrap_or_default();
    let kept = plans::kept(&state, &open, &requirement).await?;
    let gain = would_add(open.scope(), &open.facts, index);
    let own: Vec<Subject> = wanted.subjects().into_iter().cloned().collect();
    let id_of = |index: usize| open.template.requirements[index].id.clone();
    Ok(ok(&RequirementDetailJson {
        standing: RequirementJson::of(&open, index, &standing),
        asks: open.template.document.requirements[index].asks.clone(),
        kind,
        step,
        subjects: wanted.subjects().into_iter().map(ToString::to_string).collect(),
        least_trust: wanted.least_trust.word(),
        hours: wanted.hours,
        requires: wanted.requires.iter().map(|&before| id_of(before)).collect(),
        unlocks: unlocked(&open.template, index).into_iter().map(id_of).collect(),
        would_add_claimed: gain.claimed,
        would_add_proven: gain.proven,
        shared_with: sharing(&open.template, &own, Some(index)).into_iter().map(|shared| id_of(shared.requirement)).collect(),
        plan: PlanJson::from(&plan),
        links: kept.links.iter().map(|(number, link)| LinkJson::of(*number, link)).collect(),
        minutes: kept.minutes.iter().map(|&(day, minutes)| MinutesJson::of(day, minutes)).collect(),
        evidence: evidence.into_iter().map(EvidenceJson::from).collect(),
    }))
}
