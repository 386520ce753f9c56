//! Who is asking, as types: a handler that takes [`SignedIn`] or [`Admin`] has no other way to be called.

use std::future::{Ready, ready};
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use domain::account::Account;
use domain::cohort::Membership;
use domain::ids::{SessionId, TokenId};
use domain::policy::{Act, Caller, Decision, Scope, decide};

use crate::auth;
use crate::errors::Error;

/// Someone who is signed in, by whatever means.
#[derive(Clone, Debug)]
pub struct Signed {
    pub account: Account,
    pub memberships: Vec<Membership>,
    pub scope: Scope,
    pub means: Means,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    Session(SessionId),
    Token(TokenId),
}

impl Signed {
    /// As the policy wants it.
    pub fn caller(&self) -> Caller {
        Caller::Account { id: self.account.id, is_admin: self.account.is_admin, scope: self.scope, memberships: self.memberships.clone() }
    }

    /// Asks the policy about something of somebody's; what is hidden looks like what is not there.
    pub fn may(&self, act: Act, what: &'static str) -> Result<(), Error> {
        match decide(&self.caller(), act) {
            Decision::Allow => Ok(()),
            Decision::SignIn => Err(Error::SignIn),
            Decision::Forbid => Err(Error::Rule("not_allowed")),
            Decision::Hide => Err(Error::NotThere(what)),
        }
    }

    pub fn session(&self) -> Option<SessionId> {
        match self.means {
            Means::Session(id) => Some(id),
            Means::Token(_) => None,
        }
    }
}

/// Anyone; somebody where a valid cookie or token came along.
pub struct Visitor(pub Option<Arc<Signed>>);

/// Somebody who passed the route's policy.
#[derive(Clone)]
pub struct SignedIn(pub Arc<Signed>);

/// An admin who passed the route's policy.
#[derive(Clone)]
pub struct Admin(pub Arc<Signed>);

impl Deref for SignedIn {
    type Target = Signed;

    fn deref(&self) -> &Signed {
        &self.0
    }
}

impl Deref for Admin {
    type Target = Signed;

    fn deref(&self) -> &Signed {
        &self.0
    }
}

/// What the gate found out; stands in the request's extensions.
#[derive(Clone)]
pub(crate) struct Known(pub Option<Arc<Signed>>);

/// Who the gate let in, without asking the database.
pub(crate) fn known(request: &HttpRequest) -> Option<Arc<Signed>> {
    request.extensions().get::<Known>().and_then(|known| known.0.clone())
}

impl FromRequest for Visitor {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let found = request.extensions().get::<Known>().cloned();
            match found {
                Some(Known(signed)) => Ok(Self(signed)),
                None => Ok(Self(auth::identify(&request).await.unwrap_or_default())),
            }
        })
    }
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(known(request).map(Self).ok_or(Error::SignIn))
    }
}

impl FromRequest for Admin {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let admin = known(request).ok_or(Error::SignIn).and_then(|signed| {
            signed.may(Act::Administer, "page")?;
            Ok(Self(signed))
        });
        ready(admin)
    }
}
