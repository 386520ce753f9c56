//! What comes after a learner's history: what waits by now, practice, digests, and the scores of all those weeks.

use std::sync::Arc;

use domain::digest::DigestKind;
use domain::ids::PathId;
use domain::ledger::Entry;
use domain::path::RuleChoice;
use domain::practice::{Desk, wanted_topics};
use domain::schedule::{Cadence, Rule, TimeOfDay, Weekday, next_due};
use domain::scoring::{DefaultRule, Scope, ScoringRule, score};
use domain::time::Day;
use domain::world::Dice;
use store::mentoring::NewHelp;
use store::reviews::NewRequest;
use store::{Conn, digests, paths, scorecards};

use super::batch::Looks;
use super::script::Script;
use super::stage::{Stage, Staged, Stay};
use super::{Demo, DemoError, misfit, outside, practice};

/// How many weeks of digests the demo sends at its first start.
const DIGEST_WEEKS: i64 = 2;

const EVENING: TimeOfDay = match TimeOfDay::new(18, 30) {
    Some(evening) => evening,
    None => panic!("every day has an 18:30"),
};

/// Finishes one stay; `dice` make ids.
pub fn stay(demo: &Demo<'_>, stage: &Stage<'_>, stay: &mut Stay, script: &Script, dice: &Arc<dyn Dice>) -> Result<(), DemoError> {
    let staged = &stage.batches[stay.batch];
    if staged.batch.looks == Looks::Outside {
        still_waiting(demo, staged, stay, script, dice)?;
    }
    let is_over = staged.batch.left(stay.username).is_some();
    // Who went to another cohort practises there.
    if !is_over {
        practised(demo, staged, stay, dice)?;
    }
    if staged.batch.ends_in >= 0 {
        digests(demo, stay)?;
    }
    scores(demo, staged, stay)
}

/// What nobody has answered yet.
fn still_waiting(demo: &Demo<'_>, staged: &Staged<'_>, stay: &Stay, script: &Script, dice: &Arc<dyn Dice>) -> Result<(), DemoError> {
    let account = stay.account.id;
    let ledger = script.ledgers.get(&account).map_or(&[][..], Vec::as_slice);
    let is_asked = |entry: u32| script.asked.contains(&(account, entry));
    let waiting = stay.place.is_multiple_of(3).then(|| outside::waiting(demo, ledger, is_asked)).transpose()?.flatten();
    let unseen = (stay.place % 2 == 1).then(|| outside::unseen(ledger)).flatten();
    let unseen = unseen.map(|(entry, at)| (entry, at, dice.public_id()));
    let stuck = (stay.place % 8 == 2).then(|| outside::stuck(demo, staged.template)).flatten();
    let path = stay.path.public_id;
    demo.store.write_blocking(move |conn| {
        if let Some((entry, at, id)) = unseen {
            store::reviews::ask_mentors(conn, account, entry, id, at)?;
        }
        if let Some(help) = &stuck {
            let path = paths::get(conn, account, path)?.id;
            store::mentoring::ask_help(conn, &NewHelp { path, ..help.clone() })?;
        }
        if let Some(waiting) = &waiting {
            store::reviews::create(conn, &NewRequest { account, ..waiting.clone() })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn practised(demo: &Demo<'_>, staged: &Staged<'_>, stay: &mut Stay, dice: &Arc<dyn Dice>) -> Result<(), DemoError> {
    let (account, home, until) = (stay.account.id, stay.account.zone.clone(), stay.until);
    let wanted = wanted_topics(staged.template, staged.target);
    // Who has been silent for weeks has not practised either.
    let eager = if stay.habits.silent > 0 { 0 } else { stay.habits.pace.min(80) };
    let practised = practice::practise(demo.library, &wanted, until, &home, eager, &mut stay.chance);
    let topics = practised.topics(demo.library);
    let now = demo.now.min(until.plus(1).starts_in(&home).plus_seconds(-60));
    let (library, dice) = (demo.library.clone(), Arc::clone(dice));
    demo.store.write_blocking(move |conn: &mut Conn<'_>| {
        for (card, state) in &practised.states {
            store::practice::put_state(conn, account, card, state)?;
        }
        for review in &practised.reviews {
            store::practice::log(conn, account, review)?;
        }
        let kept = store::practice::load(conn, account, until)?;
        let desk = Desk::new(library.seats(), kept.states, wanted.clone(), (kept.limits, kept.done), (until, now));
        store::practice::settle(conn, account, &desk, &topics, (until, now), &mut || dice.public_id())
    })?;
    Ok(())
}

/// The digests of the last weeks are still to be sent, by the jobs.
fn digests(demo: &Demo<'_>, stay: &Stay) -> Result<(), DemoError> {
    let weekly = Rule { cadence: Cadence::Weekly { weekday: Weekday::Sunday }, time: EVENING };
    let from = demo.now.plus_seconds(-DIGEST_WEEKS * 7 * 86_400);
    let (account, next) = (stay.account.id, next_due(weekly, &stay.account.zone, from));
    demo.store.write_blocking(move |conn| digests::set_schedule(conn, account, DigestKind::Learner, &weekly, next.as_ref(), false))?;
    Ok(())
}

/// A score for each week's end and for each of the last days, as the nightly job would have kept them.
fn scores(demo: &Demo<'_>, staged: &Staged<'_>, stay: &Stay) -> Result<(), DemoError> {
    let (template, target, home) = (staged.template, staged.target, &stay.account.zone);
    let rule: &dyn ScoringRule = if stay.path.settings.rule == RuleChoice::BuiltIn { &DefaultRule } else { demo.recency };
    let today = demo.now.day_in(home);
    let days: Vec<Day> = (stay.joined.number()..=today.number())
        .filter(|day| (today.number() - day) % 7 == 0 || today.number() - day < 7)
        .map(Day::from_number)
        .collect();
    let (path, ledger): (PathId, Vec<Entry>) = demo.store.read_blocking(|conn| {
        let path = paths::get(conn, stay.account.id, stay.path.public_id)?.id;
        Ok((path, store::ledger::facts(conn, stay.account.id)?))
    })?;
    let mut made = Vec::new();
    for day in days {
        let evening = if day == today { demo.now } else { day.plus(1).starts_in(home).plus_seconds(-60) };
        let until = ledger.iter().take_while(|entry| entry.recorded_at <= evening).count();
        let scope = Scope { template, target, chosen: &stay.path.settings.chosen, mentored: true, today: day, settings: &[] };
        made.push((score(rule, scope, &ledger[..until]).map_err(misfit)?, evening));
    }
    let (target_level, chosen) = (stay.path.settings.target_level.clone(), stay.path.settings.chosen.clone());
    demo.store.write_blocking(move |conn| {
        for (score, at) in &made {
            let terms = scorecards::Terms { settings: &[], target_level: &target_level, chosen: &chosen, mentored: true };
            scorecards::save(conn, path, score, terms, *at)?;
        }
        Ok(())
    })?;
    Ok(())
}
