//! Who is in a cohort: adding, pausing, leaving, coming back, moving on; terms and mentors.

use std::collections::HashMap;

use domain::account::{Account, Username};
use domain::cohort::{Cohort, CohortRole, MemberState, Membership, SetUp, Span, Standing, Terms, TermsWish, check_terms};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::path::{PathSettings, check_settings};
use domain::policy::Act;
use domain::time::Day;
use domain::world::Dice;
use serde_json::json;
use store::cohorts::Written;
use store::paths::NewPath;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::Opened;
use crate::services::once::Outcome;
use crate::state::State;

/// A member with all that is told of them.
#[derive(Clone, Debug)]
pub struct Member {
    pub account: Account,
    pub membership: Membership,
    /// In the order in which they hold.
    pub spans: Vec<Span>,
    pub terms: Terms,
}

/// Everybody of a cohort, by name, and how many active learners each mentor has.
pub async fn members(state: &State, opened: &Opened) -> Result<(Vec<Member>, HashMap<AccountId, usize>), Error> {
    let cohort = opened.cohort.clone();
    let found = state.store.scan(move |conn| {
        let mut spans = store::cohorts::all_spans(conn, cohort.id)?;
        let terms = store::cohorts::terms(conn, cohort.id)?;
        let members: Vec<Member> = store::cohorts::members(conn, cohort.id)?
            .into_iter()
            .map(|(account, membership)| Member {
                spans: spans.remove(&account.id).unwrap_or_default(),
                terms: terms.get(&account.id).copied().unwrap_or_default(),
                account,
                membership,
            })
            .collect();
        Ok(members)
    });
    let members = found.await?;
    let mut load = HashMap::new();
    for member in members.iter().filter(|member| is_active_learner(member)) {
        if let Some(mentor) = member.terms.mentor {
            *load.entry(mentor).or_default() += 1;
        }
    }
    Ok((members, load))
}

fn is_active_learner(member: &Member) -> bool {
    member.membership.standing == Standing::Learner && member.membership.state == MemberState::Active
}

/// One member. Somebody who is none is not there.
pub async fn member(state: &State, opened: &Opened, person: PublicId) -> Result<Member, Error> {
    let cohort = opened.cohort.id;
    let member = state.store.read(move |conn| find(conn, cohort, person)).await?;
    Ok(member)
}

fn find(conn: &mut store::Conn<'_>, cohort: CohortId, person: PublicId) -> Result<Member, store::Error> {
    let (account, membership) = store::cohorts::find_member(conn, cohort, person)?;
    let spans = store::cohorts::spans(conn, cohort, account.id)?;
    let terms = store::cohorts::terms(conn, cohort)?.get(&account.id).copied().unwrap_or_default();
    Ok(Member { account, membership, spans, terms })
}

/// A person who comes into a cohort.
#[derive(Clone, Debug)]
pub struct Added {
    pub username: String,
    pub standing: Standing,
}

/// What new paths of a learner are made of.
#[derive(Clone)]
pub struct Begin {
    /// With the settings that the school fixes.
    paths: Vec<(CohortRole, domain::path::CheckedSettings)>,
}

impl Begin {
    /// The paths that a learner of this cohort begins, one a role.
    pub async fn of(state: &State, cohort: &Cohort, set_up: &SetUp) -> Result<Self, Error> {
        let mut templates = Vec::new();
        for role in &set_up.roles {
            templates.push(state.template(role.revision).await?);
        }
        Self::with(cohort, set_up, &templates)
    }

    /// The same, with the templates of the roles in their order.
    pub fn with(cohort: &Cohort, set_up: &SetUp, templates: &[std::sync::Arc<domain::template::Template>]) -> Result<Self, Error> {
        let mut paths = Vec::new();
        for (role, template) in set_up.roles.iter().zip(templates) {
            let settings = PathSettings {
                target_level: Some(role.target_level.clone()),
                chosen: Some(role.chosen.clone()),
                rule: Some(set_up.rule.clone()),
                ..PathSettings::default()
            };
            // The cohort's last day may have passed; a path may end on it all the same.
            let mut settings = check_settings(settings, template, cohort.starts_on)?;
            settings.target_day = Some(cohort.ends_on);
            paths.push((role.clone(), settings));
        }
        Ok(Self { paths })
    }

    /// Roles with the settings of a path that begins in them.
    pub(crate) fn paths(&self) -> &[(CohortRole, domain::path::CheckedSettings)] {
        &self.paths
    }
}

/// Adds somebody who has an account, or gives a member another standing, inside a transaction. A learner begins a path in
/// every role of the cohort that they do not follow yet. What they bring along is theirs to share: a path that they follow
/// by themselves stays theirs, and all that their ledger holds is withheld from the cohort.
pub fn add(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    begin: &Begin,
    dice: &dyn Dice,
    added: &Added,
) -> Result<Outcome<(Account, Membership)>, store::Error> {
    let unknown = || Error::field("username", "person_unknown");
    let Ok(username) = Username::parse(&added.username) else { return Ok(Err(unknown())) };
    let Some((account, _)) = store::accounts::by_username(conn, &username)? else { return Ok(Err(unknown())) };
    let is_new = store::cohorts::memberships(conn, account.id)?.iter().all(|member| member.cohort != cohort.id);
    let membership = store::cohorts::add_member(conn, cohort.id, account.id, added.standing, actor.now)?;
    if added.standing == Standing::Learner {
        if is_new {
            store::cohorts::withhold_all(conn, cohort.id, account.id)?;
        }
        begin_paths(conn, actor, cohort, begin, dice, &account)?;
    }
    let detail = json!({ "account": account.public_id.to_string(), "standing": added.standing.word() });
    store::audit::append(conn, &actor.row("member.add", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(Ok((account, membership)))
}

pub(crate) fn begin_paths(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    begin: &Begin,
    dice: &dyn Dice,
    account: &Account,
) -> Result<(), store::Error> {
    let today = actor.now.day_in(&account.zone);
    let mut followed = Vec::new();
    for path in store::paths::list(conn, account.id)? {
        followed.push(store::templates::get(conn, path.revision)?.role);
    }
    for (role, settings) in begin.paths.iter().filter(|(role, _)| !followed.contains(&role.role)) {
        let new = NewPath {
            public_id: dice.public_id(),
            account: account.id,
            revision: role.revision,
            settings: settings.clone(),
            cohort: Some(cohort.id),
            started_on: today,
            created_at: actor.now,
        };
        store::paths::create(conn, &new)?;
    }
    Ok(())
}

/// What a lead says of a member's state.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub state: Option<MemberState>,
    /// Absent: today in the cohort's zone.
    pub day: Option<Day>,
    pub reason: Option<String>,
}

/// Gives a member another state, inside a transaction. Of two who do that at once the second is told what is there then.
pub fn change_state(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    person: PublicId,
    change: &Change,
) -> Result<Outcome<Member>, store::Error> {
    let (account, _) = store::cohorts::find_member(conn, cohort.id, person)?;
    let spans = store::cohorts::lock_member(conn, cohort.id, account.id)?;
    let today = actor.now.day_in(&cohort.zone);
    let span = match domain::cohort::change_state(&spans, change.state, change.day, change.reason.clone(), today) {
        Ok(span) => span,
        Err(wrong) => return Ok(Err(wrong.into())),
    };
    store::cohorts::add_span(conn, cohort.id, account.id, &span, Written { by: actor.account, at: actor.now })?;
    let detail = json!({ "account": person.to_string(), "state": span.state.word(), "day": span.first_day });
    store::audit::append(conn, &actor.row("member.state", format!("cohort:{}", cohort.public_id), detail))?;
    find(conn, cohort.id, person).map(Ok)
}

/// Gives a learner other terms, the mentor apart, inside a transaction.
pub fn change_terms(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    person: PublicId,
    wish: TermsWish,
) -> Result<Outcome<Member>, store::Error> {
    let member = find(conn, cohort.id, person)?;
    if member.membership.standing != Standing::Learner {
        return Ok(Err(Error::Rule("only_learners")));
    }
    let terms = match check_terms(wish, cohort.starts_on, cohort.ends_on, member.terms.mentor) {
        Ok(terms) => terms,
        Err(wrong) => return Ok(Err(wrong.into())),
    };
    store::cohorts::put_terms(conn, cohort.id, member.account.id, &terms)?;
    let detail = json!({ "account": person.to_string(), "factor": terms.factor, "extension": terms.extension });
    store::audit::append(conn, &actor.row("member.terms", format!("cohort:{}", cohort.public_id), detail))?;
    find(conn, cohort.id, person).map(Ok)
}

/// Gives a learner a primary mentor, or none, inside a transaction. A mentor is an active mentor or lead of the cohort, and
/// somebody else.
pub fn assign(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    person: PublicId,
    mentor: Option<PublicId>,
) -> Result<Outcome<Member>, store::Error> {
    let member = find(conn, cohort.id, person)?;
    if member.membership.standing != Standing::Learner {
        return Ok(Err(Error::Rule("only_learners")));
    }
    let mentor = match mentor {
        None => None,
        Some(mentor) => match store::cohorts::find_member(conn, cohort.id, mentor) {
            Ok((account, other)) if other.standing >= Standing::Mentor && other.state == MemberState::Active => Some(account.id),
            Ok(_) | Err(store::Error::NotThere(_)) => return Ok(Err(Error::field("mentor", "mentor_unknown"))),
            Err(other) => return Err(other),
        },
    };
    store::cohorts::put_terms(conn, cohort.id, member.account.id, &Terms { mentor, ..member.terms })?;
    let detail = json!({ "account": person.to_string(), "assigned": mentor.is_some() });
    store::audit::append(conn, &actor.row("member.mentor", format!("cohort:{}", cohort.public_id), detail))?;
    find(conn, cohort.id, person).map(Ok)
}

/// Where a learner goes.
#[derive(Clone, Debug)]
pub struct Move {
    pub to: Cohort,
    pub reason: Option<String>,
}

impl Move {
    /// To a cohort that the same person leads; any other one is unknown.
    pub async fn checked(state: &State, who: &Signed, to: Option<PublicId>, reason: Option<String>) -> Result<Self, Error> {
        let unknown = || Error::field("to", "cohort_unknown");
        let to = to.ok_or_else(unknown)?;
        let to = match state.store.read(move |conn| store::cohorts::by_public_id(conn, to)).await {
            Ok(to) => to,
            Err(store::Error::NotThere(_)) => return Err(unknown()),
            Err(other) => return Err(other.into()),
        };
        who.may(Act::LeadCohort { cohort: to.id }, "cohort").map_err(|_| unknown())?;
        Ok(Self { to, reason })
    }
}

/// Takes a learner to another cohort, inside a transaction: path, evidence and reviews go along.
pub fn relocate(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    from: &Cohort,
    person: PublicId,
    wish: &Move,
) -> Result<Outcome<Membership>, store::Error> {
    let (account, membership) = store::cohorts::find_member(conn, from.id, person)?;
    if membership.standing != Standing::Learner {
        return Ok(Err(Error::Rule("only_learners")));
    }
    if wish.to.id == from.id {
        return Ok(Err(Error::field("to", "cohort_unknown")));
    }
    if store::cohorts::memberships(conn, account.id)?.iter().any(|other| other.cohort == wish.to.id && other.state != MemberState::Dropped)
    {
        return Ok(Err(Error::field("to", "is_member_there")));
    }
    let spans = store::cohorts::lock_member(conn, from.id, account.id)?;
    let today = actor.now.day_in(&from.zone);
    let last = match domain::cohort::change_state(&spans, Some(MemberState::Dropped), None, wish.reason.clone(), today) {
        Ok(span) => span,
        Err(wrong) => return Ok(Err(wrong.into())),
    };
    let written = Written { by: actor.account, at: actor.now };
    let member = store::cohorts::move_member(conn, account.id, (from.id, wish.to.id), &last, written)?;
    let detail = json!({ "account": person.to_string(), "to": wish.to.public_id.to_string() });
    store::audit::append(conn, &actor.row("member.move", format!("cohort:{}", from.public_id), detail))?;
    Ok(Ok(member))
}
