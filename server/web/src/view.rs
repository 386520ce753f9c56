//! What every page is shown with: words, links, and who is looking. Templates call it `w`.

use std::fmt::Display;
use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::cohort::{MemberState, Membership, Standing};
use domain::setup::Finding;
use domain::time::{Day, Instant, Zone};
use words::{Arg, Lang};

use crate::assets;
use crate::base::Links;
use crate::caller::{self, Signed};
use crate::errors::{Error, Field, message_key};
use crate::state::{self, Instance, State};

/// Words, links and the viewer; cheap to clone.
#[derive(Clone)]
pub struct View {
    pub lang: Lang,
    pub links: Links,
    pub instance: Arc<Instance>,
    pub who: Option<Arc<Signed>>,
    pub now: Instant,
    /// Name of the navigation's entry that this page belongs to; empty for none.
    pub place: &'static str,
    /// The request was made by htmx, and only a part is wanted.
    pub partial: bool,
}

/// An argument of a message, however a template holds it.
pub trait ToArg {
    fn to_arg(&self) -> Arg<'_>;
}

impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> Arg<'_> {
        (**self).to_arg()
    }
}

impl ToArg for str {
    fn to_arg(&self) -> Arg<'_> {
        Arg::from(self)
    }
}

impl ToArg for String {
    fn to_arg(&self) -> Arg<'_> {
        Arg::from(self)
    }
}

macro_rules! number_args {
    ($($type:ty),*) => {$(
        impl ToArg for $type {
            fn to_arg(&self) -> Arg<'_> {
                Arg::Number(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
    )*};
}

number_args!(i64, i32, u32, u16, u8, usize);

impl View {
    /// For a page that `who` asked for.
    pub fn new(state: &State, request: &HttpRequest, who: Option<Arc<Signed>>, place: &'static str) -> Self {
        let accept = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let account = who.as_ref().and_then(|who| who.account.language.as_deref());
        let header = |name: &str| request.headers().contains_key(name);
        Self {
            lang: state.words.for_languages(account, accept),
            links: state.links.clone(),
            instance: state.instance_now(),
            who,
            now: state.clock.now(),
            place,
            partial: header("hx-request") && !header("hx-boosted") && !header("hx-history-restore-request"),
        }
    }

    /// For an answer that no handler made: the viewer is who the gate found, if it looked. `None` outside of an app.
    pub(crate) fn of_request(request: &HttpRequest) -> Option<Self> {
        state::of(request).map(|state| Self::new(state, request, caller::known(request), ""))
    }

    /// The words of `key`.
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// With one argument: `w.t1("path-count", "count", n)`.
    pub fn t1(&self, key: &str, name: &str, value: impl ToArg) -> String {
        self.lang.t_with(key, &[(name, value.to_arg())])
    }

    /// With two arguments.
    pub fn t2(&self, key: &str, a: &str, first: impl ToArg, b: &str, second: impl ToArg) -> String {
        self.lang.t_with(key, &[(a, first.to_arg()), (b, second.to_arg())])
    }

    /// With three arguments.
    #[allow(clippy::too_many_arguments, reason = "three pairs, as a template writes them")]
    pub fn t3(&self, key: &str, a: &str, first: impl ToArg, b: &str, second: impl ToArg, c: &str, third: impl ToArg) -> String {
        self.lang.t_with(key, &[(a, first.to_arg()), (b, second.to_arg()), (c, third.to_arg())])
    }

    /// The words of an error's code.
    pub fn error(&self, code: &str) -> String {
        self.lang.t(&message_key(code))
    }

    /// What the set-up's check found, and how to mend it; empty where there is nothing to mend.
    pub fn finding(&self, finding: &Finding) -> (String, String) {
        let key = format!("doctor-{}", finding.code);
        let mend = format!("{key}-mend");
        let args: Vec<(&str, Arg<'_>)> = finding.arguments.iter().map(|(name, value)| (*name, Arg::from(value))).collect();
        let mend = if self.lang.has(&mend) { self.lang.t_with(&mend, &args) } else { String::new() };
        (self.lang.t_with(&key, &args), mend)
    }

    /// The link of a route without arguments.
    pub fn link(&self, name: &str) -> String {
        self.links.path(name, &[])
    }

    /// The link of a route with one argument.
    pub fn link1(&self, name: &str, first: impl Display) -> String {
        self.links.path(name, &[&first.to_string()])
    }

    /// The link of a route with two arguments.
    pub fn link2(&self, name: &str, first: impl Display, second: impl Display) -> String {
        self.links.path(name, &[&first.to_string(), &second.to_string()])
    }

    /// The link of a route with three arguments.
    pub fn link3(&self, name: &str, first: impl Display, second: impl Display, third: impl Display) -> String {
        self.links.path(name, &[&first.to_string(), &second.to_string(), &third.to_string()])
    }

    /// The address of an asset, with its hash.
    pub fn asset(&self, name: &str) -> String {
        self.links.path("asset", &[assets::hash_of(name), name])
    }

    /// `light`, `dark`, or nothing for the system's.
    pub fn theme(&self) -> &'static str {
        match self.who.as_ref().map(|who| who.account.theme) {
            Some(domain::account::Theme::Light) => "light",
            Some(domain::account::Theme::Dark) => "dark",
            _ => "",
        }
    }

    /// `page` for the navigation's entry of this page.
    pub fn current(&self, place: &str) -> bool {
        self.place == place
    }

    pub fn name(&self) -> &str {
        self.who.as_ref().map_or("", |who| who.account.name.as_str())
    }

    /// At most two letters for the avatar.
    pub fn initials(&self) -> String {
        let words: Vec<&str> = self.name().split(' ').collect();
        let ends = [words.first(), words.last().filter(|_| words.len() > 1)];
        ends.into_iter().flatten().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
    }

    pub fn is_admin(&self) -> bool {
        self.who.as_ref().is_some_and(|who| who.account.is_admin)
    }

    /// The viewer is an active mentor or lead somewhere.
    pub fn guides(&self) -> bool {
        let guides = |member: &Membership| member.standing >= Standing::Mentor && member.state == MemberState::Active;
        self.who.as_ref().is_some_and(|who| who.memberships.iter().any(guides))
    }

    /// The viewer belongs to a cohort.
    pub fn is_member(&self) -> bool {
        self.who.as_ref().is_some_and(|who| !who.memberships.is_empty())
    }

    /// The viewer's zone; UTC for nobody.
    pub fn zone(&self) -> Zone {
        self.who.as_ref().map_or_else(Zone::utc, |who| who.account.zone.clone())
    }

    /// The viewer's own day.
    pub fn today(&self) -> Day {
        self.now.day_in(&self.zone())
    }

    /// `22 November 2026, 18:30` in the viewer's zone.
    pub fn moment(&self, at: &Instant) -> String {
        self.lang.moment(*at, &self.zone())
    }

    pub fn now_utc(&self) -> String {
        format!("{} UTC", self.lang.moment(self.now, &Zone::utc()))
    }
}

/// What is wrong with a form that is shown again.
#[derive(Clone, Debug, Default)]
pub struct FormErrors(Vec<Field>);

impl FormErrors {
    /// The fields of an error that belongs beside them; any other error is given back.
    pub fn of(error: Error) -> Result<Self, Error> {
        match error {
            Error::Fields(fields) => Ok(Self(fields)),
            other => Err(other),
        }
    }

    /// An error as one of a field, for rules that only the database knows: `username_taken` beside the name.
    pub fn beside(field: &str, error: Error) -> Result<Self, Error> {
        match error {
            Error::Rule(code) => Ok(Self(vec![Field::new(field, code)])),
            other => Self::of(other),
        }
    }

    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// True where something is wrong, and all of it at `field`.
    pub fn only(&self, field: &str) -> bool {
        self.any() && self.0.iter().all(|error| error.field == field)
    }

    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|error| error.field == field)
    }

    /// The words beside `field`; none when it is right.
    pub fn at(&self, field: &str, w: &View) -> Option<String> {
        self.0.iter().find(|error| error.field == field).map(|error| w.error(error.code))
    }

    /// Every reason once, in the order of the fields.
    pub fn all(&self, w: &View) -> Vec<String> {
        let mut reasons: Vec<String> = Vec::new();
        for reason in self.0.iter().map(|error| w.error(error.code)) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }
}

/// A page as an answer.
pub fn page(template: &impl Template) -> Result<HttpResponse, Error> {
    page_with(actix_web::http::StatusCode::OK, template)
}

/// A form that is shown again with its errors: 422.
pub fn page_again(template: &impl Template) -> Result<HttpResponse, Error> {
    page_with(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, template)
}

fn page_with(status: actix_web::http::StatusCode, template: &impl Template) -> Result<HttpResponse, Error> {
    let html = template.render().map_err(Error::machine)?;
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html))
}

/// After a form was taken: 303 to where its result is seen.
pub fn see(location: impl Into<String>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, location.into())).finish()
}
