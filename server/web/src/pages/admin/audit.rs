//! The audit: who changed rights, plugins, standing or accounts.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::base::query_value;
use crate::body::Query;
use crate::caller::Admin;
use crate::errors::Error;
use crate::services::audit::{self, AuditWish};
use crate::state::Shared;
use crate::view::{FormErrors, View, page, page_again};

const PAGE: i64 = 100;

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    w: View,
    errors: FormErrors,
    wish: AuditWish,
    /// Each with whether it is chosen.
    acts: Vec<(String, bool)>,
    names: Vec<(String, bool)>,
    rows: Vec<Row>,
    /// The link to the next page.
    older: Option<String>,
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
    #[serde(default)]
    who: String,
    #[serde(default)]
    act: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

pub async fn show(state: Shared, request: HttpRequest, who: Admin, query: Query<AuditQuery>) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "admin");
    let AuditQuery { after, who, act, from, to } = query.0;
    let wish = AuditWish { who, act, from, to };
    let (acts, names) = audit::choices(&state).await?;
    // Whole families of acts first: `account.` for all that begin so.
    let mut families: Vec<String> = acts.iter().filter_map(|act| act.split_once('.').map(|(family, _)| format!("{family}."))).collect();
    families.dedup();
    let chosen = |all: Vec<String>, wanted: &str| all.into_iter().map(|one| (one.clone(), one == wanted)).collect();
    let mut shown = AuditPage {
        errors: FormErrors::default(),
        acts: chosen(families.into_iter().chain(acts).collect(), &wish.act),
        names: chosen(names, &wish.who),
        rows: Vec::new(),
        older: None,
        wish,
        w,
    };
    let filter = match shown.wish.filter(&shown.w.zone()) {
        Ok(filter) => filter,
        Err(error) => return page_again(&AuditPage { errors: FormErrors::of(error)?, ..shown }),
    };
    let mut rows = audit::list(&state, filter, after, PAGE + 1).await?;
    let last = (rows.len() as i64 > PAGE).then(|| rows[PAGE as usize - 1].0);
    rows.truncate(PAGE as usize);
    shown.older = last.map(|after| {
        let wish = &shown.wish;
        let [who, act, from, to] = [&wish.who, &wish.act, &wish.from, &wish.to].map(|text| query_value(text));
        format!("{}?who={who}&act={act}&from={from}&to={to}&after={after}", shown.w.link("admin-audit"))
    });
    shown.rows = rows
        .into_iter()
        .map(|(_, row)| Row {
            when: shown.w.moment(&row.at),
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
    page(&shown)
}
