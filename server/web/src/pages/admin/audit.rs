//! The audit: who changed rights, plugins, standing or accounts.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::body::Query;
use crate::caller::Admin;
use crate::errors::Error;
use crate::state::Shared;
use crate::view::{View, page};

const PAGE: i64 = 100;

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    w: View,
    rows: Vec<Row>,
    older: Option<i64>,
}

struct Row {
    when: String,
    actor: String,
    act: String,
    subject: String,
    detail: String,
}

#[derive(Deserialize)]
pub struct AuditQuery {
    after: Option<i64>,
}

pub async fn show(state: Shared, request: HttpRequest, who: Admin, query: Query<AuditQuery>) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "admin");
    let after = query.0.after;
    let mut rows = state.store.scan(move |conn| store::audit::list(conn, after, PAGE + 1)).await?;
    let older = (rows.len() as i64 > PAGE).then(|| rows[PAGE as usize - 1].0);
    rows.truncate(PAGE as usize);
    let rows = rows
        .into_iter()
        .map(|(_, row)| Row {
            when: w.moment(&row.at),
            actor: row.actor_name,
            act: row.act,
            subject: row.subject,
            detail: match &row.detail {
                serde_json::Value::Null => String::new(),
                serde_json::Value::Object(fields) if fields.is_empty() => String::new(),
                other => other.to_string(),
            },
        })
        .collect();
    page(&AuditPage { w, rows, older })
}
