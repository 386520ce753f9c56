//! Reports: the board of every week that is over, made anew from the ledgers as they were then. Stored scores would not do:
//! they were made of the whole ledger, and a cohort does not see what is withheld.

use std::collections::{BTreeMap, HashMap};
use std::sync::{PoisonError, RwLock};

use domain::cohort::{
    Calendar, Compared, Curve, Measured, Moment, Past, ReportRow, Wrote, as_it_was, compared, is_told, moment_now, report as told,
    weeks_over,
};
use domain::ids::{AccountId, PathId};
use domain::ledger::Entry;
use domain::time::{Day, Instant};
use store::cohorts::{BoardFacts, Learner, PastFacts, Wanted};

use super::board::{planned, role_of};
use super::scored::{Key, Task, Tasks, looks, tasks, visible};
use crate::caller::Signed;
use crate::errors::Error;
use crate::services::cohorts::{Opened, list, open};
use crate::state::State;

/// A cohort over time, against one role.
pub struct Report {
    /// Id and name of the role; none while the cohort follows none.
    pub role: Option<(String, String)>,
    pub calendar: Calendar,
    /// Weeks that are over, oldest first.
    pub weeks: Vec<ReportRow>,
    pub now: ReportRow,
    /// What the plan asks of a learner without terms of their own by the end of each week and by now, in basis points.
    pub expected: Vec<u32>,
    /// Paths that the built-in rule scored, because their own failed.
    pub stand_ins: usize,
    /// Learners who follow the role here.
    pub followers: usize,
}

/// Which weeks are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weeks {
    All,
    /// That one, if it is over.
    Only(u32),
}

/// Readiness at moments that are over, in memory under all that it was made of: no later entry changes it.
#[derive(Default)]
pub struct PastScores(RwLock<HashMap<PathId, (Key, Shown)>>);

/// By the learner's day and how many entries there were.
type Shown = BTreeMap<(Day, usize), (u32, u32)>;

/// Paths in memory at most; above that all go.
const MOST: usize = 20_000;

impl PastScores {
    fn of(&self, path: PathId, key: &Key) -> Shown {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(&path).filter(|(own, _)| own == key).map(|(_, shown)| shown.clone()).unwrap_or_default()
    }

    fn put(&self, made: Vec<(PathId, Key, Shown)>) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() + made.len() > MOST {
            kept.clear();
        }
        kept.extend(made.into_iter().map(|(path, key, shown)| (path, (key, shown))));
    }
}

/// The report of a role that the cohort follows; without one, of its first.
pub async fn report(state: &State, opened: &Opened, role: Option<&str>, weeks: Weeks) -> Result<Report, Error> {
    let cohort = opened.cohort.clone();
    let (facts, past, ledgers) = state
        .store
        .scan(move |conn| {
            let id = cohort.id;
            let facts = store::cohorts::board(conn, cohort)?;
            Ok((facts, store::cohorts::past(conn, id)?, store::cohorts::ledgers(conn, Wanted::Learners(id))?))
        })
        .await?;
    let (now, zone) = (state.clock.now(), facts.cohort.zone.clone());
    let calendar = facts.set_up.calendar(&facts.cohort);
    let role = role_of(state, &facts, role).await?;
    let plan = Curve::new(&planned(state, &facts, &calendar, role.as_ref()).await?, &calendar);
    let mut moments = weeks_over(&calendar, &zone, now);
    moments.retain(|moment| weeks == Weeks::All || weeks == Weeks::Only(moment.week));
    let Tasks { tasks, stand_ins } = tasks(state, &facts, role.as_ref().map(|(role, _)| role.role.as_str()), false).await?;
    // What is said of now is the board's own.
    let of_now = looks(state, &tasks).await?;
    let followers = of_now.len();
    let mut ready = readiness(state, &facts, tasks, ledgers, moments.clone()).await?;
    for (account, look) in of_now {
        ready.entry(account).or_default().push(Some(look.now.ready()));
    }
    moments.push(moment_now(&calendar, &zone, now));
    let pasts = pasts(&facts, past, ready, moments.len());
    let measured = Measured { calendar: &calendar, set_up: &facts.set_up, plan: &plan, zone: &zone };
    let mut rows = told(measured, &moments, &pasts);
    let expected = moments.iter().map(|moment| plan.at(calendar.sessions(calendar.first(), moment.through))).collect();
    let now = rows.pop().ok_or_else(|| Error::machine("a report without a row"))?;
    let role = role.map(|(role, template)| (role.role, template.document.name.clone()));
    Ok(Report { role, calendar, weeks: rows, now, expected, stand_ins, followers })
}

/// Claimed and proven readiness of each learner with a path at each moment.
type Ready = HashMap<AccountId, Vec<Option<(u32, u32)>>>;

async fn readiness(
    state: &State,
    facts: &BoardFacts,
    tasks: Vec<Task>,
    mut ledgers: HashMap<AccountId, Vec<Entry>>,
    moments: Vec<Moment>,
) -> Result<Ready, Error> {
    let zones: HashMap<AccountId, _> = facts.learners.iter().map(|learner| (learner.account.id, learner.account.zone.clone())).collect();
    let work: Vec<_> = tasks
        .into_iter()
        .map(|task| {
            // The moment is part of what is remembered, not of what it is remembered under.
            let key = Key { ledger_seq: 0, today: Day::MIN, ..task.key.clone() };
            let ledger = visible(ledgers.remove(&task.account).unwrap_or_default(), &key.withheld, u32::MAX);
            let days: Vec<(Instant, Day)> = moments
                .iter()
                .map(|moment| (moment.at, zones.get(&task.account).map_or(moment.through, |zone| moment.at.day_in(zone))))
                .collect();
            let shown = state.past_scores.of(task.path.id, &key);
            (task, key, ledger, days, shown)
        })
        .collect();
    let made = tokio::task::spawn_blocking(move || {
        let (mut ready, mut made) = (Ready::new(), Vec::new());
        for (task, key, ledger, days, mut shown) in work {
            let known = shown.len();
            let mut keep = true;
            let mut of = Vec::with_capacity(days.len());
            for (at, today) in days {
                let moment = (today, ledger.iter().filter(|entry| entry.recorded_at <= at).count());
                let numbers = match shown.get(&moment) {
                    Some(&numbers) => numbers,
                    None => {
                        let (score, own) = task.scored(today, &as_it_was(&ledger, at))?;
                        let numbers = (score.claimed.readiness, score.proven.readiness);
                        keep &= own;
                        shown.insert(moment, numbers);
                        numbers
                    }
                };
                of.push(Some(numbers));
            }
            ready.insert(task.account, of);
            if keep && shown.len() > known {
                made.push((task.path.id, key, shown));
            }
        }
        Ok::<_, String>((ready, made))
    });
    let (ready, made) = made.await.map_err(Error::machine)?.map_err(Error::machine)?;
    state.past_scores.put(made);
    Ok(ready)
}

fn pasts(facts: &BoardFacts, mut past: HashMap<AccountId, PastFacts>, mut ready: Ready, moments: usize) -> Vec<Past> {
    let of = |learner: &Learner| {
        let id = learner.account.id;
        let PastFacts { wrote, reviews } = past.remove(&id).unwrap_or_default();
        let wrote = wrote
            .into_iter()
            .filter(|own| is_told(&learner.withheld, own.seq, own.retracts))
            .map(|own| Wrote { at: own.at, day: own.at.day_in(&learner.account.zone) });
        let reviews = reviews.into_iter().filter(|(entry, _)| !learner.withheld.contains(entry)).map(|(_, review)| review);
        Past {
            terms: learner.terms,
            spans: learner.spans.clone(),
            ready: ready.remove(&id).unwrap_or_else(|| vec![None; moments]),
            wrote: wrote.collect(),
            reviews: reviews.collect(),
        }
    };
    facts.learners.iter().map(of).collect()
}

/// Cohorts beside each other.
pub struct Comparison {
    /// The week that all are looked at in; none while no cohort has one behind it.
    pub week: Option<u32>,
    /// The last week that any of them has behind it.
    pub last: u32,
    /// Those that begin latest first.
    pub rows: Vec<Beside>,
}

/// A cohort of a comparison.
pub struct Beside {
    pub cohort: domain::cohort::Cohort,
    /// Id and name of the role that it is measured against: its first.
    pub role: Option<(String, String)>,
    /// At the end of the week; none where it has that one ahead.
    pub then: Option<Compared>,
    pub now: Compared,
}

/// All cohorts that somebody guides, or for an admin all. Without a week: the last one that all of those have behind them
/// that have begun.
pub async fn comparison(state: &State, who: &Signed, week: Option<u32>) -> Result<Comparison, Error> {
    let mut opened = Vec::new();
    for listed in list(state, who).await?.into_iter().filter(|listed| listed.may_see) {
        opened.push(open(state, who, listed.cohort.public_id).await?);
    }
    let now = state.clock.now();
    let over = |opened: &Opened| weeks_over(&opened.set_up.calendar(&opened.cohort), &opened.cohort.zone, now).len() as u32;
    let behind: Vec<u32> = opened.iter().map(over).filter(|&weeks| weeks > 0).collect();
    let (last, common) = (behind.iter().copied().max().unwrap_or(0), behind.iter().copied().min());
    let week = week.filter(|week| (1..=last).contains(week)).or(common);
    let mut rows = Vec::with_capacity(opened.len());
    for opened in opened {
        let report = report(state, &opened, None, Weeks::Only(week.unwrap_or(0))).await?;
        rows.push(Beside {
            role: report.role,
            then: report.weeks.first().map(compared),
            now: compared(&report.now),
            cohort: opened.cohort,
        });
    }
    Ok(Comparison { week, last, rows })
}
