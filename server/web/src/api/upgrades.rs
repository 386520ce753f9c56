//! Taking over another revision of a role: a preview, the act, and its undo; of a path of one's own and of a cohort.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::path::RuleChoice;
use domain::upgrade::{Aims, Line, Migration, WeekLine};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::paths::PathJson;
use crate::api::what_if::BothJson;
use crate::api::{id, ok};
use crate::body::{Json, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::upgrades::{self, CohortWish, Measured, Named, Pair, Undo};
use crate::services::{Actor, cohorts, once};
use crate::state::Shared;

/// A revision of a role.
#[derive(Serialize, ToSchema)]
#[schema(as = RoleRevision)]
pub struct RevisionJson {
    version: String,
    /// What an act names it by.
    revision: String,
}

/// A requirement, group or level of two revisions.
#[derive(Serialize, ToSchema)]
#[schema(as = UpgradeLine)]
pub struct LineJson {
    id: String,
    /// `comes`, `goes`, `moves`, `changes`, `stays`.
    fate: &'static str,
    /// In what both differ: `level`, `group`, `parent`, `place`, `need`, `asks`, `trust`, `weight`, `hours`, `requires`, `name`,
    /// `words`, `attributes`.
    differences: Vec<&'static str>,
}

/// How two revisions differ.
#[derive(Serialize, ToSchema)]
#[schema(as = Migration)]
pub struct MigrationJson {
    from: RevisionJson,
    to: RevisionJson,
    /// All of the newer revision in its order, then what goes.
    requirements: Vec<LineJson>,
    groups: Vec<LineJson>,
    levels: Vec<LineJson>,
    /// Facts, pay or sources differ.
    guide: bool,
}

/// Readiness before and after.
#[derive(Serialize, ToSchema)]
#[schema(as = UpgradeReadiness)]
pub struct MeasuredJson {
    before: BothJson,
    after: BothJson,
    /// The path's rule failed, and the built-in one answers for both.
    stand_in: bool,
}

/// What can be undone.
#[derive(Serialize, ToSchema)]
#[schema(as = UpgradeUndo)]
pub struct UndoJson {
    to: RevisionJson,
    taken_at: String,
}

/// What a path may take over.
#[derive(Serialize, ToSchema)]
#[schema(as = PathUpgrade)]
pub struct PathUpgradeJson {
    from: RevisionJson,
    /// The cohort whose leads decide; then the path's learner cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    led_by: Option<String>,
    /// Absent: there is no newer revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<OfferJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undo: Option<UndoJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PathUpgradeOffer)]
pub struct OfferJson {
    migration: MigrationJson,
    readiness: MeasuredJson,
    target_level: String,
    /// Chosen members that stay.
    chosen: Vec<String>,
    /// Those that do not.
    put_aside: Vec<String>,
}

/// The settings that paths of a cohort get.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = UpgradeSettings)]
#[serde(deny_unknown_fields)]
pub struct SettingsJson {
    target_level: String,
    chosen: Vec<String>,
    rule: String,
}

/// A learner of a cohort's preview.
#[derive(Serialize, ToSchema)]
#[schema(as = UpgradeLearner)]
pub struct LearnerJson {
    id: String,
    name: String,
    /// `active` or `paused`.
    state: &'static str,
    version: String,
    /// Something of the path becomes another.
    moves: bool,
    target_moves: bool,
    put_aside: usize,
    readiness: MeasuredJson,
}

/// A part of the plan whose week becomes another.
#[derive(Serialize, ToSchema)]
#[schema(as = UpgradeWeek)]
pub struct WeekJson {
    /// `requirement` or `group`.
    kind: &'static str,
    id: String,
    name: String,
    /// Null: not in the plan.
    before: Option<u32>,
    after: Option<u32>,
}

/// What a cohort may take over.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortUpgrade)]
pub struct CohortUpgradeJson {
    role: String,
    migration: MigrationJson,
    /// What is set up, as the revision has it.
    settings: SettingsJson,
    put_aside: Vec<String>,
    learners: Vec<LearnerJson>,
    /// Those who dropped out or completed, whose paths stay.
    staying: usize,
    weeks: Vec<WeekJson>,
    /// There is something to take over.
    is_something: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    undo: Option<UndoJson>,
}

/// Both revisions, as a preview showed them.
#[derive(Deserialize, ToSchema)]
#[schema(as = UpgradeWish)]
#[serde(deny_unknown_fields)]
pub struct WishJson {
    from: String,
    to: String,
}

/// The same for a role of a cohort.
#[derive(Deserialize, ToSchema)]
#[schema(as = CohortUpgradeWish)]
#[serde(deny_unknown_fields)]
pub struct CohortWishJson {
    role: String,
    from: String,
    to: String,
    /// As the preview showed them: every path gets them. Absent: paths keep their own.
    settings: Option<SettingsJson>,
}

/// The same for an undo.
#[derive(Deserialize, ToSchema)]
#[schema(as = CohortUndoWish)]
#[serde(deny_unknown_fields)]
pub struct CohortUndoJson {
    role: String,
    /// The revision of now.
    from: String,
    to: String,
}

/// What was done.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortUpgraded)]
pub struct DoneJson {
    /// How many paths moved.
    paths: usize,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct LookQuery {
    /// Absent: the cohort's first.
    role: Option<String>,
    /// Paths get the target level, members and rule that are set up.
    settings: Option<bool>,
}

fn revision(template: &domain::template::Template) -> RevisionJson {
    RevisionJson { version: template.version().to_owned(), revision: template.hash.clone() }
}

fn migration(pair: &Pair) -> MigrationJson {
    let Migration { requirements, groups, levels, guide } = &pair.migration;
    let line = |line: &Line| LineJson {
        id: line.id.clone(),
        fate: line.fate.word(),
        differences: line.differences.iter().map(|difference| difference.word()).collect(),
    };
    let lines = |lines: &[Line]| lines.iter().map(line).collect();
    MigrationJson {
        from: revision(&pair.from.1),
        to: revision(&pair.to.1),
        requirements: lines(requirements),
        groups: lines(groups),
        levels: lines(levels),
        guide: *guide,
    }
}

impl From<Measured> for MeasuredJson {
    fn from(measured: Measured) -> Self {
        Self { before: measured.before.into(), after: measured.after.into(), stand_in: measured.stand_in }
    }
}

fn undo_json(undo: &Undo) -> UndoJson {
    UndoJson { to: revision(&undo.to), taken_at: undo.at.to_string() }
}

pub async fn look(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let looked = upgrades::look(&state, &who, id(&at, "path")?).await?;
    Ok(ok(&PathUpgradeJson {
        from: revision(&looked.open.template),
        led_by: looked.led_by.map(|cohort| cohort.public_id.to_string()),
        offer: looked.offer.map(|offer| OfferJson {
            migration: migration(&offer.pair),
            readiness: offer.measured.into(),
            target_level: offer.aims.target_level,
            chosen: offer.aims.chosen.into_iter().collect(),
            put_aside: offer.put_aside.into_iter().collect(),
        }),
        undo: looked.undo.as_ref().map(undo_json),
    }))
}

pub async fn take(state: Shared, who: SignedIn, at: web::Path<String>, body: Json<WishJson>) -> Result<HttpResponse, Error> {
    let WishJson { from, to } = body.value;
    let take = upgrades::check(&state, &who, id(&at, "path")?, &Named { from, to }).await?;
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        Ok(upgrades::take(conn, &take)?.map(|path| PathJson::of(&path, take.template())))
    })
    .await
}

pub async fn undo(state: Shared, who: SignedIn, at: web::Path<String>, body: Json<WishJson>) -> Result<HttpResponse, Error> {
    let WishJson { from, to } = body.value;
    let back = upgrades::check_undo(&state, &who, id(&at, "path")?, &Named { from, to }).await?;
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        Ok(upgrades::undo(conn, &back)?.map(|path| PathJson::of(&path, back.template())))
    })
    .await
}

pub async fn look_at_cohort(state: Shared, who: SignedIn, at: web::Path<String>, query: Query<LookQuery>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at, "cohort")?).await?;
    let LookQuery { role, settings } = query.0;
    let look = upgrades::look_at_cohort(&state, &opened, role.as_deref(), settings == Some(true)).await?;
    let learner = |line: &upgrades::LearnerLine| LearnerJson {
        id: line.account.public_id.to_string(),
        name: line.account.name.to_string(),
        state: line.state.word(),
        version: line.version.clone(),
        moves: line.moves,
        target_moves: line.target_moves,
        put_aside: line.put_aside,
        readiness: line.measured.into(),
    };
    let week = |line: &WeekLine| WeekJson {
        kind: if line.key.is_group { "group" } else { "requirement" },
        id: line.key.id.clone(),
        name: line.name.clone(),
        before: line.before,
        after: line.after,
    };
    Ok(ok(&CohortUpgradeJson {
        role: look.role.role.clone(),
        migration: migration(&look.pair),
        settings: SettingsJson {
            target_level: look.aims.target_level.clone(),
            chosen: look.aims.chosen.iter().cloned().collect(),
            rule: look.aims.rule.clone().into(),
        },
        put_aside: look.put_aside.iter().cloned().collect(),
        learners: look.learners.iter().map(learner).collect(),
        staying: look.staying,
        weeks: look.weeks.iter().map(week).collect(),
        is_something: look.is_something(),
        undo: look.undo.as_ref().map(undo_json),
    }))
}

pub async fn take_with_cohort(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<CohortWishJson>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let CohortWishJson { role, from, to, settings } = body.value;
    let settings = settings.map(|settings| {
        let rule = RuleChoice::try_from(settings.rule).map_err(|_| Error::field("settings.rule", "rule_unknown"))?;
        Ok::<_, Error>(Aims { target_level: settings.target_level, chosen: settings.chosen.into_iter().collect(), rule })
    });
    let wish = CohortWish { role, named: Named { from, to }, settings: settings.transpose()? };
    let take = upgrades::check_cohort(&state, &opened, &wish).await?;
    let actor = Actor::new(&state, &request, Some(&who));
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        Ok(upgrades::take_with_cohort(conn, &actor, &take)?.map(|paths| DoneJson { paths }))
    })
    .await
}

pub async fn undo_with_cohort(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<CohortUndoJson>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let CohortUndoJson { role, from, to } = body.value;
    let back = upgrades::check_cohort_undo(&state, &opened, &role, &Named { from, to }).await?;
    let actor = Actor::new(&state, &request, Some(&who));
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        Ok(upgrades::undo_with_cohort(conn, &actor, &back)?.map(|paths| DoneJson { paths }))
    })
    .await
}
