//! Today.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::paths;
use crate::state::Shared;
use crate::view::{View, page};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    w: View,
    paths: Vec<PathRow>,
}

struct PathRow {
    role: String,
    target: String,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn) -> Result<HttpResponse, Error> {
    let paths = paths::list(&state, &who).await?;
    let paths = paths
        .iter()
        .map(|(path, template)| PathRow { role: template.document.name.clone(), target: paths::level_name(template, &path.target_level) })
        .collect();
    page(&HomePage { w: View::new(&state, &request, Some(who.0.clone()), "home"), paths })
}
