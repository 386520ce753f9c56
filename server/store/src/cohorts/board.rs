//! What a cohort's board is made of: everything of everybody, in a number of queries that does not grow with the cohort.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use domain::account::Account;
use domain::cohort::{Cohort, MemberState, Membership, PartKey, SetUp, Span, Standing, Terms};
use domain::ids::{AccountId, CohortId};
use domain::ledger::Entry;
use domain::path::Path;
use domain::time::Instant;

use crate::schema::{accounts, evidence, evidence_origins, memberships, withheld_entries};
use crate::{Conn, Result, rows};

/// A cohort with its people.
#[derive(Clone, Debug)]
pub struct BoardFacts {
    pub cohort: Cohort,
    pub set_up: SetUp,
    /// Mentors and leads, by name.
    pub guides: Vec<(Account, Membership)>,
    /// By name.
    pub learners: Vec<Learner>,
}

/// A learner of a cohort.
#[derive(Clone, Debug)]
pub struct Learner {
    pub account: Account,
    pub state: MemberState,
    pub spans: Vec<Span>,
    pub terms: Terms,
    /// Those that belong to the cohort.
    pub paths: Vec<Path>,
    /// Number of the ledger's last entry.
    pub ledger_seq: u32,
    /// Numbers of entries that the cohort does not see.
    pub withheld: BTreeSet<u32>,
    /// Since when the oldest request for a mentor's review waits.
    pub waiting_since: Option<Instant>,
    /// Somebody else is an active mentor or lead, with an account that is not disabled.
    pub mentored: bool,
}

/// Everything but the ledgers.
pub fn board(conn: &mut Conn<'_>, cohort: Cohort) -> Result<BoardFacts> {
    let set_up = super::set_up(conn, cohort.id)?;
    let members = super::members(conn, cohort.id)?;
    let mut spans = super::all_spans(conn, cohort.id)?;
    let terms = super::terms(conn, cohort.id)?;
    let mut paths: HashMap<AccountId, Vec<Path>> = HashMap::new();
    for path in crate::paths::of_cohort(conn, cohort.id)? {
        paths.entry(path.account).or_default().push(path);
    }
    let mut withheld = withheld(conn, cohort.id)?;
    let seqs = ledger_seqs(conn, cohort.id)?;
    let waiting = waiting(conn, cohort.id, &withheld)?;
    let (learners, guides): (Vec<_>, Vec<_>) = members.into_iter().partition(|(_, member)| member.standing == Standing::Learner);
    let guided: Vec<AccountId> = guides
        .iter()
        .filter(|(account, member)| member.state == MemberState::Active && !account.disabled)
        .map(|(account, _)| account.id)
        .collect();
    let learners = learners
        .into_iter()
        .map(|(account, member)| Learner {
            state: member.state,
            spans: spans.remove(&account.id).unwrap_or_default(),
            terms: terms.get(&account.id).copied().unwrap_or_default(),
            paths: paths.remove(&account.id).unwrap_or_default(),
            ledger_seq: seqs.get(&account.id).copied().unwrap_or_default(),
            withheld: withheld.remove(&account.id).unwrap_or_default(),
            waiting_since: waiting.get(&account.id).copied(),
            mentored: guided.iter().any(|guide| *guide != account.id),
            account,
        })
        .collect();
    Ok(BoardFacts { cohort, set_up, guides, learners })
}

/// Whose ledgers.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    Learners(CohortId),
    Only(&'a [AccountId]),
}

/// Accounts named in one query; SQLite takes some thirty thousand.
const NAMED_AT_ONCE: usize = 10_000;

/// All facts of several ledgers, in two queries. What is withheld is in them.
pub fn ledgers(conn: &mut Conn<'_>, wanted: Wanted<'_>) -> Result<HashMap<AccountId, Vec<Entry>>> {
    match wanted {
        Wanted::Only(accounts) => {
            let mut all = HashMap::with_capacity(accounts.len());
            for some in accounts.chunks(NAMED_AT_ONCE) {
                all.extend(crate::ledger::facts_of(conn, &some.iter().map(|account| account.0).collect::<Vec<_>>())?);
            }
            Ok(all)
        }
        Wanted::Learners(cohort) => crate::ledger::facts_of_learners(conn, cohort),
    }
}

/// Numbers of entries that were brought along from elsewhere, of those who have any.
pub fn brought(conn: &mut Conn<'_>, wanted: Wanted<'_>) -> Result<HashMap<AccountId, BTreeSet<u32>>> {
    let columns = (evidence_origins::account, evidence_origins::seq);
    let mut rows: Vec<(i64, i32)> = Vec::new();
    match wanted {
        Wanted::Only(accounts) => {
            for some in accounts.chunks(NAMED_AT_ONCE) {
                rows.extend(on_backend!(conn, c => evidence_origins::table
                    .filter(evidence_origins::account.eq_any(some.iter().map(|account| account.0)))
                    .select(columns)
                    .load::<(i64, i32)>(c))?);
            }
        }
        Wanted::Learners(cohort) => {
            rows = on_backend!(conn, c => evidence_origins::table
                .inner_join(memberships::table.on(memberships::account.eq(evidence_origins::account)))
                .filter(memberships::cohort.eq(cohort.0))
                .filter(memberships::standing.eq(Standing::Learner.word()))
                .select(columns)
                .load(c))?;
        }
    }
    by_account(rows)
}

fn by_account(rows: Vec<(i64, i32)>) -> Result<HashMap<AccountId, BTreeSet<u32>>> {
    let mut of: HashMap<AccountId, BTreeSet<u32>> = HashMap::new();
    for (account, seq) in rows {
        of.entry(AccountId(account)).or_default().insert(rows::unsigned(seq)?);
    }
    Ok(of)
}

/// A cohort with everything that is known of its learners, over all its roles.
#[derive(Clone, Debug)]
pub struct StandFacts {
    pub board: BoardFacts,
    /// What is withheld is in them.
    pub ledgers: HashMap<AccountId, Vec<Entry>>,
    /// Numbers of entries that were brought along from elsewhere.
    pub brought: HashMap<AccountId, BTreeSet<u32>>,
    /// Entries that wait for a mentor, and since when, oldest first; what is withheld waits for nobody.
    pub waiting: HashMap<AccountId, Vec<(u32, Instant)>>,
    /// When each open question of a learner was asked, oldest first.
    pub questions: HashMap<AccountId, Vec<Instant>>,
    /// The weeks that a lead chose, by role.
    pub weeks: HashMap<String, BTreeMap<PartKey, u32>>,
}

/// Fails with `NotThere("cohort")`.
pub fn stand_facts(conn: &mut Conn<'_>, cohort: CohortId) -> Result<StandFacts> {
    let cohort = super::by_id(conn, cohort)?;
    let id = cohort.id;
    let board = board(conn, cohort)?;
    let mut weeks = HashMap::new();
    for role in &board.set_up.roles {
        weeks.insert(role.role.clone(), super::weeks(conn, id, &role.role)?);
    }
    let brought = brought(conn, Wanted::Learners(id))?;
    let mut waiting: HashMap<AccountId, Vec<(u32, Instant)>> = HashMap::new();
    for request in crate::mentoring::open_requests(conn, id)? {
        let learner = board.learners.iter().find(|learner| learner.account.id == request.account);
        if learner.is_some_and(|learner| !learner.withheld.contains(&request.entry)) {
            waiting.entry(request.account).or_default().push((request.entry, request.created_at));
        }
    }
    let mut questions: HashMap<AccountId, Vec<Instant>> = HashMap::new();
    for help in crate::mentoring::open_help(conn, id)? {
        questions.entry(help.account).or_default().push(help.asked_at);
    }
    Ok(StandFacts { ledgers: ledgers(conn, Wanted::Learners(id))?, board, brought, waiting, questions, weeks })
}

/// Numbers of entries that are withheld from a cohort.
pub fn withheld(conn: &mut Conn<'_>, cohort: CohortId) -> Result<HashMap<AccountId, BTreeSet<u32>>> {
    let rows: Vec<(i64, i32)> = on_backend!(conn, c => withheld_entries::table
        .filter(withheld_entries::cohort.eq(cohort.0))
        .select((withheld_entries::account, withheld_entries::seq))
        .load(c))?;
    by_account(rows)
}

/// Says which entries of a learner a cohort does not see, all of them.
pub fn withhold(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId, seqs: &BTreeSet<u32>) -> Result<()> {
    on_backend!(conn, c => {
        let own = withheld_entries::table.filter(withheld_entries::cohort.eq(cohort.0)).filter(withheld_entries::account.eq(account.0));
        diesel::delete(own).execute(c)?;
        for &seq in seqs {
            diesel::insert_into(withheld_entries::table)
                .values((
                    withheld_entries::cohort.eq(cohort.0),
                    withheld_entries::account.eq(account.0),
                    withheld_entries::seq.eq(rows::signed(seq)?),
                ))
                .execute(c)?;
        }
    });
    Ok(())
}

/// Withholds all that is in the ledger so far, for somebody who comes in and has not said yet what they share.
pub fn withhold_all(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId) -> Result<()> {
    let entries =
        evidence::table.filter(evidence::account.eq(account.0)).select((cohort.0.into_sql::<BigInt>(), evidence::account, evidence::seq));
    let columns = (withheld_entries::cohort, withheld_entries::account, withheld_entries::seq);
    on_backend!(conn, c => diesel::insert_into(withheld_entries::table).values(entries).into_columns(columns).execute(c))?;
    Ok(())
}

fn ledger_seqs(conn: &mut Conn<'_>, cohort: CohortId) -> Result<HashMap<AccountId, u32>> {
    let rows: Vec<(i64, i32)> = on_backend!(conn, c => memberships::table
        .inner_join(accounts::table)
        .filter(memberships::cohort.eq(cohort.0))
        .select((accounts::id, accounts::ledger_seq))
        .load(c))?;
    rows.into_iter().map(|(account, seq)| Ok((AccountId(account), rows::unsigned(seq)?))).collect()
}

/// Since when the oldest request waits for a mentor, by learner; what is withheld waits for nobody here.
fn waiting(conn: &mut Conn<'_>, cohort: CohortId, withheld: &HashMap<AccountId, BTreeSet<u32>>) -> Result<HashMap<AccountId, Instant>> {
    let mut waiting: HashMap<AccountId, Instant> = HashMap::new();
    for request in crate::mentoring::open_requests(conn, cohort)? {
        if withheld.get(&request.account).is_none_or(|seqs| !seqs.contains(&request.entry)) {
            let since = waiting.entry(request.account).or_insert(request.created_at);
            *since = (*since).min(request.created_at);
        }
    }
    Ok(waiting)
}
