//! What makes Waymark an app on a phone: the manifest, the service worker, and the page for when there is no network.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde_json::json;

use crate::assets;
use crate::errors::Error;
use crate::security::CSP;
use crate::state::Shared;
use crate::view::{View, page};

/// What the shell needs to look as it does.
const SHELL: [&str; 4] = ["waymark.css", "htmx.min.js", "install.js", "favicon.svg"];
/// `--bg` of the style sheet, light, as sRGB: a manifest knows no schemes, and pages name both.
const BACKGROUND: &str = "#f8fbfb";
/// Routes by which people come and go.
const DOORS: [&str; 6] = ["login", "logout", "reset", "delete", "api-session", "api-account-erase"];

#[derive(Template)]
#[template(path = "offline.html")]
struct OfflinePage {
    w: View,
}

/// Names, icons and where it starts; the scope is the base path.
pub async fn manifest(state: Shared, request: HttpRequest) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, None, "");
    let home = w.link("home");
    let icon =
        |name: &str, size: &str, purpose: &str| json!({ "src": w.asset(name), "sizes": size, "type": "image/png", "purpose": purpose });
    let name = w.instance.name.as_str();
    let manifest = json!({
        "id": home,
        "name": name,
        "short_name": if name.chars().count() <= 12 { name.to_owned() } else { w.t("shell-brand") },
        "description": w.t("install-description"),
        "lang": w.lang.tag(),
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": BACKGROUND,
        "theme_color": BACKGROUND,
        "icons": [
            icon("icon-192.png", "192x192", "any"),
            icon("icon-512.png", "512x512", "any"),
            icon("icon-maskable-192.png", "192x192", "maskable"),
            icon("icon-maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            { "name": w.t("nav-path"), "url": w.link("my-path") },
            { "name": w.t("nav-ledger"), "url": w.link("ledger") },
        ],
    });
    let bytes = serde_json::to_vec(&manifest).map_err(Error::machine)?;
    Ok(assets::tagged(&request, "application/manifest+json", bytes))
}

/// The worker, below the base path itself, so that all pages are in its scope. Its bytes change when an asset does, which is
/// how browsers notice.
pub async fn worker(state: Shared, request: HttpRequest) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, None, "");
    let invitations = ["setup", "invite"].map(|name| w.link1(name, "").trim_end_matches('/').to_owned());
    let doors: Vec<String> = DOORS.iter().map(|name| w.link(name)).chain(invitations).collect();
    let shell = SHELL.map(|name| w.asset(name));
    let known = json!({
        "version": assets::hash_of_all(),
        "shell": shell,
        "home": w.link("home"),
        "offline": w.link("offline"),
        "doors": doors,
        "csp": CSP,
    });
    let text = format!("const WAYMARK = {known};\n{}", include_str!("../assets/worker.js"));
    Ok(assets::tagged(&request, "text/javascript; charset=utf-8", text.into_bytes()))
}

/// Nobody's page: it is kept by the worker and shown in the place of others.
pub async fn offline(state: Shared, request: HttpRequest) -> Result<HttpResponse, Error> {
    page(&OfflinePage { w: View::new(&state, &request, None, "") })
}
