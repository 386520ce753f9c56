//! Scores of a cohort's learners, for boards and reports: by what the cohort sees of their ledgers, kept in memory under all that
//! they were made of.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use domain::cohort::{self, Before, Cell, as_it_was};
use domain::ids::{AccountId, PathId, RevisionId};
use domain::ledger::Entry;
use domain::path::{AreaSum, Path, RuleChoice, areas};
use domain::scoring::{DefaultRule, Judged, Scope, ScoreError, ScoringRule, judged};
use domain::template::Template;
use domain::time::{Day, Instant};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use store::cohorts::{BoardFacts, Learner, Wanted};
use store::{Conn, Store};

use crate::errors::Error;
use crate::services::readiness;
use crate::state::State;

/// So many learners' ledgers are read and scored in one go, or as many more as it takes to be through in [`GOES`]: the memory of
/// some serves for the next ones, and all cores find work early.
pub(super) const IN_ONE_GO: usize = 50;
const GOES: usize = 8;
/// Goes at once: more than a small machine has cores, fewer than may read at length at a time, so that one board leaves room for
/// another.
const AT_ONCE: usize = 3;

/// What of a score is kept for boards, under all that it was made of: while that is the same, the ledger need not be read.
#[derive(Default)]
pub struct Scored {
    now: Kept,
    /// As it was at the end of the key's day.
    then: Kept,
    /// Of who follows no path of a board's role.
    pub(super) written: RwLock<HashMap<AccountId, (WrittenKey, Option<Instant>)>>,
}

/// What the last moment at which a cohort saw somebody write is kept under.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct WrittenKey {
    pub(super) ledger_seq: u32,
    pub(super) withheld: BTreeSet<u32>,
}

#[derive(Default)]
struct Kept(RwLock<HashMap<PathId, (Key, Arc<Sums>)>>);

/// Paths in memory at most; above that all go. One takes some 500 bytes.
pub(super) const MOST: usize = 20_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) revision: RevisionId,
    pub(super) target_level: String,
    pub(super) chosen: BTreeSet<String>,
    pub(super) mentored: bool,
    pub(super) rule: String,
    pub(super) ledger_seq: u32,
    pub(super) today: Day,
    pub(super) withheld: BTreeSet<u32>,
}

pub(super) struct Sums {
    pub(super) claimed: u32,
    pub(super) proven: u32,
    /// By id of the area.
    pub(super) areas: BTreeMap<String, Cell>,
    /// When the learner last recorded something that the cohort knows of; as of now, in sums of then too.
    pub(super) written: Option<Instant>,
}

impl Sums {
    fn of(template: &Template, score: &Judged, written: Option<Instant>) -> Arc<Self> {
        let cell = |sum: AreaSum| Some((template.groups[sum.group].id.clone(), Cell::of(&sum)?));
        Arc::new(Self {
            claimed: score.claimed.readiness,
            proven: score.proven.readiness,
            areas: areas(template, score).into_iter().filter_map(cell).collect(),
            written,
        })
    }

    pub(super) fn ready(&self) -> (u32, u32) {
        (self.claimed, self.proven)
    }
}

impl Kept {
    fn get(&self, path: PathId, key: &Key) -> Option<Arc<Sums>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(&path).filter(|(own, _)| own == key).map(|(_, sums)| Arc::clone(sums))
    }

    fn put(&self, made: Vec<(PathId, Key, Arc<Sums>)>) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let new = made.iter().filter(|(path, ..)| !kept.contains_key(path)).count();
        if kept.len() + new > MOST {
            kept.clear();
        }
        kept.extend(made.into_iter().map(|(path, key, sums)| (path, (key, sums))));
    }
}

/// A learner's path of the board's role, and all that its score is made of.
#[derive(Clone)]
pub(super) struct Task {
    pub(super) account: AccountId,
    pub(super) path: Path,
    pub(super) template: Arc<Template>,
    pub(super) rule: Arc<dyn ScoringRule>,
    pub(super) key: Key,
    /// The moment that now is compared with, where that is asked for and the learner was there.
    pub(super) before: Option<Before>,
}

impl Task {
    fn scope(&self, today: Day) -> Scope<'_> {
        let target = self.template.level(&self.path.target_level).unwrap_or(0);
        Scope { template: &self.template, target, chosen: &self.path.chosen, mentored: self.key.mentored, today, settings: &[] }
    }

    /// By the path's rule, or where that fails by the built-in one; whether it is of its own. What stands in for a rule is not
    /// kept, since the rule may go on without any commit.
    pub(super) fn scored(&self, today: Day, shown: &[Entry]) -> Result<(Judged, bool), String> {
        match judged(self.rule.as_ref(), self.scope(today), shown) {
            Err(ScoreError::Rule(_) | ScoreError::Card(_)) => Ok((self.stand_in(today, shown)?, false)),
            other => Ok((other.map_err(|error| error.to_string())?, true)),
        }
    }

    fn stand_in(&self, today: Day, shown: &[Entry]) -> Result<Judged, String> {
        judged(&DefaultRule, self.scope(today), shown).map_err(|error| error.to_string())
    }

    /// What sums of then are kept under. The ledger's number is more than they are made of: nobody has to ask whether what came
    /// since was recorded later.
    fn key_of(&self, before: Before) -> Key {
        Key { today: before.day, ..self.key.clone() }
    }
}

pub(super) struct Tasks {
    pub(super) tasks: Vec<Task>,
    pub(super) stand_ins: usize,
}

/// Of every learner the path of the role. With `changes`, what four weeks ago was is wanted too.
pub(super) async fn tasks(state: &State, facts: &BoardFacts, role: Option<&str>, changes: bool) -> Result<Tasks, Error> {
    let mut rules: HashMap<String, Option<Arc<dyn ScoringRule>>> = HashMap::new();
    let built_in: Arc<dyn ScoringRule> = Arc::new(DefaultRule);
    let mut found = Tasks { tasks: Vec::with_capacity(facts.learners.len()), stand_ins: 0 };
    let now = state.clock.now();
    for learner in &facts.learners {
        for path in &learner.paths {
            let template = state.template(path.revision).await?;
            if Some(template.id()) != role {
                continue;
            }
            let rule = match &path.rule {
                RuleChoice::BuiltIn => Arc::clone(&built_in),
                RuleChoice::Plugin(plugin) => {
                    if !rules.contains_key(plugin) {
                        rules.insert(plugin.clone(), readiness::rule(state, plugin).await?.ok());
                    }
                    match rules.get(plugin).cloned().flatten() {
                        Some(rule) => rule,
                        None => {
                            found.stand_ins += 1;
                            Arc::clone(&built_in)
                        }
                    }
                }
            };
            let key = key(learner, path, rule.identity().digest, now.day_in(&learner.account.zone));
            let before = changes.then(|| Before::of(now, &learner.account.zone));
            let before = before.filter(|before| before.joined_since(&learner.spans, &facts.cohort.zone).is_none());
            found.tasks.push(Task { account: learner.account.id, path: path.clone(), template, rule, key, before });
            break;
        }
    }
    Ok(found)
}

fn key(learner: &Learner, path: &Path, rule: String, today: Day) -> Key {
    Key {
        revision: path.revision,
        target_level: path.target_level.clone(),
        chosen: path.chosen.clone(),
        mentored: learner.mentored,
        rule,
        ledger_seq: learner.ledger_seq,
        today,
        withheld: learner.withheld.clone(),
    }
}

/// A path as of now.
pub(super) struct Look {
    pub(super) now: Arc<Sums>,
    /// Then and now by one rule, for who has a moment to be compared with.
    pub(super) change: Option<[Arc<Sums>; 2]>,
}

/// Sums of every task: those that are kept, and of the others anew, from ledgers that are read in at most [`GOES`] goes.
pub(super) async fn looks(state: &State, tasks: &[Task]) -> Result<HashMap<AccountId, Look>, Error> {
    let mut looks = HashMap::with_capacity(tasks.len());
    let mut missing = Vec::new();
    for task in tasks {
        let now = state.boards.now.get(task.path.id, &task.key);
        let then = task.before.map(|before| state.boards.then.get(task.path.id, &task.key_of(before)));
        match (now, then) {
            (Some(now), None) => drop(looks.insert(task.account, Look { now, change: None })),
            (Some(now), Some(Some(then))) => {
                let change = Some([then, Arc::clone(&now)]);
                looks.insert(task.account, Look { now, change });
            }
            _ => missing.push(task.clone()),
        }
    }
    let in_one_go = in_one_go(missing.len());
    let mut goes = Vec::with_capacity(GOES);
    while !missing.is_empty() {
        let rest = missing.split_off(missing.len().min(in_one_go));
        goes.push(read_and_made(&state.store, std::mem::replace(&mut missing, rest)));
    }
    let mut goes = stream::iter(goes).buffer_unordered(AT_ONCE);
    let (mut now, mut then) = (Vec::new(), Vec::new());
    while let Some(made) = goes.try_next().await? {
        for Made { task, look, keep_now, keep_then } in made {
            if keep_now {
                now.push((task.path.id, task.key.clone(), Arc::clone(&look.now)));
            }
            if let Some((before, [sums, _])) = task.before.zip(look.change.as_ref()).filter(|_| keep_then) {
                then.push((task.path.id, task.key_of(before), Arc::clone(sums)));
            }
            looks.insert(task.account, look);
        }
    }
    state.boards.now.put(now);
    state.boards.then.put(then);
    Ok(looks)
}

/// The ledgers are read on different snapshots: what a snapshot has more than the board's facts is not looked at.
async fn read_and_made(store: &Store, tasks: Vec<Task>) -> Result<Vec<Made>, Error> {
    let accounts: Vec<AccountId> = tasks.iter().map(|task| task.account).collect();
    let mut ledgers = store.scan(move |conn| ledgers(conn, &accounts)).await?;
    let made = tokio::task::spawn_blocking(move || {
        let made = |task: Task| {
            let ledger = ledgers.remove(&task.account).unwrap_or_default();
            made(task, ledger)
        };
        tasks.into_iter().map(made).collect::<Result<Vec<_>, _>>()
    });
    made.await.map_err(Error::machine)?.map_err(Error::machine)
}

/// A ledger, and the numbers of what was brought along.
#[derive(Default)]
struct Ledger {
    entries: Vec<Entry>,
    brought: BTreeSet<u32>,
}

impl Ledger {
    /// When the cohort saw its learner write last, as of a board's facts.
    fn last_written(&self, upto: u32, withheld: &BTreeSet<u32>) -> Option<Instant> {
        cohort::last_written(self.entries.iter().filter(|entry| entry.seq <= upto), &self.brought, withheld)
    }
}

fn ledgers(conn: &mut Conn<'_>, accounts: &[AccountId]) -> store::Result<HashMap<AccountId, Ledger>> {
    let mut brought = store::cohorts::brought(conn, Wanted::Only(accounts))?;
    let ledgers = store::cohorts::ledgers(conn, Wanted::Only(accounts))?;
    let ledger = |(account, entries)| (account, Ledger { entries, brought: brought.remove(&account).unwrap_or_default() });
    Ok(ledgers.into_iter().map(ledger).collect())
}

/// When the cohort saw each of some learners write last, from ledgers that are let go after some of them.
pub(super) async fn last_written(
    store: &Store,
    learners: Vec<(AccountId, WrittenKey)>,
) -> Result<Vec<(AccountId, WrittenKey, Option<Instant>)>, Error> {
    let read = store.scan(move |conn| {
        let mut all = Vec::with_capacity(learners.len());
        for some in learners.chunks(in_one_go(learners.len())) {
            let ledgers = ledgers(conn, &some.iter().map(|(account, _)| *account).collect::<Vec<_>>())?;
            all.extend(some.iter().map(|(account, key)| {
                let at = ledgers.get(account).and_then(|ledger| ledger.last_written(key.ledger_seq, &key.withheld));
                (*account, key.clone(), at)
            }));
        }
        Ok(all)
    });
    Ok(read.await?)
}

fn in_one_go(learners: usize) -> usize {
    learners.div_ceil(GOES).max(IN_ONE_GO)
}

struct Made {
    task: Task,
    look: Look,
    keep_now: bool,
    keep_then: bool,
}

/// A rule that fails now or then is replaced by the built-in one in both of what is compared, so that only what happened is a
/// change.
fn made(task: Task, ledger: Ledger) -> Result<Made, String> {
    let written = ledger.last_written(task.key.ledger_seq, &task.key.withheld);
    let shown = visible(ledger.entries, &task.key.withheld, task.key.ledger_seq);
    let sums = |score: Judged| Sums::of(&task.template, &score, written);
    let (score, keep_now) = task.scored(task.key.today, &shown)?;
    let now = sums(score);
    let Some(before) = task.before else { return Ok(Made { look: Look { now, change: None }, keep_now, keep_then: false, task }) };
    let was = as_it_was(&shown, before.at);
    let (score, own) = task.scored(before.day, &was)?;
    let keep_then = keep_now && own;
    let change = if keep_then {
        [sums(score), Arc::clone(&now)]
    } else {
        [sums(task.stand_in(before.day, &was)?), sums(task.stand_in(task.key.today, &shown)?)]
    };
    Ok(Made { look: Look { now, change: Some(change) }, keep_now, keep_then, task })
}

/// What a cohort sees of a ledger: nothing that is withheld, and nothing that came after the board's facts were read.
pub(in crate::services) fn visible(ledger: Vec<Entry>, withheld: &BTreeSet<u32>, upto: u32) -> Vec<Entry> {
    ledger.into_iter().filter(|entry| entry.seq <= upto && !withheld.contains(&entry.seq)).collect()
}
