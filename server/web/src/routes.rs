//! The one table of everything that can be asked for. Each line registers, documents, authorises and makes links.

use crate::route::Access::{Manage, Public, SignedIn};
use crate::route::Verb::{Get, Post};
use crate::route::{Doc, Route, any_json, schema, to};
use crate::{api, assets, health, openapi, pages};

/// All entries, pages first.
pub fn table() -> Vec<&'static Route> {
    [MACHINES, ACCOUNT_PAGES, API].into_iter().flatten().collect()
}

#[rustfmt::skip]
static MACHINES: &[Route] = &[
    Route::new(Get, "/livez", "livez", Public, || to(health::livez)),
    Route::new(Get, "/readyz", "readyz", Public, || to(health::readyz)),
    Route::new(Get, "/metrics", "metrics", Public, || to(health::metrics)),
    Route::new(Get, "/assets/{hash}/{name}", "asset", Public, || to(assets::serve)),
    Route::new(Get, "/favicon.ico", "favicon", Public, || to(assets::favicon)),
];

#[rustfmt::skip]
static ACCOUNT_PAGES: &[Route] = &[
    Route::new(Get, "/", "home", SignedIn, || to(pages::home::show)),
    Route::new(Get, "/login", "login", Public, || to(pages::login::show)),
    Route::new(Post, "/login", "login-do", Public, || to(pages::login::submit)),
    Route::new(Post, "/logout", "logout", SignedIn, || to(pages::login::leave)),
    Route::new(Get, "/setup/{secret}", "setup", Public, || to(pages::join::show_setup)),
    Route::new(Post, "/setup/{secret}", "setup-do", Public, || to(pages::join::submit_setup)),
    Route::new(Get, "/invite/{secret}", "invite", Public, || to(pages::join::show_invite)),
    Route::new(Post, "/invite/{secret}", "invite-do", Public, || to(pages::join::submit_invite)),
    Route::new(Get, "/settings/security", "security", Manage, || to(pages::security::show)),
    Route::new(Post, "/settings/password", "password", Manage, || to(pages::security::change_password)),
    Route::new(Post, "/settings/sessions/{id}/end", "session-revoke", Manage, || to(pages::security::end_session)),
    Route::new(Post, "/settings/tokens", "token-create", Manage, || to(pages::security::create_token)),
    Route::new(Post, "/settings/tokens/{id}/revoke", "token-revoke", Manage, || to(pages::security::revoke_token)),
];

#[rustfmt::skip]
static API: &[Route] = &[
    Route::api(Get, "/api/v1/openapi.json", "api-document", Public, || to(openapi::document),
        Doc::new("about", "This document").gives(200, any_json)),
    Route::api(Get, "/api/v1/session", "api-session", SignedIn, || to(api::session::show),
        Doc::new("account", "Who is asking, and what they may do").gives(200, schema::<api::session::MeJson>)),
];
