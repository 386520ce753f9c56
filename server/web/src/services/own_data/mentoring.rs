//! What was asked of mentors, what they noted, and what sponsors were to see.

use domain::account::Account;
use serde_json::{Value, json};
use store::mentoring::{drafts_of, help_of_account, notes_about};

pub(super) fn help(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let helps = help_of_account(conn, account.id)?.into_iter().map(|help| {
        let (answer, answered_by) = help.answer.unzip();
        json!({
            "requirement": help.requirement, "words": help.words, "asked_at": help.asked_at, "ended_at": help.ended_at,
            "answer": answer, "answered_by": answered_by,
        })
    });
    Ok(helps.collect())
}

/// Reviews that the person has begun for others' work.
pub(super) fn drafts(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let drafts = drafts_of(conn, account.id)?.into_iter();
    Ok(drafts.map(|(review, draft)| json!({ "review": review, "saved_at": draft.saved_at, "words": draft.reply })).collect())
}

/// No page shows them to the person, and they are about the person.
pub(super) fn notes(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let mut notes = Vec::new();
    for note in notes_about(conn, account.id)? {
        let cohort = store::cohorts::by_id(conn, note.cohort)?;
        notes.push(json!({ "cohort": cohort.name, "by": note.by_name, "at": note.at, "words": note.words }));
    }
    Ok(Value::Array(notes))
}

pub(super) fn messages(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let all = store::mentoring::messages(conn, account.id, None, i64::MAX)?.into_iter();
    Ok(all.map(|message| json!({ "by": message.by_name, "at": message.at, "words": message.words })).collect())
}

/// Links about the person, and those of a cohort that the person consented to.
pub(super) fn summaries(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let mut summaries = Vec::new();
    for (link, consented_at) in store::summaries::asked_of(conn, account.id, None)? {
        let cohort = store::cohorts::by_id(conn, link.cohort)?;
        let of = if link.learner.is_some() { "learner" } else { "cohort" };
        summaries.push(json!({
            "cohort": cohort.name, "for": link.terms.label, "of": of, "asked_at": link.created_at, "consented_at": consented_at,
            "expires_at": link.terms.expires_at, "revoked_at": link.revoked_at,
        }));
    }
    Ok(Value::Array(summaries))
}
