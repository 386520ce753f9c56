//! Links that make an account: the first admin's, and invitations.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::time::Zone;
use store::invitations::{Invitation, InvitationKind};

use crate::auth;
use crate::body::Form;
use crate::errors::Error;
use crate::pages::login::add_cookie;
use crate::services::Actor;
use crate::services::invitations::{self, Newcomer};
use crate::state::Shared;
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "join.html")]
struct JoinPage {
    w: View,
    errors: FormErrors,
    first_admin: bool,
    cohort: Option<String>,
    action: String,
    name: String,
    username: String,
    mail: String,
    zone: String,
    zones: Vec<String>,
}

pub async fn show_setup(state: Shared, request: HttpRequest, secret: web::Path<String>) -> Result<HttpResponse, Error> {
    show(&state, &request, &secret, InvitationKind::FirstAdmin).await
}

pub async fn submit_setup(state: Shared, request: HttpRequest, secret: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    submit(&state, &request, &secret, form, InvitationKind::FirstAdmin).await
}

pub async fn show_invite(state: Shared, request: HttpRequest, secret: web::Path<String>) -> Result<HttpResponse, Error> {
    show(&state, &request, &secret, InvitationKind::Invite).await
}

pub async fn submit_invite(state: Shared, request: HttpRequest, secret: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    submit(&state, &request, &secret, form, InvitationKind::Invite).await
}

async fn show(state: &Shared, request: &HttpRequest, secret: &str, kind: InvitationKind) -> Result<HttpResponse, Error> {
    let actor = Actor::new(state, request, None);
    let (invitation, cohort) = invitations::find(state, &actor, secret, kind).await?;
    let newcomer = Newcomer {
        name: invitation.name.as_ref().map(ToString::to_string).unwrap_or_default(),
        mail: invitation.mail.as_ref().map(ToString::to_string),
        zone: "UTC".to_owned(),
        ..Newcomer::default()
    };
    page(&form_page(state, request, secret, &invitation, cohort, newcomer, FormErrors::default()))
}

async fn submit(state: &Shared, request: &HttpRequest, secret: &str, form: Form, kind: InvitationKind) -> Result<HttpResponse, Error> {
    let actor = Actor::new(state, request, None);
    let (invitation, cohort) = invitations::find(state, &actor, secret, kind).await?;
    let newcomer = Newcomer {
        name: form.raw("name").to_owned(),
        username: form.raw("username").to_owned(),
        mail: form.text("mail"),
        zone: form.raw("zone").to_owned(),
        password: form.raw("password").to_owned(),
        again: form.raw("again").to_owned(),
    };
    match invitations::accept(state, &actor, &invitation, newcomer.clone()).await {
        Ok(signed_in) => {
            let mut answer = see(state.links.path("home", &[]));
            add_cookie(&mut answer, &auth::set_cookie(state, &signed_in.secret));
            Ok(answer)
        }
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&form_page(state, request, secret, &invitation, cohort, newcomer, errors))
        }
    }
}

fn form_page(
    state: &Shared,
    request: &HttpRequest,
    secret: &str,
    invitation: &Invitation,
    cohort: Option<String>,
    newcomer: Newcomer,
    errors: FormErrors,
) -> JoinPage {
    let first_admin = invitation.kind == InvitationKind::FirstAdmin;
    JoinPage {
        w: View::new(state, request, None, ""),
        errors,
        first_admin,
        cohort,
        action: state.links.path(if first_admin { "setup" } else { "invite" }, &[secret]),
        name: newcomer.name,
        username: newcomer.username,
        mail: newcomer.mail.unwrap_or_default(),
        zone: newcomer.zone,
        zones: Zone::all_names(),
    }
}
