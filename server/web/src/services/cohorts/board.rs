//! The board: everybody's score as of now, in a number of queries that does not grow with the cohort.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use domain::account::Account;
use domain::cohort::{BoardRow, Calendar, Cell, CohortRole, Curve, MemberCalendar, Planned, Seen, Standing, ended, pace};
use domain::ids::{AccountId, CohortId, PathId, RevisionId};
use domain::ledger::Entry;
use domain::path::{AreaSum, Path, RuleChoice, areas};
use domain::scoring::{DefaultRule, Scope, Score, ScoreError, ScoringRule, score};
use domain::template::Template;
use domain::time::{Day, Instant};
use store::cohorts::{BoardFacts, Learner, Wanted};

use crate::errors::Error;
use crate::services::cohorts::{Opened, plan};
use crate::services::readiness;
use crate::state::State;

/// More learners than that are read by their cohort, not by name.
const NAMED: usize = 100;

/// A board of one role.
pub struct Board {
    /// The role that it shows; none while the cohort follows none.
    pub role: Option<(CohortRole, Arc<Template>)>,
    pub columns: Vec<Column>,
    /// Learners by name.
    pub rows: Vec<BoardRow>,
    pub people: HashMap<AccountId, Person>,
    /// Mentors and leads, by name.
    pub guides: Vec<(Account, Standing)>,
    pub calendar: Calendar,
    pub plan: Vec<Planned>,
    /// The last session day that has ended.
    pub through: Day,
    /// What the plan asks of a learner without terms of their own by now.
    pub expected: u32,
    /// Paths that the built-in rule scored, because their own failed.
    pub stand_ins: usize,
}

/// An area of the role.
pub struct Column {
    pub id: String,
    pub name: String,
}

/// What the board's rows refer to.
pub struct Person {
    pub account: Account,
    /// The path that is shown.
    pub path: Option<Path>,
}

/// What of a score is kept for boards, under all that it was made of: while that is the same, the ledger need not be read.
#[derive(Default)]
pub struct Scored {
    sums: RwLock<HashMap<PathId, (Key, Arc<Sums>)>>,
    /// With the number of the ledger's last entry.
    written: RwLock<HashMap<AccountId, (u32, Option<Instant>)>>,
}

/// Paths in memory at most; above that all go. One takes some 500 bytes.
const MOST: usize = 20_000;

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
    areas: BTreeMap<String, Cell>,
}

impl Sums {
    fn of(template: &Template, score: &Score) -> Self {
        let cell = |sum: AreaSum| Some((template.groups[sum.group].id.clone(), Cell::of(&sum)?));
        Self {
            claimed: score.claimed.readiness,
            proven: score.proven.readiness,
            areas: areas(template, score).into_iter().filter_map(cell).collect(),
        }
    }
}

impl Scored {
    fn get(&self, path: PathId, key: &Key) -> Option<Arc<Sums>> {
        let kept = self.sums.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(&path).filter(|(own, _)| own == key).map(|(_, sums)| Arc::clone(sums))
    }

    fn put(&self, made: Vec<(PathId, Key, Arc<Sums>)>) {
        let mut kept = self.sums.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() + made.len() > MOST {
            kept.clear();
        }
        kept.extend(made.into_iter().map(|(path, key, sums)| (path, (key, sums))));
    }
}

/// When each learner wrote something last: what is kept, and of the others anew, in one query.
async fn written(state: &State, facts: &BoardFacts) -> Result<HashMap<AccountId, Instant>, Error> {
    let (mut found, mut missing) = (HashMap::new(), Vec::new());
    {
        let kept = state.boards.written.read().unwrap_or_else(PoisonError::into_inner);
        for learner in &facts.learners {
            match kept.get(&learner.account.id).filter(|(seq, _)| *seq == learner.ledger_seq) {
                Some((_, at)) => found.extend(at.map(|at| (learner.account.id, at))),
                None => missing.push((learner.account.id, learner.ledger_seq)),
            }
        }
    }
    if missing.is_empty() {
        return Ok(found);
    }
    let (cohort, accounts) = (facts.cohort.id, missing.iter().map(|(account, _)| *account).collect::<Vec<_>>());
    let read = state.store.scan(move |conn| store::cohorts::last_written(conn, wanted(cohort, &accounts)));
    let read = read.await?;
    let mut kept = state.boards.written.write().unwrap_or_else(PoisonError::into_inner);
    if kept.len() + missing.len() > MOST {
        kept.clear();
    }
    for (account, seq) in missing {
        let at = read.get(&account).copied();
        kept.insert(account, (seq, at));
        found.extend(at.map(|at| (account, at)));
    }
    Ok(found)
}

fn wanted(cohort: CohortId, accounts: &[AccountId]) -> Wanted<'_> {
    if accounts.len() > NAMED { Wanted::Learners(cohort) } else { Wanted::Only(accounts) }
}

/// A learner's path of the board's role, and all that its score is made of.
pub(super) struct Task {
    pub(super) account: AccountId,
    pub(super) path: Path,
    pub(super) template: Arc<Template>,
    pub(super) rule: Arc<dyn ScoringRule>,
    pub(super) key: Key,
}

/// The board of a role that the cohort follows; without one, of its first.
pub async fn board(state: &State, opened: &Opened, role: Option<&str>) -> Result<Board, Error> {
    let cohort = opened.cohort.clone();
    let now = state.clock.now();
    let facts = state.store.scan(move |conn| store::cohorts::board(conn, cohort)).await?;
    let through = ended(now, &facts.cohort.zone);
    let calendar = facts.set_up.calendar(&facts.cohort);
    let role = role_of(state, &facts, role).await?;
    let planned = planned(state, &facts, &calendar, role.as_ref()).await?;
    let columns = role.iter().flat_map(|(_, template)| columns(template)).collect::<Vec<_>>();
    let role_id = role.as_ref().map(|(role, _)| role.role.as_str());
    let Tasks { tasks, stand_ins } = tasks(state, &facts, role_id).await?;
    let sums = sums(state, &facts, &tasks).await?;
    let written = written(state, &facts).await?;
    let mut paths: HashMap<AccountId, Path> = tasks.into_iter().map(|task| (task.account, task.path)).collect();

    let mut rows = Vec::with_capacity(facts.learners.len());
    let mut people = HashMap::with_capacity(facts.learners.len());
    let curve = Curve::new(&planned, &calendar);
    let expected = curve.at(calendar.sessions(calendar.first(), through));
    for learner in facts.learners {
        let own = sums.get(&learner.account.id);
        let ready = own.map(|sums| (sums.claimed, sums.proven));
        let last_active = written.get(&learner.account.id).map(|at| at.day_in(&learner.account.zone));
        let member = MemberCalendar { calendar: &calendar, terms: &learner.terms, spans: &learner.spans };
        let seen = Seen { ready, last_active, waiting_since: learner.waiting_since };
        let why = pace(member, &facts.set_up, &curve, seen, through, now, &facts.cohort.zone);
        rows.push(BoardRow {
            account: learner.account.id,
            name: learner.account.name.to_string(),
            mentor: learner.terms.mentor,
            why,
            ready,
            areas: columns.iter().map(|column| own.and_then(|sums| sums.areas.get(&column.id).copied())).collect(),
            last_active,
            waiting_since: learner.waiting_since,
        });
        let path = paths.remove(&learner.account.id);
        people.insert(learner.account.id, Person { account: learner.account, path });
    }
    let guides = facts.guides.into_iter().map(|(account, member)| (account, member.standing)).collect();
    Ok(Board { role, columns, rows, people, guides, calendar, plan: planned, through, expected, stand_ins })
}

/// The plan of a role that the cohort follows.
pub(super) async fn planned(
    state: &State,
    facts: &BoardFacts,
    calendar: &Calendar,
    role: Option<&(CohortRole, Arc<Template>)>,
) -> Result<Vec<Planned>, Error> {
    let Some((role, _)) = role.filter(|(role, _)| facts.set_up.role(&role.role).is_some()) else { return Ok(Vec::new()) };
    let (cohort, id) = (facts.cohort.id, role.role.clone());
    let weeks = state.store.read(move |conn| store::cohorts::weeks(conn, cohort, &id)).await?;
    Ok(plan::of(state, calendar, role, &weeks).await?.parts)
}

fn columns(template: &Arc<Template>) -> Vec<Column> {
    template.areas().map(|area| Column { id: template.groups[area].id.clone(), name: template.groups[area].name.clone() }).collect()
}

/// The role that is asked for; where the cohort was never set up, the one that its learners follow.
pub(super) async fn role_of(state: &State, facts: &BoardFacts, role: Option<&str>) -> Result<Option<(CohortRole, Arc<Template>)>, Error> {
    let mut own = facts.set_up.roles.iter().filter(|own| role.is_none_or(|role| own.role == role));
    if let Some(own) = own.next() {
        return Ok(Some((own.clone(), state.template(own.revision).await?)));
    }
    if role.is_some() {
        return Err(Error::NotThere("role"));
    }
    let Some(path) = facts.learners.iter().flat_map(|learner| &learner.paths).next() else { return Ok(None) };
    let template = state.template(path.revision).await?;
    let role = CohortRole {
        role: template.id().to_owned(),
        revision: path.revision,
        target_level: path.target_level.clone(),
        chosen: BTreeSet::new(),
    };
    Ok(Some((role, template)))
}

pub(super) struct Tasks {
    pub(super) tasks: Vec<Task>,
    pub(super) stand_ins: usize,
}

pub(super) async fn tasks(state: &State, facts: &BoardFacts, role: Option<&str>) -> Result<Tasks, Error> {
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
            found.tasks.push(Task { account: learner.account.id, path: path.clone(), template, rule, key });
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

/// Sums of every task: those that are kept, and of the others anew, from ledgers that are read in two queries.
pub(super) async fn sums(state: &State, facts: &BoardFacts, tasks: &[Task]) -> Result<HashMap<AccountId, Arc<Sums>>, Error> {
    let mut sums = HashMap::with_capacity(tasks.len());
    let mut missing = Vec::new();
    for task in tasks {
        match state.boards.get(task.path.id, &task.key) {
            Some(kept) => {
                sums.insert(task.account, kept);
            }
            None => missing.push(task),
        }
    }
    if missing.is_empty() {
        return Ok(sums);
    }
    let (cohort, accounts) = (facts.cohort.id, missing.iter().map(|task| task.account).collect::<Vec<_>>());
    let read = state.store.scan(move |conn| store::cohorts::ledgers(conn, wanted(cohort, &accounts)));
    let mut ledgers = read.await?;
    let work: Vec<_> = missing
        .into_iter()
        .map(|task| {
            let ledger = ledgers.remove(&task.account).unwrap_or_default();
            (task.account, task.path.clone(), Arc::clone(&task.template), Arc::clone(&task.rule), task.key.clone(), ledger)
        })
        .collect();
    let made = tokio::task::spawn_blocking(move || {
        let mut made = Vec::with_capacity(work.len());
        for (account, path, template, rule, mut key, ledger) in work {
            let shown = visible(ledger, &key.withheld, key.ledger_seq);
            let target = template.level(&path.target_level).unwrap_or(0);
            let scope =
                Scope { template: &template, target, chosen: &path.chosen, mentored: key.mentored, today: key.today, settings: &[] };
            let score = match score(rule.as_ref(), scope, &shown) {
                Err(ScoreError::Rule(_) | ScoreError::Card(_)) => {
                    // Not kept: the rule may go on without any commit.
                    key.rule.clear();
                    score(&DefaultRule, scope, &shown)
                }
                other => other,
            }
            .map_err(|error| error.to_string())?;
            made.push((account, path.id, key, Arc::new(Sums::of(&template, &score))));
        }
        Ok::<_, String>(made)
    });
    let made = made.await.map_err(Error::machine)?.map_err(Error::machine)?;
    sums.extend(made.iter().map(|(account, _, _, sums)| (*account, Arc::clone(sums))));
    state
        .boards
        .put(made.into_iter().filter(|(_, _, key, _)| !key.rule.is_empty()).map(|(_, path, key, sums)| (path, key, sums)).collect());
    Ok(sums)
}

/// What a cohort sees of a ledger: nothing that is withheld, and nothing that came after the board's facts were read.
pub(in crate::services) fn visible(ledger: Vec<Entry>, withheld: &BTreeSet<u32>, upto: u32) -> Vec<Entry> {
    ledger.into_iter().filter(|entry| entry.seq <= upto && !withheld.contains(&entry.seq)).collect()
}
