//! Reading the ledger. Facts and subjects are two range scans of one learner, put together here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use domain::cohort::Standing;
use domain::ids::{AccountId, CohortId, PublicId};
use domain::ledger::{Entry, EvidenceKind, Held, Payload, Recall};
use domain::points::BasisPoints;
use domain::subject::{Step, Subject, SubjectKind, Trust};
use domain::time::{Day, Instant};

use super::LedgerFilter;
use crate::rows::Word;
use crate::schema::{evidence, evidence_payloads, evidence_subjects, memberships};
use crate::{Conn, Error, Result, rows};

/// All facts, in order.
pub fn facts(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Entry>> {
    facts_upto(conn, account, i32::MAX as u32)
}

/// The facts as they were when the ledger's last number was `seq`.
pub fn facts_upto(conn: &mut Conn<'_>, account: AccountId, seq: u32) -> Result<Vec<Entry>> {
    let last = i32::try_from(seq).unwrap_or(i32::MAX);
    let (facts, subjects): (Vec<FactRow>, Vec<SubjectRow>) = on_backend!(conn, c => {
        let facts = evidence::table
            .filter(evidence::account.eq(account.0))
            .filter(evidence::seq.le(last))
            .order(evidence::seq)
            .select(FactRow::as_select())
            .load(c)?;
        let subjects = evidence_subjects::table
            .filter(evidence_subjects::account.eq(account.0))
            .filter(evidence_subjects::seq.le(last))
            .order((evidence_subjects::seq, evidence_subjects::position))
            .select(SubjectRow::as_select())
            .load(c)?;
        (facts, subjects)
    });
    entries(facts, subjects)
}

/// Puts facts and subjects of one account together; both are in order.
fn entries(facts: Vec<FactRow>, subjects: Vec<SubjectRow>) -> Result<Vec<Entry>> {
    let mut subjects = subjects.into_iter().peekable();
    facts
        .into_iter()
        .map(|fact| {
            let mut held = Vec::new();
            while let Some(row) = subjects.next_if(|row| row.seq == fact.seq) {
                held.push(row.held());
            }
            fact.entry(held)
        })
        .collect()
}

/// An entry with its public id and what was written.
type WrittenRow = (Vec<u8>, FactRow, PayloadRow);
type Facts = Vec<(i64, FactRow)>;
type Subjects = Vec<(i64, SubjectRow)>;

/// All facts of some accounts, in two queries.
pub(crate) fn facts_of(conn: &mut Conn<'_>, accounts: &[i64]) -> Result<HashMap<AccountId, Vec<Entry>>> {
    let (facts, subjects): (Facts, Subjects) = on_backend!(conn, c => {
        let facts = evidence::table
            .filter(evidence::account.eq_any(accounts))
            .order((evidence::account, evidence::seq))
            .select((evidence::account, FactRow::as_select()))
            .load(c)?;
        let subjects = evidence_subjects::table
            .filter(evidence_subjects::account.eq_any(accounts))
            .order((evidence_subjects::account, evidence_subjects::seq, evidence_subjects::position))
            .select((evidence_subjects::account, SubjectRow::as_select()))
            .load(c)?;
        (facts, subjects)
    });
    by_account(facts, subjects)
}

/// All facts of a cohort's learners, in two queries.
pub(crate) fn facts_of_learners(conn: &mut Conn<'_>, cohort: CohortId) -> Result<HashMap<AccountId, Vec<Entry>>> {
    let (facts, subjects): (Facts, Subjects) = on_backend!(conn, c => {
        let learners = memberships::table
            .filter(memberships::cohort.eq(cohort.0))
            .filter(memberships::standing.eq(Standing::Learner.word()))
            .select(memberships::account);
        let facts = evidence::table
            .filter(evidence::account.eq_any(learners))
            .order((evidence::account, evidence::seq))
            .select((evidence::account, FactRow::as_select()))
            .load(c)?;
        let subjects = evidence_subjects::table
            .filter(evidence_subjects::account.eq_any(learners))
            .order((evidence_subjects::account, evidence_subjects::seq, evidence_subjects::position))
            .select((evidence_subjects::account, SubjectRow::as_select()))
            .load(c)?;
        (facts, subjects)
    });
    by_account(facts, subjects)
}

/// Puts facts and subjects of several accounts together; both are in order, and of one snapshot: a subject without its fact would
/// stand in the way of all that come after it.
fn by_account(facts: Facts, subjects: Subjects) -> Result<HashMap<AccountId, Vec<Entry>>> {
    let mut subjects = subjects.into_iter().peekable();
    let mut of: HashMap<AccountId, Vec<Entry>> = HashMap::new();
    for (account, fact) in facts {
        // Most are about one subject, and of some hundred thousand entries it is felt how much is set aside for more.
        let mut held = Vec::with_capacity(1);
        while let Some((_, row)) = subjects.next_if(|(owner, row)| (*owner, row.seq) == (account, fact.seq)) {
            held.push(row.held());
        }
        of.entry(AccountId(account)).or_default().push(fact.entry(held)?);
    }
    Ok(of)
}

/// Entries with what was written, newest first; no payload: redacted.
pub fn with_payload(conn: &mut Conn<'_>, account: AccountId, filter: &LedgerFilter) -> Result<Vec<(PublicId, Entry, Option<Payload>)>> {
    let before = filter.before_seq.and_then(|seq| i32::try_from(seq).ok()).unwrap_or(i32::MAX);
    let numbers = match &filter.subjects {
        None => None,
        Some(subjects) => Some(numbers_about(conn, account, subjects)?),
    };
    let rows: Vec<WrittenRow> = on_backend!(conn, c => {
        let mut query = evidence::table
            .inner_join(evidence_payloads::table.on(
                evidence_payloads::account.eq(evidence::account).and(evidence_payloads::seq.eq(evidence::seq)),
            ))
            .filter(evidence::account.eq(account.0))
            .filter(evidence::seq.lt(before))
            .order(evidence::seq.desc())
            .limit(filter.limit)
            .select((evidence::public_id, FactRow::as_select(), PayloadRow::as_select()))
            .into_boxed();
        if let Some(numbers) = numbers {
            query = query.filter(evidence::seq.eq_any(numbers));
        }
        query.load(c)
    })?;
    join_subjects(conn, account, rows)
}

/// Fails with `NotThere` when the account has no such entry.
pub fn by_public_id(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId) -> Result<(PublicId, Entry, Option<Payload>)> {
    let rows: Vec<WrittenRow> = on_backend!(conn, c => evidence::table
        .inner_join(evidence_payloads::table.on(
            evidence_payloads::account.eq(evidence::account).and(evidence_payloads::seq.eq(evidence::seq)),
        ))
        .filter(evidence::public_id.eq(public_id.bytes().as_slice()))
        .filter(evidence::account.eq(account.0))
        .select((evidence::public_id, FactRow::as_select(), PayloadRow::as_select()))
        .load(c))?;
    join_subjects(conn, account, rows)?.pop().ok_or(Error::NotThere("entry"))
}

/// Entries of several accounts with what was written; no payload: redacted. In two queries.
pub fn entries_of(conn: &mut Conn<'_>, wanted: &BTreeSet<(AccountId, u32)>) -> Result<HashMap<(AccountId, u32), Written>> {
    let accounts: Vec<i64> = wanted.iter().map(|(account, _)| account.0).collect::<BTreeSet<_>>().into_iter().collect();
    let numbers: Vec<i32> = wanted.iter().map(|&(_, seq)| rows::signed(seq)).collect::<Result<BTreeSet<_>>>()?.into_iter().collect();
    let (facts, subjects): (Vec<(i64, WrittenRow)>, Subjects) = on_backend!(conn, c => {
        let facts = evidence::table
            .inner_join(evidence_payloads::table.on(
                evidence_payloads::account.eq(evidence::account).and(evidence_payloads::seq.eq(evidence::seq)),
            ))
            .filter(evidence::account.eq_any(&accounts))
            .filter(evidence::seq.eq_any(&numbers))
            .select((evidence::account, (evidence::public_id, FactRow::as_select(), PayloadRow::as_select())))
            .load(c)?;
        let subjects = evidence_subjects::table
            .filter(evidence_subjects::account.eq_any(&accounts))
            .filter(evidence_subjects::seq.eq_any(&numbers))
            .order((evidence_subjects::account, evidence_subjects::seq, evidence_subjects::position))
            .select((evidence_subjects::account, SubjectRow::as_select()))
            .load(c)?;
        (facts, subjects)
    });
    let mut held: HashMap<(i64, i32), Vec<Held>> = HashMap::new();
    for (account, row) in subjects {
        held.entry((account, row.seq)).or_default().push(row.held());
    }
    let mut found = HashMap::new();
    for (account, (public_id, fact, payload)) in facts {
        let key = (AccountId(account), rows::unsigned(fact.seq)?);
        // Numbers of one account are asked of another one too.
        if wanted.contains(&key) {
            let held = held.remove(&(account, fact.seq)).unwrap_or_default();
            found.insert(key, (rows::public_id(&public_id)?, fact.entry(held)?, payload.payload()?));
        }
    }
    Ok(found)
}

/// An entry with its public id and what was written.
type Written = (PublicId, Entry, Option<Payload>);

/// Public ids of entries, by number.
pub fn public_ids(conn: &mut Conn<'_>, account: AccountId, numbers: &[u32]) -> Result<BTreeMap<u32, PublicId>> {
    let numbers: Vec<i32> = numbers.iter().map(|&number| rows::signed(number)).collect::<Result<_>>()?;
    let rows: Vec<(i32, Vec<u8>)> = on_backend!(conn, c => evidence::table
        .filter(evidence::account.eq(account.0))
        .filter(evidence::seq.eq_any(numbers))
        .select((evidence::seq, evidence::public_id))
        .load(c))?;
    rows.iter().map(|(seq, id)| Ok((rows::unsigned(*seq)?, rows::public_id(id)?))).collect()
}

/// What was written with an entry, as far as a learner's day tells it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The entry's number.
    pub seq: u32,
    pub minutes: Option<u32>,
    /// Who recorded it, where that is not the learner.
    pub by: Option<String>,
}

/// Minutes and names written with entries about `from` or a later day, in order; entries with neither are left out.
pub fn told_since(conn: &mut Conn<'_>, account: AccountId, from: Day) -> Result<Vec<Told>> {
    let found: Vec<(i32, Option<i32>, Option<String>)> = on_backend!(conn, c => evidence::table
        .inner_join(evidence_payloads::table.on(
            evidence_payloads::account.eq(evidence::account).and(evidence_payloads::seq.eq(evidence::seq)),
        ))
        .filter(evidence::account.eq(account.0))
        .filter(evidence::day.ge(from.number()))
        .filter(evidence_payloads::minutes.is_not_null().or(evidence_payloads::by_name.is_not_null()))
        .order(evidence::seq)
        .select((evidence::seq, evidence_payloads::minutes, evidence_payloads::by_name))
        .load(c))?;
    let told = |(seq, minutes, by): (i32, Option<i32>, Option<String>)| {
        Ok(Told { seq: rows::unsigned(seq)?, minutes: minutes.map(rows::unsigned).transpose()?, by })
    };
    found.into_iter().map(told).collect()
}

/// Numbers of the account's entries about any of these.
fn numbers_about(conn: &mut Conn<'_>, account: AccountId, subjects: &[Subject]) -> Result<Vec<i32>> {
    let ids: Vec<&str> = subjects.iter().map(|subject| subject.id.as_str()).collect();
    let rows: Vec<SubjectRow> = on_backend!(conn, c => evidence_subjects::table
        .filter(evidence_subjects::account.eq(account.0))
        .filter(evidence_subjects::subject.eq_any(ids))
        .select(SubjectRow::as_select())
        .load(c))?;
    let asked = |row: &SubjectRow| subjects.iter().any(|subject| subject.id == row.subject && subject.kind == row.kind.0);
    Ok(rows.iter().filter(|row| asked(row)).map(|row| row.seq).collect::<BTreeSet<_>>().into_iter().collect())
}

fn join_subjects(conn: &mut Conn<'_>, account: AccountId, rows: Vec<WrittenRow>) -> Result<Vec<(PublicId, Entry, Option<Payload>)>> {
    let numbers: Vec<i32> = rows.iter().map(|(_, fact, _)| fact.seq).collect();
    let subjects: Vec<SubjectRow> = on_backend!(conn, c => evidence_subjects::table
        .filter(evidence_subjects::account.eq(account.0))
        .filter(evidence_subjects::seq.eq_any(numbers))
        .order((evidence_subjects::seq, evidence_subjects::position))
        .select(SubjectRow::as_select())
        .load(c))?;
    let mut held: HashMap<i32, Vec<Held>> = HashMap::new();
    for row in subjects {
        held.entry(row.seq).or_default().push(row.held());
    }
    rows.into_iter()
        .map(|(public_id, fact, payload)| {
            let held = held.remove(&fact.seq).unwrap_or_default();
            Ok((rows::public_id(&public_id)?, fact.entry(held)?, payload.payload()?))
        })
        .collect()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = evidence, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct FactRow {
    seq: i32,
    kind: Word<EvidenceKind>,
    trust: Word<Trust>,
    day: i32,
    recorded_at: i64,
    expires_on: Option<i32>,
    retracts: Option<i32>,
    recall_share: Option<i32>,
    recall_stability: Option<i32>,
}

impl FactRow {
    fn entry(&self, held: Vec<Held>) -> Result<Entry> {
        let recall = match self.recall_share.zip(self.recall_stability) {
            None => None,
            Some((share, stability)) => {
                Some(Recall { share: BasisPoints::clamped(u64::from(rows::unsigned(share)?)), stability: rows::unsigned(stability)? })
            }
        };
        Ok(Entry {
            seq: rows::unsigned(self.seq)?,
            kind: self.kind.0,
            trust: self.trust.0,
            day: Day::from_number(self.day),
            recorded_at: Instant::from_micros(self.recorded_at),
            held,
            expires_on: self.expires_on.map(Day::from_number),
            retracts: self.retracts.map(rows::unsigned).transpose()?,
            recall,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = evidence_subjects, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct SubjectRow {
    seq: i32,
    kind: Word<SubjectKind>,
    subject: String,
    step: Option<Word<Step>>,
}

impl SubjectRow {
    fn held(self) -> Held {
        Held { subject: Subject::new(self.kind.0, self.subject), step: self.step.map(|step| step.0) }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = evidence_payloads, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct PayloadRow {
    title: Option<String>,
    note: Option<String>,
    url: Option<String>,
    issuer: Option<String>,
    number: Option<String>,
    issued_on: Option<i32>,
    minutes: Option<i32>,
    by_name: Option<String>,
    follows: Option<i32>,
    redacted_at: Option<i64>,
}

impl PayloadRow {
    fn payload(self) -> Result<Option<Payload>> {
        if self.redacted_at.is_some() {
            return Ok(None);
        }
        Ok(Some(Payload {
            title: self.title,
            note: self.note,
            url: self.url,
            issuer: self.issuer,
            number: self.number,
            issued_on: self.issued_on.map(Day::from_number),
            minutes: self.minutes.map(rows::unsigned).transpose()?,
            by: self.by_name,
            follows: self.follows.map(rows::unsigned).transpose()?,
        }))
    }
}
