//! What `doctor` says, and the configuration that holds.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::setup::Severity;

use crate::caller::Admin;
use crate::errors::Error;
use crate::state::{Setting, Shared};
use crate::view::{View, page};

#[derive(Template)]
#[template(path = "admin/health.html")]
struct HealthPage {
    w: View,
    findings: Vec<Row>,
    settings: Vec<Setting>,
}

struct Row {
    class: &'static str,
    icon: &'static str,
    word: String,
    what: String,
    mend: String,
}

pub async fn show(state: Shared, request: HttpRequest, who: Admin) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "admin");
    let doctor = Arc::clone(&state.hooks.doctor);
    let findings = tokio::task::spawn_blocking(move || doctor()).await.map_err(Error::machine)?;
    let findings = findings
        .iter()
        .map(|finding| {
            let (class, icon, word) = match finding.severity {
                Severity::Good => ("on", "i-check", "severity-good"),
                Severity::Note => ("", "i-check", "severity-note"),
                Severity::Warning => ("warn", "i-warn", "severity-warning"),
                Severity::Bad => ("bad", "i-warn", "severity-bad"),
            };
            let (what, mend) = w.finding(finding);
            Row { class, icon, word: w.t(word), what, mend }
        })
        .collect();
    page(&HealthPage { findings, settings: state.instance.settings.clone(), w })
}
