//! What pages and API do alike: load facts, call the domain, store. Handlers only read what came in and show what comes
//! out.

pub mod accounts;
pub mod attachments;
pub mod audit;
pub mod certificates;
pub mod co_authors;
pub mod cohorts;
pub mod decks;
pub mod digests;
pub mod enrolment;
pub mod guiding;
pub mod instance;
pub mod interviews;
pub mod invitations;
pub mod leaving;
pub mod ledger;
pub mod mentoring;
pub mod once;
pub mod own_data;
pub mod paths;
pub mod pauses;
pub mod people;
pub mod plans;
pub mod plugins;
pub mod practice;
pub mod readiness;
pub mod reset;
pub mod resume;
pub mod reviews;
pub mod roles;
pub mod search;
pub mod starts;
pub mod summaries;
pub mod today;
pub mod upgrades;
pub mod upkeep;
pub mod what_if;

use actix_web::HttpRequest;
use domain::ids::AccountId;
use domain::time::Instant;
use serde_json::Value;
use store::audit::AuditRow;

use crate::auth;
use crate::caller::Signed;
use crate::security::RequestId;
use crate::state::State;

/// Who does something, when and in which request: for the audit.
#[derive(Clone, Debug)]
pub struct Actor {
    pub account: Option<AccountId>,
    pub name: String,
    pub request_id: String,
    pub now: Instant,
    /// Of the client.
    pub address: std::net::IpAddr,
    pub user_agent: String,
}

impl Actor {
    pub fn new(state: &State, request: &HttpRequest, who: Option<&Signed>) -> Self {
        let agent = request.headers().get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            account: who.map(|who| who.account.id),
            name: who.map_or_else(|| "—".to_owned(), |who| who.account.name.to_string()),
            request_id: RequestId::of(request).to_string(),
            now: state.clock.now(),
            address: auth::client_address(request, state.instance.trusted_proxies),
            user_agent: domain::account::strip(&agent.chars().take(200).collect::<String>()),
        }
    }

    /// A row for the audit, to be appended in the act's own transaction.
    pub fn row(&self, act: &str, subject: impl Into<String>, detail: Value) -> AuditRow {
        AuditRow {
            at: self.now,
            actor: self.account,
            actor_name: self.name.clone(),
            act: act.to_owned(),
            subject: subject.into(),
            detail,
            request_id: Some(self.request_id.clone()),
        }
    }
}
