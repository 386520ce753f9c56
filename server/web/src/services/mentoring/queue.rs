//! The queue of a mentor: what waits in the cohorts that they guide, in the order in which they see to it.

use std::collections::{BTreeSet, HashMap};

use domain::account::Account;
use domain::co_author::at_the_front;
use domain::cohort::Cohort;
use domain::ids::{AccountId, CohortId, PublicId};
use domain::mentoring::{Hold, ItemKind, LEASE_SECONDS, Lease, asking, hold, place};
use domain::path::Path;
use domain::policy::Act;
use domain::time::Instant;
use store::mentoring::{Claimed, Help};
use store::reviews::Request;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::ledger::Written;
use crate::state::State;

/// One thing that waits.
pub struct Waiting {
    pub id: PublicId,
    pub kind: ItemKind,
    pub cohort: Cohort,
    pub learner: Account,
    /// The learner is one of one's own.
    pub is_mine: bool,
    pub since: Instant,
    /// Names of the requirements that it is about, in the role's order.
    pub about: Vec<String>,
    /// Title of the work, or the first words of who is stuck.
    pub said: Option<String>,
    pub hold: Hold,
    /// The name of another who has it.
    pub holder: Option<String>,
}

/// All that waits in all cohorts that one guides.
pub async fn everywhere(state: &State, who: &Signed) -> Result<Vec<Waiting>, Error> {
    let guided: Vec<CohortId> = who.memberships.iter().map(|member| member.cohort).collect();
    let guided: Vec<CohortId> = guided.into_iter().filter(|&cohort| who.may(Act::MentorCohort { cohort }, "cohort").is_ok()).collect();
    if guided.is_empty() {
        return Ok(Vec::new());
    }
    let mut waiting = Vec::new();
    for id in guided {
        let cohort = state.store.read(move |conn| store::cohorts::by_id(conn, id)).await?;
        waiting.extend(load(state, who, cohort).await?);
    }
    sort(who, &mut waiting);
    Ok(waiting.into_iter().map(|(_, waiting)| waiting).collect())
}

/// All that waits in one cohort, which somebody who guides it has opened.
pub async fn of_cohort(state: &State, who: &Signed, cohort: &Cohort) -> Result<Vec<Waiting>, Error> {
    let mut waiting = load(state, who, cohort.clone()).await?;
    sort(who, &mut waiting);
    Ok(waiting.into_iter().map(|(_, waiting)| waiting).collect())
}

/// With the learner's primary mentor.
type Ranked = (Option<AccountId>, Waiting);

fn sort(who: &Signed, waiting: &mut [Ranked]) {
    waiting.sort_by_key(|(mentor, waiting)| place(*mentor, who.account.id, waiting.since, waiting.id));
}

async fn load(state: &State, who: &Signed, cohort: Cohort) -> Result<Vec<Ranked>, Error> {
    let Facts { requests, helps, entries, leases, mut paths, people, terms } = facts(state, cohort.id).await?;
    let (me, now) = (who.account.id, state.clock.now());
    let held = |what: Claimed| hold(leases.get(&what).copied(), me, now);
    let holder = |hold: Hold| match hold {
        Hold::Another(lease) => people.get(&lease.by).map(|account| account.name.to_string()),
        _ => None,
    };
    let mut waiting = Vec::new();
    for request in requests.iter().filter(|request| request.account != me) {
        let Some((_, entry, payload)) = entries.get(&(request.account, request.entry)) else { continue };
        let (Some(kind), Some(learner)) = (ItemKind::of(entry), people.get(&request.account)) else { continue };
        let mut about = Vec::new();
        for path in paths.get(&request.account).into_iter().flatten() {
            let template = state.template(path.revision).await?;
            about.extend(asking(&template, entry).into_iter().map(|index| template.requirements[index].name.clone()));
        }
        // What no path in the cohort asks for is not the cohort's to see.
        if about.is_empty() {
            continue;
        }
        let (hold, mentor) = (held(Claimed::Review(request.id)), terms.get(&request.account).copied().flatten());
        waiting.push((
            mentor,
            Waiting {
                id: request.public_id,
                kind,
                cohort: cohort.clone(),
                learner: learner.clone(),
                is_mine: mentor == Some(me),
                since: request.created_at,
                about,
                said: payload.as_ref().and_then(|payload| payload.title.clone()),
                hold,
                holder: holder(hold),
            },
        ));
    }
    for help in helps.iter().filter(|help| help.account != me) {
        let Some(learner) = people.get(&help.account) else { continue };
        let own = paths.entry(help.account).or_default().iter().find(|path| path.id == help.path);
        let Some(path) = own else { continue };
        let template = state.template(path.revision).await?;
        // A migrated path may have lost the requirement; its id is what is left of it.
        let about = template.requirement(&help.requirement).map(|index| template.requirements[index].name.clone());
        let (hold, mentor) = (held(Claimed::Help(help.id)), terms.get(&help.account).copied().flatten());
        waiting.push((
            mentor,
            Waiting {
                id: help.public_id,
                kind: ItemKind::Help,
                cohort: cohort.clone(),
                learner: learner.clone(),
                is_mine: mentor == Some(me),
                since: help.asked_at,
                about: vec![about.unwrap_or_else(|| help.requirement.clone())],
                said: Some(first_words(&help.words)),
                hold,
                holder: holder(hold),
            },
        ));
    }
    Ok(waiting)
}

/// As much as fits a line of the queue.
fn first_words(words: &str) -> String {
    const MOST: usize = 140;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST { line } else { line.chars().take(MOST - 1).chain(['…']).collect() }
}

/// What a cohort's queue is made of, in a number of queries that does not grow with it.
struct Facts {
    requests: Vec<Request>,
    helps: Vec<Help>,
    entries: HashMap<(AccountId, u32), Written>,
    leases: HashMap<Claimed, Lease>,
    paths: HashMap<AccountId, Vec<Path>>,
    people: HashMap<AccountId, Account>,
    /// Primary mentors.
    terms: HashMap<AccountId, Option<AccountId>>,
}

async fn facts(state: &State, cohort: CohortId) -> Result<Facts, Error> {
    let found = state.store.scan(move |conn| {
        let mut requests = store::mentoring::open_requests(conn, cohort)?;
        let withheld = store::cohorts::withheld(conn, cohort)?;
        requests.retain(|request| withheld.get(&request.account).is_none_or(|seqs| !seqs.contains(&request.entry)));
        let behind = store::co_authors::behind(conn, cohort)?;
        let requests = at_the_front(requests, |request| (request.account, request.entry), &behind);
        let helps = store::mentoring::open_help(conn, cohort)?;
        let wanted: BTreeSet<(AccountId, u32)> = requests.iter().map(|request| (request.account, request.entry)).collect();
        let entries = store::ledger::entries_of(conn, &wanted)?;
        let (of_reviews, of_helps): (Vec<_>, Vec<_>) =
            (requests.iter().map(|request| request.id).collect(), helps.iter().map(|help| help.id).collect());
        let leases = store::mentoring::leases(conn, &of_reviews, &of_helps)?;
        let mut paths: HashMap<AccountId, Vec<Path>> = HashMap::new();
        for path in store::paths::of_cohort(conn, cohort)? {
            paths.entry(path.account).or_default().push(path);
        }
        let people = store::cohorts::members(conn, cohort)?.into_iter().map(|(account, _)| (account.id, account)).collect();
        let terms = store::cohorts::terms(conn, cohort)?.into_iter().map(|(account, terms)| (account, terms.mentor)).collect();
        Ok(Facts { requests, helps, entries, leases, paths, people, terms })
    });
    Ok(found.await?)
}

/// Taking something of the queue up, and giving it back.
#[derive(Clone, Copy, Debug)]
pub struct Taking {
    what: Claimed,
    lease: Lease,
    now: Instant,
}

impl Taking {
    /// Of something that waits in this cohort. What does not, or not any more, is not there.
    pub async fn of(state: &State, who: &Signed, cohort: &Cohort, item: PublicId) -> Result<(Self, ItemKind), Error> {
        let waiting = of_cohort(state, who, cohort).await?;
        let waiting = waiting.into_iter().find(|waiting| waiting.id == item).ok_or(Error::NotThere("item"))?;
        who.may(Act::AssessLearner { learner: waiting.learner.id, cohort: cohort.id }, "item")?;
        let what = state
            .store
            .read(move |conn| match waiting.kind {
                ItemKind::Help => Ok(Claimed::Help(store::mentoring::help_of(conn, item)?.id)),
                _ => Ok(Claimed::Review(store::reviews::for_mentors(conn, item)?.id)),
            })
            .await?;
        let now = state.clock.now();
        let lease = Lease { by: who.account.id, until: now.plus_seconds(LEASE_SECONDS) };
        Ok((Self { what, lease, now }, waiting.kind))
    }

    /// Until when one has it.
    pub fn until(&self) -> Instant {
        self.lease.until
    }

    /// Inside a transaction; fails with `claimed_by_another`.
    pub fn take(&self, conn: &mut store::Conn<'_>) -> store::Result<()> {
        store::mentoring::claim(conn, self.what, self.lease, self.now)
    }

    /// Inside a transaction.
    pub fn give_back(&self, conn: &mut store::Conn<'_>) -> store::Result<()> {
        store::mentoring::release(conn, self.what, self.lease.by)
    }
}
