//! Digests as their recipient sees them: the schedule, a preview, what was sent, and the way out.

use domain::account::Account;
use domain::digest::{DigestFacts, DigestKind, LearnerDigest, PathFacts, compose, since};
use domain::schedule::{Cadence, Due, Period, Rule, next_due, upcoming};
use domain::scoring::Outlook;
use letters::{LearnerDigestView, Letter};
use serde_json::json;
use store::digests::{OutboxRow, Schedule};

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::{Actor, paths, practice, readiness};
use crate::state::State;

/// The schedule of one's own digest of a kind; none before it was chosen.
pub async fn schedule(state: &State, who: &Signed, kind: DigestKind) -> Result<Option<Schedule>, Error> {
    let id = who.account.id;
    Ok(state.store.read(move |conn| store::digests::schedule(conn, id, kind)).await?)
}

/// The next `n` sendings of a rule in one's own zone.
pub fn next(state: &State, who: &Signed, rule: Rule, n: usize) -> Vec<Due> {
    upcoming(rule, &who.account.zone, state.clock.now(), n)
}

/// Checks a rule: a month has 31 days at most.
pub fn checked(rule: Rule) -> Result<Rule, Error> {
    match rule.cadence {
        Cadence::Monthly { day } if !(1..=31).contains(&day) => Err(Error::field("day", "schedule_malformed")),
        _ => Ok(rule),
    }
}

/// Sets the schedule; whoever sets one wants mails again.
pub async fn set_schedule(state: &State, who: &Signed, kind: DigestKind, rule: Rule) -> Result<(), Error> {
    let rule = checked(rule)?;
    let (id, next) = (who.account.id, next_due(rule, &who.account.zone, state.clock.now()));
    Ok(state.store.write(move |conn| store::digests::set_schedule(conn, id, kind, &rule, next.as_ref(), false)).await?)
}

/// The digest as it would be sent next, from what holds now.
pub struct Preview {
    pub digest: LearnerDigest,
    pub letter: Letter,
    pub period: Period,
}

pub async fn preview(state: &State, who: &Signed) -> Result<Preview, Error> {
    let account = &who.account;
    let now = state.clock.now();
    let known = schedule(state, who, DigestKind::Learner).await?;
    let chosen = known.map(|schedule| schedule.rule).filter(|rule| rule.cadence != Cadence::Off);
    let rule = chosen.unwrap_or_else(|| DigestKind::Learner.suggested());
    let due = next_due(rule, &account.zone, now).ok_or_else(|| Error::machine("a rule that is on has a next sending"))?;
    let digest = compose_now(state, who, rule, &due).await?;
    let token = unsubscribe_token(state, account, DigestKind::Learner).await?;
    let links = letters::Links::new(&state.base.to_string());
    let lang = state.words.for_languages(account.language.as_deref(), None);
    let view = LearnerDigestView {
        name: &account.name,
        period: &due.period,
        today: now.day_in(&account.zone),
        digest: &digest,
        links: &links,
        unsubscribe_token: &token,
        rule,
        zone: &account.zone,
        instance: &state.instance_now().name,
    };
    let letter = letters::learner_digest(&lang, &view).map_err(Error::machine)?;
    Ok(Preview { digest, letter, period: due.period })
}

async fn compose_now(state: &State, who: &Signed, rule: Rule, due: &Due) -> Result<LearnerDigest, Error> {
    let account = &who.account;
    let since = since(rule, &account.zone, due.at);
    let since_day = since.day_in(&account.zone);
    let mut scored = Vec::new();
    for (path, _) in paths::list(state, who).await? {
        let open = paths::open(state, who, path.public_id).await?;
        let shown = readiness::of(state, &open).await?;
        let id = path.id;
        let before = state.store.read(move |conn| store::scorecards::point_on_or_before(conn, id, since_day)).await?;
        scored.push((open, shown.score, before.map(|before| (before.claimed, before.proven))));
    }
    let id = account.id;
    let (now, zone) = (state.clock.now(), account.zone.clone());
    let read = state.store.read(move |conn| {
        let reviews = store::reviews::answered(conn, id, since, now, &zone)?;
        let questions = store::questions::asked(conn, id, since, now)?;
        Ok((store::ledger::facts(conn, id)?, store::origins::brought(conn, id)?, reviews, questions))
    });
    let (ledger, brought, reviews, questions) = read.await?;
    let catalogue = state.catalogue();
    let outlooks: Vec<Outlook> = scored.iter().map(|(_, score, _)| Outlook::from(score)).collect();
    let facts = DigestFacts {
        ledger: &ledger,
        brought: &brought,
        since,
        since_day,
        today: state.clock.now().day_in(&account.zone),
        paths: scored
            .iter()
            .zip(&outlooks)
            .map(|((open, _, before), outlook)| PathFacts {
                path: open.path.public_id.to_string(),
                template: &open.template,
                target_level: &open.path.target_level,
                target_day: open.path.target_day,
                outlook,
                before: *before,
                skipped: open.skipped(),
            })
            .collect(),
        reviews: &reviews,
        questions: &questions,
        cards_due: practice::due(state, who).await?.begun(),
        name: &|subject| catalogue.get(subject).map(|document| document.name.clone()),
    };
    Ok(compose(&facts))
}

/// One's own mails, newest first.
pub async fn outbox(state: &State, who: &Signed, limit: i64) -> Result<Vec<OutboxRow>, Error> {
    let id = who.account.id;
    Ok(state.store.read(move |conn| store::digests::for_account(conn, id, limit)).await?)
}

async fn secret(state: &State) -> Result<[u8; 32], Error> {
    let fresh = state.dice.secret();
    Ok(state.store.write(move |conn| store::instance::secret(conn, "unsubscribe", &fresh)).await?)
}

pub(super) async fn unsubscribe_token(state: &State, account: &Account, kind: DigestKind) -> Result<String, Error> {
    Ok(letters::unsubscribe::make(&secret(state).await?, &account.public_id, kind))
}

/// Whose link it is. Asks for no cookie: the link itself is the right to stop.
pub async fn who_unsubscribes(state: &State, token: &str) -> Result<(Account, DigestKind), Error> {
    let (id, kind) = letters::unsubscribe::verify(&secret(state).await?, token).ok_or(Error::Rule("unsubscribe_not_valid"))?;
    let account = state.store.read(move |conn| store::accounts::by_public_id(conn, id)).await;
    Ok((account.map_err(|_| Error::Rule("unsubscribe_not_valid"))?, kind))
}

/// Stops the mails; twice is fine.
pub async fn unsubscribe(state: &State, actor: &Actor, token: &str) -> Result<(Account, DigestKind), Error> {
    let (account, kind) = who_unsubscribes(state, token).await?;
    let id = account.id;
    let row = actor.row("digest.unsubscribe", format!("account:{}", account.public_id), json!({ "kind": kind.word() }));
    state
        .store
        .write(move |conn| {
            let known = store::digests::schedule(conn, id, kind)?;
            if known.as_ref().is_some_and(|schedule| schedule.unsubscribed) {
                return Ok(());
            }
            let rule = known.map_or_else(|| kind.suggested(), |schedule| schedule.rule);
            store::digests::set_schedule(conn, id, kind, &rule, None, true)?;
            store::audit::append(conn, &row)?;
            Ok(())
        })
        .await?;
    Ok((account, kind))
}
