//! Roles on offer, and how ready somebody is for each.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::guide::{Offered, ready_by_level, ready_for};
use domain::ledger::Entry;
use domain::path::{Path, RequirementStanding, standing_of};
use domain::scoring::Scope;
use domain::template::Template;
use domain::time::Day;
use store::templates::RevisionHead;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::paths;
use crate::state::State;

/// The newest revision of a role.
pub struct Role {
    pub head: RevisionHead,
    pub template: Arc<Template>,
}

/// The newest revision of every role on offer, by name.
pub async fn all(state: &State) -> Result<Vec<Role>, Error> {
    let heads = state.store.read(store::templates::list_newest).await?;
    let mut roles = Vec::with_capacity(heads.len());
    for head in heads {
        roles.push(Role { template: state.template(head.id).await?, head });
    }
    roles.sort_by(|a, b| a.template.document.name.cmp(&b.template.document.name));
    Ok(roles)
}

/// One of them.
pub async fn one(state: &State, id: &str) -> Result<Role, Error> {
    let id = id.to_owned();
    let heads = state.store.read(store::templates::list_newest).await?;
    let head = heads.into_iter().find(|head| head.role == id).ok_or(Error::NotThere("role"))?;
    Ok(Role { template: state.template(head.id).await?, head })
}

/// What transitions are compared with.
pub fn offered(roles: &[Role]) -> Vec<Offered> {
    roles
        .iter()
        .map(|role| Offered {
            id: role.template.id().to_owned(),
            name: role.template.document.name.clone(),
            aliases: role.template.document.aliases.clone(),
        })
        .collect()
}

/// Somebody's ledger, and the paths that they follow: what readiness for any role is made of.
pub struct Standing {
    pub facts: Vec<Entry>,
    pub paths: Vec<(Path, Arc<Template>)>,
    pub today: Day,
}

impl Standing {
    pub async fn of(state: &State, who: &Signed) -> Result<Self, Error> {
        let id = who.account.id;
        let facts = state.store.read(move |conn| store::ledger::facts(conn, id)).await?;
        let today = state.clock.now().day_in(&who.account.zone);
        Ok(Self { facts, paths: paths::list(state, who).await?, today })
    }

    /// The path that follows a role, with the revision that it pins.
    pub fn path(&self, role: &str) -> Option<&(Path, Arc<Template>)> {
        self.paths.iter().find(|(_, template)| template.id() == role)
    }

    /// Whether somebody guides the path that follows a role; nobody does where there is none.
    pub async fn mentored(&self, state: &State, role: &str) -> Result<bool, Error> {
        let Some((path, _)) = self.path(role) else { return Ok(false) };
        let path = path.clone();
        Ok(state.store.read(move |conn| store::digest_facts::mentored(conn, &path)).await?)
    }

    /// Claimed and proven readiness for each level of a template, by the built-in rule; chosen members count where the
    /// role is followed.
    pub fn by_level(&self, template: &Template, mentored: bool) -> Vec<Option<(u32, u32)>> {
        let chosen = self.chosen(template);
        ready_by_level(self.scope(template, &chosen, mentored), &self.facts)
    }

    /// Claimed and proven readiness for a role's first level, without choices or a mentor: what one's proof is worth where one
    /// does not follow it.
    pub fn first_level(&self, template: &Template) -> Option<(u32, u32)> {
        let none = BTreeSet::new();
        ready_for(Scope { target: 0, ..self.scope(template, &none, false) }, &self.facts)
    }

    /// Where every requirement of a template stands, in its order.
    pub fn standings(&self, template: &Template, mentored: bool) -> Vec<RequirementStanding> {
        let chosen = self.chosen(template);
        standing_of(self.scope(template, &chosen, mentored), &self.facts, &BTreeSet::new())
    }

    fn chosen(&self, template: &Template) -> BTreeSet<String> {
        self.path(template.id()).map(|(path, _)| path.chosen.clone()).unwrap_or_default()
    }

    fn scope<'a>(&self, template: &'a Template, chosen: &'a BTreeSet<String>, mentored: bool) -> Scope<'a> {
        let last = template.document.levels.len().saturating_sub(1);
        Scope { template, target: last, chosen, mentored, today: self.today, settings: &[] }
    }
}
