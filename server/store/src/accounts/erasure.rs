//! Erasure: what a person wrote and is goes; what others need to keep its shape stays, without a name.

use diesel::prelude::*;
use domain::ids::{AccountId, PublicId};
use domain::time::{Instant, Zone};

use crate::rows::{self, NOBODY};
use crate::schema::{
    accounts, assessments, attachments, audit, co_authors, digest_schedules, enrolled_accounts, erasures, evidence, evidence_payloads,
    help_claims, help_requests, idempotency_keys, interviews, invitations, member_terms, memberships, mentor_messages, mentor_notes,
    outbox, paths, practice_decks, practice_reviews, practice_settings, practice_states, practice_unsettled, reset_codes, review_claims,
    review_drafts, review_requests, reviews, sessions, summary_consents, summary_links, tokens,
};
use crate::{Conn, Error, Result};

/// Erases what the person left: ledger, paths, plans, reviews, scorecards, practice, digests, sessions, tokens, invitations, memberships, notes of mentors about them; takes
/// the name out of the audit trail and of what the person recorded for learners of the same cohorts. The account becomes a
/// tombstone. The erasure is recorded, so that it can be replayed on a restored backup. Twice is fine.
pub fn erase(conn: &mut Conn<'_>, id: AccountId, now: Instant) -> Result<()> {
    let person = person(conn, id)?;
    anonymise_reviews(conn, id, &person)?;
    anonymise_audit(conn, id, &person)?;
    on_backend!(conn, c => {
        diesel::delete(paths::table.filter(paths::account.eq(id.0))).execute(c)?;
        // Their contents go with them.
        diesel::delete(attachments::table.filter(attachments::account.eq(id.0))).execute(c)?;
        // Those whom the person named keep their own entries, which wait for mentors by themselves from now on.
        diesel::delete(co_authors::table.filter(co_authors::person.eq(id.0))).execute(c)?;
        diesel::delete(evidence::table.filter(evidence::account.eq(id.0))).execute(c)?;
        diesel::delete(practice_decks::table.filter(practice_decks::account.eq(id.0))).execute(c)?;
        diesel::delete(practice_states::table.filter(practice_states::account.eq(id.0))).execute(c)?;
        diesel::delete(practice_reviews::table.filter(practice_reviews::account.eq(id.0))).execute(c)?;
        diesel::delete(practice_settings::table.filter(practice_settings::account.eq(id.0))).execute(c)?;
        diesel::delete(practice_unsettled::table.filter(practice_unsettled::account.eq(id.0))).execute(c)?;
        diesel::delete(interviews::table.filter(interviews::account.eq(id.0))).execute(c)?;
        diesel::delete(outbox::table.filter(outbox::recipient.eq(id.0))).execute(c)?;
        diesel::delete(digest_schedules::table.filter(digest_schedules::account.eq(id.0))).execute(c)?;
        diesel::delete(sessions::table.filter(sessions::account.eq(id.0))).execute(c)?;
        diesel::delete(reset_codes::table.filter(reset_codes::account.eq(id.0))).execute(c)?;
        diesel::delete(enrolled_accounts::table.filter(enrolled_accounts::account.eq(id.0))).execute(c)?;
        diesel::delete(tokens::table.filter(tokens::account.eq(id.0))).execute(c)?;
        diesel::delete(idempotency_keys::table.filter(idempotency_keys::account.eq(id.0))).execute(c)?;
        diesel::delete(review_drafts::table.filter(review_drafts::account.eq(id.0))).execute(c)?;
        diesel::delete(review_claims::table.filter(review_claims::account.eq(id.0))).execute(c)?;
        diesel::delete(help_claims::table.filter(help_claims::account.eq(id.0))).execute(c)?;
        diesel::delete(mentor_notes::table.filter(mentor_notes::learner.eq(id.0))).execute(c)?;
        diesel::delete(mentor_messages::table.filter(mentor_messages::learner.eq(id.0))).execute(c)?;
        // Consents of others are to links about others.
        diesel::delete(summary_links::table.filter(summary_links::learner.eq(id.0))).execute(c)?;
        diesel::delete(summary_consents::table.filter(summary_consents::account.eq(id.0))).execute(c)?;
        // Spans, reasons, terms, alerts and outcomes go with the membership.
        diesel::delete(memberships::table.filter(memberships::account.eq(id.0))).execute(c)?;
        diesel::update(member_terms::table.filter(member_terms::mentor.eq(id.0))).set(member_terms::mentor.eq(None::<i64>)).execute(c)?;
        diesel::delete(invitations::table.filter(invitations::used_by.eq(id.0))).execute(c)?;
        if let Some(mail) = &person.mail {
            diesel::delete(invitations::table.filter(invitations::mail.eq(mail))).execute(c)?;
        }
        diesel::update(accounts::table.find(id.0))
            .set((
                accounts::username.eq(format!("erased.{}", &person.public_id.to_string()[..24])),
                accounts::name.eq(NOBODY),
                accounts::mail.eq(None::<String>),
                accounts::language.eq(None::<String>),
                accounts::zone.eq(Zone::utc().name()),
                accounts::theme.eq("system"),
                accounts::is_admin.eq(false),
                accounts::disabled.eq(true),
                accounts::password_hash.eq(None::<String>),
                accounts::ledger_seq.eq(0),
                accounts::erased_at.eq(now.micros()),
            ))
            .execute(c)?;
        diesel::insert_into(erasures::table)
            .values((erasures::public_id.eq(person.public_id.bytes().as_slice()), erasures::at.eq(now.micros())))
            .on_conflict_do_nothing()
            .execute(c)
    })?;
    Ok(())
}

/// Since when the account is a tombstone; none when it is none.
pub fn erased_at(conn: &mut Conn<'_>, id: AccountId) -> Result<Option<Instant>> {
    let at: Option<Option<i64>> = on_backend!(conn, c => accounts::table.find(id.0).select(accounts::erased_at).first(c).optional())?;
    Ok(at.ok_or(Error::NotThere("account"))?.map(Instant::from_micros))
}

/// All erasures, oldest first: public ids and when.
pub fn erasures(conn: &mut Conn<'_>) -> Result<Vec<(PublicId, Instant)>> {
    let rows: Vec<(Vec<u8>, i64)> = on_backend!(conn, c => erasures::table.order((erasures::at, erasures::public_id)).select((erasures::public_id, erasures::at)).load(c))?;
    rows.iter().map(|(public_id, at)| Ok((rows::public_id(public_id)?, Instant::from_micros(*at)))).collect()
}

/// Erases again those whom a restored backup brought back; how many.
pub fn replay_erasures(conn: &mut Conn<'_>, erasures: &[(PublicId, Instant)]) -> Result<usize> {
    let mut replayed = 0;
    for (public_id, at) in erasures {
        match super::by_public_id(conn, *public_id) {
            Ok(account) => {
                erase(conn, account.id, *at)?;
                replayed += 1;
            }
            Err(Error::NotThere(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(replayed)
}

/// The texts by which others' rows name the person.
struct Person {
    public_id: PublicId,
    username: String,
    name: String,
    mail: Option<String>,
}

fn person(conn: &mut Conn<'_>, id: AccountId) -> Result<Person> {
    type Columns = (Vec<u8>, String, String, Option<String>);
    let columns: Option<Columns> = on_backend!(conn, c => accounts::table
        .find(id.0)
        .select((accounts::public_id, accounts::username, accounts::name, accounts::mail))
        .first(c)
        .optional())?;
    let (public_id, username, name, mail) = columns.ok_or(Error::NotThere("account"))?;
    Ok(Person { public_id: rows::public_id(&public_id)?, username, name, mail })
}

/// What a mentor or a reviewer recorded for learners stays, under no name. Entries hold the name only, so it is looked for where the
/// person could have recorded: in cohorts of theirs.
fn anonymise_reviews(conn: &mut Conn<'_>, id: AccountId, person: &Person) -> Result<()> {
    on_backend!(conn, c => {
        let cohorts: Vec<i64> = memberships::table.filter(memberships::account.eq(id.0)).select(memberships::cohort).load(c)?;
        let learners: Vec<i64> =
            memberships::table.filter(memberships::cohort.eq_any(cohorts)).select(memberships::account).distinct().load(c)?;
        diesel::update(
            evidence_payloads::table
                .filter(evidence_payloads::account.eq_any(learners))
                .filter(evidence_payloads::by_name.eq(&person.name)),
        )
        .set(evidence_payloads::by_name.eq(NOBODY))
        .execute(c)?;
        // Reviews know who answered; the names in what was asked and in what it became are found from there.
        let answered: Vec<(i64, i64, i32)> = reviews::table
            .inner_join(review_requests::table)
            .filter(reviews::by_account.eq(id.0))
            .select((review_requests::id, review_requests::account, reviews::entry))
            .load(c)?;
        for (request, learner, entry) in answered {
            diesel::update(review_requests::table.find(request)).set(review_requests::reviewer.eq(NOBODY)).execute(c)?;
            diesel::update(evidence_payloads::table.find((learner, entry)).filter(evidence_payloads::by_name.is_not_null()))
                .set(evidence_payloads::by_name.eq(NOBODY))
                .execute(c)?;
        }
        let assessed: Vec<(i64, i32)> = assessments::table
            .filter(assessments::by_account.eq(id.0))
            .select((assessments::account, assessments::seq))
            .load(c)?;
        for (learner, entry) in assessed {
            diesel::update(evidence_payloads::table.find((learner, entry)).filter(evidence_payloads::by_name.is_not_null()))
                .set(evidence_payloads::by_name.eq(NOBODY))
                .execute(c)?;
        }
        diesel::update(help_requests::table.filter(help_requests::answered_by.eq(id.0)))
            .set(help_requests::answered_name.eq(NOBODY))
            .execute(c)?;
        diesel::update(mentor_messages::table.filter(mentor_messages::by_account.eq(id.0)))
            .set(mentor_messages::by_name.eq(NOBODY))
            .execute(c)?;
        diesel::update(mentor_notes::table.filter(mentor_notes::by_account.eq(id.0))).set(mentor_notes::by_name.eq(NOBODY)).execute(c)?;
        diesel::update(reviews::table.filter(reviews::by_account.eq(id.0))).set(reviews::by_name.eq(NOBODY)).execute(c)
    })?;
    Ok(())
}

/// The trail keeps who (by key), what and when; names, and details that hold one, go.
fn anonymise_audit(conn: &mut Conn<'_>, id: AccountId, person: &Person) -> Result<()> {
    on_backend!(conn, c => {
        diesel::update(audit::table.filter(audit::actor.eq(id.0))).set(audit::actor_name.eq(NOBODY)).execute(c)?;
        diesel::update(audit::table.filter(audit::subject.eq(&person.username))).set(audit::subject.eq(NOBODY)).execute(c)?;
        for text in [Some(&person.username), Some(&person.name), person.mail.as_ref()].into_iter().flatten() {
            let quoted = rows::to_json(text)?;
            let pattern = format!("%{}%", quoted.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
            diesel::update(audit::table.filter(audit::detail.like(pattern).escape('\\'))).set(audit::detail.eq("{}")).execute(c)?;
        }
        let about = format!("account:{}", person.public_id);
        diesel::update(audit::table.filter(audit::subject.eq(about))).set(audit::detail.eq("{}")).execute(c)
    })?;
    Ok(())
}
