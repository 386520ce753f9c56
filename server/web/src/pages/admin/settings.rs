//! Settings of the instance that may change while it runs.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::body::{Form, Query};
use crate::caller::Admin;
use crate::errors::Error;
use crate::services::Actor;
use crate::services::instance::{self, InstanceWish};
use crate::state::Shared;
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "admin/settings.html")]
struct SettingsPage {
    w: View,
    errors: FormErrors,
    done: bool,
    wish: InstanceWish,
    /// The file or variable that says the name; then it cannot be changed here.
    name_from: Option<String>,
}

#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: Admin, query: Query<Done>) -> Result<HttpResponse, Error> {
    let now = state.instance_now();
    let wish = InstanceWish { name: now.name.clone(), notice: now.notice.clone() };
    page(&filled(&state, &request, &who, wish, FormErrors::default(), query.0.done.is_some()))
}

pub async fn submit(state: Shared, request: HttpRequest, who: Admin, form: Form) -> Result<HttpResponse, Error> {
    let wish = InstanceWish { name: form.raw("name").to_owned(), notice: form.raw("notice").to_owned() };
    match instance::set(&state, &Actor::new(&state, &request, Some(&who)), &wish).await {
        Ok(()) => Ok(see(format!("{}?done=1", state.links.path("admin-settings", &[])))),
        Err(error) => page_again(&filled(&state, &request, &who, wish, FormErrors::of(error)?, false)),
    }
}

fn filled(state: &Shared, request: &HttpRequest, who: &Admin, mut wish: InstanceWish, errors: FormErrors, done: bool) -> SettingsPage {
    let w = View::new(state, request, Some(who.0.clone()), "admin");
    let name_from = state.instance.source_of("instance.name").map(str::to_owned);
    if name_from.is_some() {
        wish.name.clone_from(&state.instance.name);
    }
    SettingsPage { w, errors, done, wish, name_from }
}
