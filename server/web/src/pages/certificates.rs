//! All certificates with their state: what holds, what lapses soon, what was renewed.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::certificate::CertificateState;
use domain::ids::PublicId;

use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::certificates;
use crate::state::Shared;
use crate::view::{View, page};

#[derive(Template)]
#[template(path = "certificates.html")]
struct CertificatesPage {
    w: View,
    rows: Vec<CertificateRow>,
}

struct CertificateRow {
    seq: u32,
    name: String,
    issuer: String,
    number: String,
    issued: String,
    until: String,
    state: String,
    tag: &'static str,
    glyph: &'static str,
    url: Option<String>,
    /// Path and requirement where it can be renewed.
    renew: Option<(PublicId, String)>,
    renews: Option<u32>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "ledger");
    let catalogue = state.catalogue();
    let mut rows = Vec::new();
    for ((_, entry, payload), standing) in certificates::list(&state, &who).await? {
        let written = payload.unwrap_or_default();
        let subjects: Vec<_> = entry.held.iter().map(|held| held.subject.clone()).collect();
        let names =
            subjects.iter().map(|subject| catalogue.get(subject).map_or_else(|| subject.id.clone(), |document| document.name.clone()));
        let (key, tag, glyph) = match standing {
            CertificateState::Holds => ("certificate-holds", " on", "g-linked"),
            CertificateState::Lapsing => ("certificate-lapsing", " warn", "g-expired"),
            CertificateState::Expired => ("certificate-expired", " warn", "g-expired"),
            CertificateState::Renewed => ("certificate-renewed", "", "g-locked"),
            CertificateState::TakenBack => ("certificate-taken-back", "", "g-locked"),
        };
        let ends = matches!(standing, CertificateState::Lapsing | CertificateState::Expired);
        rows.push(CertificateRow {
            seq: entry.seq,
            name: written.title.unwrap_or_else(|| names.collect::<Vec<_>>().join(", ")),
            issuer: written.issuer.unwrap_or_default(),
            number: written.number.unwrap_or_default(),
            issued: w.lang.day_long(written.issued_on.unwrap_or(entry.day)),
            until: entry.expires_on.map_or_else(|| w.t("certificate-no-end"), |day| w.lang.day_long(day)),
            state: w.t(key),
            tag,
            glyph,
            url: written.url,
            renew: if ends { certificates::requirement_of(&state, &who, &subjects).await? } else { None },
            renews: written.follows,
        });
    }
    page(&CertificatesPage { w, rows })
}
