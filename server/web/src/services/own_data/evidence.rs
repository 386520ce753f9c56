//! The ledger.

use std::collections::BTreeMap;

use domain::account::Account;
use domain::ids::PublicId;
use domain::ledger::{EvidenceKind, Here, Known, MovedEntry, Payload, arrivals};
use domain::subject::{Subject, Trust};
use serde_json::{Value, json};
use store::ledger::LedgerFilter;

use super::{Arriving, Finding, list};

/// Oldest first, each under the id that it had where it was recorded first.
pub(super) fn export(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let ids: BTreeMap<u32, PublicId> = store::origins::ids(conn, account.id)?.into_iter().collect();
    let all = LedgerFilter { subjects: None, before_seq: None, limit: i64::MAX };
    let mut written = store::ledger::with_payload(conn, account.id, &all)?;
    written.reverse();
    let entries: Vec<MovedEntry> = written
        .into_iter()
        .map(|(own, entry, payload)| MovedEntry {
            id: ids.get(&entry.seq).copied().unwrap_or(own),
            kind: entry.kind,
            trust: entry.trust,
            day: entry.day,
            recorded_at: entry.recorded_at,
            subjects: entry.held,
            expires_on: entry.expires_on,
            retracts: entry.retracts.and_then(|number| ids.get(&number).copied()),
            recall: entry.recall,
            redacted: payload.is_none(),
            follows: payload.as_ref().and_then(|payload| payload.follows).and_then(|number| ids.get(&number).copied()),
            payload: Payload { follows: None, ..payload.unwrap_or_default() },
        })
        .collect();
    serde_json::to_value(entries).map_err(|error| store::Error::Machine(error.to_string()))
}

/// Who was named as having made the person's work too; and whose work the person is named in.
pub(super) fn co_authors(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let all = store::ledger::facts(conn, account.id)?.into_iter().map(|entry| entry.seq).collect::<Vec<u32>>();
    let named: Vec<_> = store::co_authors::of_entries(conn, account.id, &all)?.into_values().flatten().collect();
    let own = store::co_authors::of_person(conn, account.id)?;
    let people: Vec<_> = named.iter().map(|named| named.person).chain(own.iter().map(|own| own.account)).collect();
    let names = store::co_authors::names(conn, &people)?;
    let ids: BTreeMap<u32, PublicId> = store::origins::ids(conn, account.id)?.into_iter().collect();
    let one = |entry: Option<u32>, other, state: domain::co_author::CoAuthorState, is_own: bool| json!({ "entry": entry.and_then(|entry| ids.get(&entry)), "with": names.get(&other), "state": state.word(), "named_by_me": is_own });
    let named = named.iter().map(|named| one(Some(named.entry), named.person, named.state, true));
    Ok(named.chain(own.iter().map(|own| one(own.own_entry, own.account, own.state, false))).collect())
}

pub(super) fn import(conn: &mut store::Conn<'_>, arriving: &Arriving, value: Value) -> store::Result<Vec<Finding>> {
    let items = match list("evidence", value) {
        Ok(items) => items,
        Err(refused) => return Ok(refused),
    };
    let mut findings = Vec::new();
    let mut places: BTreeMap<PublicId, usize> = BTreeMap::new();
    let mut entries = Vec::new();
    for (place, item) in (0..).zip(items) {
        match serde_json::from_value::<MovedEntry>(item) {
            Ok(entry) => {
                places.entry(entry.id).or_insert(place);
                entries.push(entry);
            }
            Err(error) => findings.push(Finding::refused(format!("evidence[{place}]"), field_of(&error), "field_malformed")),
        }
    }

    let account = arriving.account.id;
    let facts = store::ledger::facts(conn, account)?;
    let mut numbers: BTreeMap<PublicId, u32> = store::origins::ids(conn, account)?.into_iter().map(|(number, id)| (id, number)).collect();
    let known = Known {
        numbers: numbers.clone(),
        retracted: facts.iter().filter_map(|entry| entry.retracts).collect(),
        retractions: facts.iter().filter(|entry| entry.kind == EvidenceKind::Retraction).map(|entry| entry.seq).collect(),
    };
    let resolve = |subject: &Subject| arriving.catalogue.resolve(subject);
    let arrived = arrivals(entries, &known, &Here { today: arriving.today, now: arriving.now, from: &arriving.from, resolve: &resolve });

    let (mut kinds, mut lowered) = (BTreeMap::<EvidenceKind, usize>::new(), BTreeMap::<Trust, usize>::new());
    let mut unknown = BTreeMap::<String, usize>::new();
    for arrival in arrived.new {
        let mut entry = arrival.entry;
        entry.retracts = arrival.retracts.and_then(|target| numbers.get(&target).copied());
        entry.payload.follows = arrival.follows.and_then(|before| numbers.get(&before).copied());
        let id = arriving.dice.public_id();
        let recorded = store::ledger::append(conn, account, &entry, id)?;
        store::origins::put(conn, account, recorded.seq, arrival.id)?;
        if arrival.redacted {
            debug_assert_eq!(entry.payload, Payload::default());
            store::ledger::redact(conn, account, id, arriving.now)?;
        }
        numbers.insert(arrival.id, recorded.seq);
        *kinds.entry(entry.kind).or_default() += 1;
        if let Some(had) = arrival.lowered_from {
            *lowered.entry(had).or_default() += 1;
        }
        for subject in arrival.unknown {
            *unknown.entry(subject.to_string()).or_default() += 1;
        }
    }
    findings.extend(kinds.into_iter().map(|(kind, count)| Finding::new("evidence_new", kind.word(), count)));
    if arrived.known > 0 {
        findings.push(Finding::new("evidence_known", "", arrived.known));
    }
    findings.extend(lowered.into_iter().map(|(had, count)| Finding::new("evidence_lowered", had.word(), count)));
    findings.extend(unknown.into_iter().map(|(subject, count)| Finding::new("subject_unknown", subject, count)));
    for (id, wrong) in arrived.refused {
        let place = places.get(&id).copied().unwrap_or_default();
        findings.extend(wrong.into_iter().map(|wrong| Finding::refused(format!("evidence[{place}]"), wrong.field, wrong.code)));
    }
    Ok(findings)
}

/// The field that serde names, if it names one.
fn field_of(error: &serde_json::Error) -> String {
    error.to_string().split('`').nth(1).unwrap_or_default().chars().take(40).collect()
}
