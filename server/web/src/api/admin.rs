//! For admins: people, invitations, plugins, mail, the set-up, the audit.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::account::Account;
use domain::cohort::Standing;
use domain::ids::{AccountId, OutboxId};
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use store::accounts::PeopleFilter;
use store::digests::{OutboxFilter, OutboxState};
use store::invitations::Invitation;
use store::packs::{PackRow, PackStats};
use utoipa::{IntoParams, ToSchema};

use crate::api::digests::OutboxJson;
use crate::api::{Listed, PageQuery, cursor, id, nothing, ok, word};
use crate::body::{self, Json, Query};
use crate::caller::Admin;
use crate::errors::Error;
use crate::services::audit::{self, AuditWish};
use crate::services::invitations::InvitationWish;
use crate::services::{Actor, invitations, people, plugins, reset};
use crate::state::{MailStatus, Setting, Shared};

/// Somebody with an account.
#[derive(Serialize, ToSchema)]
#[schema(as = Person)]
pub struct PersonJson {
    id: String,
    username: String,
    name: String,
    mail: Option<String>,
    admin: bool,
    disabled: bool,
    created_at: String,
    /// By a session or a token that still stands.
    last_seen_at: Option<String>,
}

impl PersonJson {
    fn of(account: &Account, last_seen: Option<&Instant>) -> Self {
        Self {
            id: account.public_id.to_string(),
            username: account.username.to_string(),
            name: account.name.to_string(),
            mail: account.mail.as_ref().map(ToString::to_string),
            admin: account.is_admin,
            disabled: account.disabled,
            created_at: account.created_at.to_string(),
            last_seen_at: last_seen.map(Instant::to_string),
        }
    }
}

/// Which people.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct PeopleQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// 1 to 200; 50 where absent.
    limit: Option<i64>,
    /// Stands in name, username or mail.
    q: Option<String>,
    admin: Option<bool>,
    disabled: Option<bool>,
}

pub async fn people(state: Shared, _: Admin, query: Query<PeopleQuery>) -> Result<HttpResponse, Error> {
    let page = PageQuery { cursor: query.0.cursor, limit: query.0.limit };
    let filter = PeopleFilter { words: query.0.q, is_admin: query.0.admin, disabled: query.0.disabled };
    let limit = page.limit();
    let mut found = people::list(&state, filter, page.after()?.map(AccountId), limit + 1).await?;
    let more = found.people.len() as i64 > limit;
    found.people.truncate(limit as usize);
    let next = found.people.last().filter(|_| more).map(|last| cursor(last.id.0));
    let items = found.people.iter().map(|account| PersonJson::of(account, found.last_seen.get(&account.id))).collect();
    Ok(ok(&Listed { items, next }))
}

/// A code that was just made; it is shown here only.
#[derive(Serialize, ToSchema)]
pub struct MadeResetCode {
    username: String,
    code: String,
    expires_at: String,
}

/// Takes no `Idempotency-Key`: the answer holds a secret, which is kept nowhere.
pub async fn reset_code(state: Shared, request: HttpRequest, who: Admin, person: web::Path<String>) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    let (account, made) = reset::issue(&state, &actor, &who, id(&person, "account")?).await?;
    let answer = MadeResetCode { username: account.username.to_string(), code: made.code, expires_at: made.expires_at.to_string() };
    Ok(super::json(StatusCode::CREATED, &answer))
}

/// Rights of a person; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    disabled: Option<bool>,
    admin: Option<bool>,
}

pub async fn change_person(
    state: Shared,
    request: HttpRequest,
    who: Admin,
    person: web::Path<String>,
    body: Json<PersonChange>,
) -> Result<HttpResponse, Error> {
    let (actor, person) = (Actor::new(&state, &request, Some(&who)), id(&person, "account")?);
    if let Some(admin) = body.value.admin {
        people::set_admin(&state, &actor, &who, person, admin).await?;
    }
    if let Some(disabled) = body.value.disabled {
        people::set_disabled(&state, &actor, &who, person, disabled).await?;
    }
    Ok(nothing())
}

/// An invitation that is open.
#[derive(Serialize, ToSchema)]
#[schema(as = Invitation)]
pub struct InvitationJson {
    id: String,
    name: Option<String>,
    mail: Option<String>,
    admin: bool,
    created_at: String,
    expires_at: String,
}

impl From<&Invitation> for InvitationJson {
    fn from(invitation: &Invitation) -> Self {
        Self {
            id: invitation.public_id.to_string(),
            name: invitation.name.as_ref().map(ToString::to_string),
            mail: invitation.mail.as_ref().map(ToString::to_string),
            admin: invitation.is_admin,
            created_at: invitation.created_at.to_string(),
            expires_at: invitation.expires_at.to_string(),
        }
    }
}

/// Whom to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    name: Option<String>,
    mail: Option<String>,
    #[serde(default)]
    admin: bool,
    /// Id of a cohort to join.
    cohort: Option<String>,
    /// `learner`, `mentor`, `lead`; learner where absent.
    standing: Option<String>,
}

/// An invitation that was just made; the link is shown here only.
#[derive(Serialize, ToSchema)]
pub struct MadeInvitation {
    invitation: InvitationJson,
    link: String,
}

/// Takes no `Idempotency-Key`: the answer holds a secret, which is kept nowhere.
pub async fn invite(state: Shared, request: HttpRequest, who: Admin, body: Json<NewInvitation>) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    let wanted = body.value;
    let standing = wanted.standing.as_deref().map(|text| word::<Standing>("standing", text)).transpose()?.unwrap_or(Standing::Learner);
    let cohort = wanted.cohort.as_deref().map(|text| id(text, "cohort")).transpose()?.map(|cohort| (cohort, standing));
    let wish = InvitationWish { name: wanted.name, mail: wanted.mail, is_admin: wanted.admin, cohort };
    let (invitation, link) = invitations::invite(&state, &actor, wish).await?;
    Ok(super::json(StatusCode::CREATED, &MadeInvitation { invitation: InvitationJson::from(&invitation), link }))
}

pub async fn open_invitations(state: Shared, _: Admin) -> Result<HttpResponse, Error> {
    let open = invitations::open(&state).await?;
    Ok(ok(&Listed::whole(open.iter().map(InvitationJson::from).collect())))
}

pub async fn revoke_invitation(
    state: Shared,
    request: HttpRequest,
    who: Admin,
    invitation: web::Path<String>,
) -> Result<HttpResponse, Error> {
    invitations::revoke(&state, &Actor::new(&state, &request, Some(&who)), id(&invitation, "invitation")?).await?;
    Ok(nothing())
}

/// A version of a plugin.
#[derive(Serialize, ToSchema)]
#[schema(as = Plugin)]
pub struct PluginJson {
    /// `publisher/name`
    plugin: String,
    version: String,
    digest: String,
    /// `roles`, `scoring`, `both`.
    kind: String,
    bytes: i64,
    active: bool,
    enabled: bool,
    installed_at: String,
    calls: u64,
    failures: u64,
    fuel_max: u64,
    micros_max: u64,
    last_error: Option<PluginErrorJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PluginError)]
pub struct PluginErrorJson {
    code: String,
    detail: String,
    at: String,
}

impl From<(PackRow, PackStats)> for PluginJson {
    fn from((pack, stats): (PackRow, PackStats)) -> Self {
        Self {
            plugin: pack.plugin,
            version: pack.version,
            digest: pack.digest,
            kind: pack.kind,
            bytes: pack.size,
            active: pack.active,
            enabled: pack.enabled,
            installed_at: pack.installed_at.to_string(),
            calls: stats.calls,
            failures: stats.failures,
            fuel_max: stats.fuel_max,
            micros_max: stats.micros_max,
            last_error: stats.last_error.map(|(code, detail, at)| PluginErrorJson { code, detail, at: at.to_string() }),
        }
    }
}

pub async fn plugins(state: Shared, _: Admin) -> Result<HttpResponse, Error> {
    let packs = plugins::list(&state).await?;
    Ok(ok(&Listed::whole(packs.into_iter().map(PluginJson::from).collect())))
}

/// What was installed.
#[derive(Serialize, ToSchema)]
pub struct InstalledPlugin {
    plugin: String,
    version: String,
}

/// The body is the pack itself, `application/octet-stream`.
pub async fn install(state: Shared, request: HttpRequest, who: Admin, payload: web::Payload) -> Result<HttpResponse, Error> {
    if !body::is(&request, "application/octet-stream") {
        return Err(Error::Rule("body_wrong_type"));
    }
    let archive = body::read(payload.into_inner(), state.instance.max_pack_bytes).await?;
    let (plugin, version) = plugins::install(&state, &Actor::new(&state, &request, Some(&who)), archive).await?;
    Ok(super::json(StatusCode::CREATED, &InstalledPlugin { plugin, version }))
}

/// Switches a plugin; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PluginChange {
    enabled: Option<bool>,
    /// A version that is installed.
    version: Option<String>,
}

pub async fn change_plugin(
    state: Shared,
    request: HttpRequest,
    who: Admin,
    plugin: web::Path<String>,
    body: Json<PluginChange>,
) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    if let Some(version) = &body.value.version {
        plugins::activate(&state, &actor, &plugin, version).await?;
    }
    if let Some(enabled) = body.value.enabled {
        plugins::set_enabled(&state, &actor, &plugin, enabled).await?;
    }
    Ok(nothing())
}

/// Where mail goes, and how much of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Mail)]
pub struct MailJson {
    status: MailStatus,
    queued: i64,
    sent: i64,
    skipped: i64,
    dead: i64,
    ambiguous: i64,
}

pub async fn mail(state: Shared, _: Admin) -> Result<HttpResponse, Error> {
    let counts = state.store.scan(store::digests::counts).await?;
    let hook = Arc::clone(&state.hooks.mail);
    Ok(ok(&MailJson {
        status: hook(),
        queued: counts.queued,
        sent: counts.sent,
        skipped: counts.skipped,
        dead: counts.dead,
        ambiguous: counts.ambiguous,
    }))
}

/// Which mails.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MailQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// 1 to 200; 50 where absent.
    limit: Option<i64>,
    /// `queued`, `sent`, `skipped`, `dead`.
    state: Option<String>,
}

/// Newest first.
pub async fn outbox(state: Shared, _: Admin, query: Query<MailQuery>) -> Result<HttpResponse, Error> {
    let page = PageQuery { cursor: query.0.cursor, limit: query.0.limit };
    let wanted = match query.0.state.as_deref() {
        None => None,
        Some("queued") => Some(OutboxState::Queued),
        Some("sent") => Some(OutboxState::Sent),
        Some("skipped") => Some(OutboxState::Skipped),
        Some("dead") => Some(OutboxState::Dead),
        Some(_) => return Err(Error::field("state", "field_malformed")),
    };
    let (limit, after) = (page.limit(), page.after()?.map(OutboxId));
    let filter = OutboxFilter { state: wanted, account: None };
    let mut rows = state.store.scan(move |conn| store::digests::list(conn, &filter, after, limit + 1)).await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|last| cursor(last.id.0));
    Ok(ok(&Listed { items: rows.into_iter().map(OutboxJson::from).collect(), next }))
}

/// One thing that was looked at.
#[derive(Serialize, ToSchema)]
#[schema(as = Finding)]
pub struct FindingJson {
    /// `good`, `note`, `warning`, `bad`.
    severity: String,
    code: &'static str,
    /// In the language of the request.
    what: String,
    /// How to mend it; empty where there is nothing to mend.
    mend: String,
}

/// What is wrong in the set-up.
#[derive(Serialize, ToSchema)]
#[schema(as = Doctor)]
pub struct DoctorJson {
    findings: Vec<FindingJson>,
    /// Configuration, read-only.
    settings: Vec<Setting>,
}

pub async fn doctor(state: Shared, request: HttpRequest, who: Admin) -> Result<HttpResponse, Error> {
    let w = crate::view::View::new(&state, &request, Some(who.0.clone()), "");
    let hook = Arc::clone(&state.hooks.doctor);
    let findings = tokio::task::spawn_blocking(move || hook()).await.map_err(Error::machine)?;
    let findings = findings
        .iter()
        .map(|finding| {
            let (what, mend) = w.finding(finding);
            let severity =
                serde_json::to_value(finding.severity).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
            FindingJson { severity, code: finding.code, what, mend }
        })
        .collect();
    Ok(ok(&DoctorJson { findings, settings: state.instance.settings.clone() }))
}

/// A row of the audit.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditRow)]
pub struct AuditJson {
    number: i64,
    at: String,
    actor: String,
    act: String,
    subject: String,
    #[schema(value_type = Object)]
    detail: serde_json::Value,
    request_id: Option<String>,
}

/// Which rows.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// 1 to 200; 50 where absent.
    limit: Option<i64>,
    /// The name of who did it, as it stands in the rows.
    who: Option<String>,
    /// One act, or with a dot at its end all that begin so: `account.`.
    act: Option<String>,
    /// First day, `2026-11-19`, in the caller's zone.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
}

/// Newest first.
pub async fn audit(state: Shared, who: Admin, query: Query<AuditQuery>) -> Result<HttpResponse, Error> {
    let AuditQuery { cursor: before, limit, who: name, act, from, to } = query.0;
    let page = PageQuery { cursor: before, limit };
    let (limit, after) = (page.limit(), page.after()?);
    let [name, act, from, to] = [name, act, from, to].map(Option::unwrap_or_default);
    let filter = AuditWish { who: name, act, from, to }.filter(&who.account.zone)?;
    let mut rows = audit::list(&state, filter, after, limit + 1).await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|(number, _)| cursor(*number));
    let items = rows
        .into_iter()
        .map(|(number, row)| AuditJson {
            number,
            at: row.at.to_string(),
            actor: row.actor_name,
            act: row.act,
            subject: row.subject,
            detail: row.detail,
            request_id: row.request_id,
        })
        .collect();
    Ok(ok(&Listed { items, next }))
}
