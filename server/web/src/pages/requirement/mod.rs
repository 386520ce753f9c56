//! One requirement on a path: what it asks, the evidence so far, forms for more, reviews, plans, what it is worth.
//!
//! Every form is a section of its own: without a script its address shows the page again, with htmx only what has changed
//! is taken out of the same answer.

mod evidence;
mod load;
pub mod mentoring;
pub mod plan;
mod points;
pub mod reviews;

use actix_web::{HttpRequest, HttpResponse, web};
use domain::template::RequirementIndex;
use serde::Deserialize;

use crate::body::{Query, Upload};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::kept::{Ask, Fresh};
use crate::pages::files::wrong_words;
use crate::services::ledger::Beside;
use crate::services::paths::{self, OpenPath};
use crate::services::{attachments, co_authors, ledger};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page_again, see};
use load::{RequirementPage, filled};

/// Public id of the path and id of the requirement.
type At = web::Path<(String, String)>;

#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
    /// Whatever it says: all entries are asked for, not the newest only.
    entries: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, at: At, query: Query<Done>) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "path");
    let ask = Ask::page(&state, &request, &who, &w);
    ask.or_make(async || {
        let asked = Asked::find(&state, &request, &who, &at.0, &at.1).await?;
        let mut filled = asked.page().await?;
        if query.0.entries.is_none() {
            filled.keep_newest();
        }
        filled.done = query.0.done.clone().unwrap_or_default();
        // A link to a reviewer ends by the clock.
        let has_open_link = filled.reviews.rows.iter().any(|row| row.can_revoke);
        Ok(Fresh::page(&filled)?.unless(has_open_link).shows(&asked.open))
    })
    .await
}

/// POST: evidence for this requirement, which counts wherever its subjects are asked for.
pub async fn record(state: Shared, request: HttpRequest, who: SignedIn, at: At, upload: Upload) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &request, &who, &at.0, &at.1).await?;
    let Upload { form, files } = upload;
    let (files, wrong) = match attachments::look(&state, files).await? {
        Ok(files) => (files, Vec::new()),
        Err(wrong) => (Vec::new(), wrong),
    };
    let offer = evidence::offer(&asked.open.template.requirements[asked.index], &form);
    let recorded = match (offer, co_authors::find(&state, &who, form.raw("co_authors")).await) {
        _ if !wrong.is_empty() => Err(attachments::refused("files", &wrong)),
        (Ok(offer), Ok(co_authors)) => ledger::record(&state, &who, offer, Beside { files, co_authors }).await.map(|_| ()),
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match recorded {
        Ok(()) => Ok(asked.back("evidence", "add")),
        Err(error) => {
            let take = |filled: &mut RequirementPage, errors| {
                filled.form.take(&form);
                filled.form.wrong_files = wrong_words(&filled.w, &wrong);
                filled.form.errors = errors;
            };
            asked.refused(error, take).await
        }
    }
}

/// What a request is about.
struct Asked<'a> {
    state: &'a State,
    request: &'a HttpRequest,
    who: &'a SignedIn,
    open: OpenPath,
    index: RequirementIndex,
}

impl<'a> Asked<'a> {
    async fn find(state: &'a State, request: &'a HttpRequest, who: &'a SignedIn, path: &str, requirement: &str) -> Result<Self, Error> {
        let path = path.parse().map_err(|_| Error::NotThere("path"))?;
        let open = paths::open(state, who, path).await?;
        let index = open.template.requirement(requirement).ok_or(Error::NotThere("requirement"))?;
        Ok(Self { state, request, who, open, index })
    }

    fn requirement(&self) -> &str {
        &self.open.template.requirements[self.index].id
    }

    async fn page(&self) -> Result<RequirementPage, Error> {
        let w = View::new(self.state, self.request, Some(self.who.0.clone()), "path");
        filled(self.state, w, self.who, &self.open, self.index).await
    }

    /// The page again, with what was refused and what was typed; an error that is no form's is one of the whole.
    async fn refused(&self, error: Error, take: impl FnOnce(&mut RequirementPage, FormErrors)) -> Result<HttpResponse, Error> {
        let errors = FormErrors::of(error)?;
        let mut filled = self.page().await?;
        filled.keep_newest();
        take(&mut filled, errors);
        page_again(&filled)
    }

    /// To the section in which something was done.
    fn back(&self, done: &str, section: &str) -> HttpResponse {
        let page = self.state.links.path("requirement", &[&self.open.path.public_id.to_string(), self.requirement()]);
        see(format!("{page}?done={done}#{section}"))
    }
}
