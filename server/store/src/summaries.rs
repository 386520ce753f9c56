//! Links to summaries for a sponsor, and who consented to be in which.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::account::CleanName;
use domain::cohort::{SummaryState, SummaryTerms, summary_state};
use domain::ids::{AccountId, CohortId, PublicId, SummaryLinkId};
use domain::time::Instant;

use crate::rows::{self, one};
use crate::schema::{summary_consents, summary_links};
use crate::{Conn, Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSummaryLink {
    pub public_id: PublicId,
    pub cohort: CohortId,
    /// None: of all of the cohort who consent.
    pub learner: Option<AccountId>,
    /// SHA-256 of the link's secret.
    pub token_hash: [u8; 32],
    pub terms: SummaryTerms,
    pub created_by: Option<AccountId>,
    pub created_at: Instant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryLink {
    pub id: SummaryLinkId,
    pub public_id: PublicId,
    pub cohort: CohortId,
    pub learner: Option<AccountId>,
    pub terms: SummaryTerms,
    pub created_at: Instant,
    pub revoked_at: Option<Instant>,
}

impl SummaryLink {
    pub fn state(&self, now: Instant) -> SummaryState {
        summary_state(self.revoked_at.is_some(), self.terms.expires_at, now)
    }

    /// Whether a learner of the cohort is asked for consent.
    pub fn asks(&self, account: AccountId) -> bool {
        self.learner.is_none_or(|learner| learner == account)
    }
}

pub fn put(conn: &mut Conn<'_>, new: &NewSummaryLink) -> Result<SummaryLink> {
    let row: Row = on_backend!(conn, c => diesel::insert_into(summary_links::table)
        .values((
            summary_links::public_id.eq(new.public_id.bytes().as_slice()),
            summary_links::cohort.eq(new.cohort.0),
            summary_links::learner.eq(new.learner.map(|learner| learner.0)),
            summary_links::label.eq(new.terms.label.as_str()),
            summary_links::token_hash.eq(new.token_hash.as_slice()),
            summary_links::created_by.eq(new.created_by.map(|account| account.0)),
            summary_links::created_at.eq(new.created_at.micros()),
            summary_links::expires_at.eq(new.terms.expires_at.micros()),
        ))
        .returning(Row::as_returning())
        .get_result(c))?;
    row.link()
}

/// All of a cohort, newest first, each with how many consented.
pub fn links(conn: &mut Conn<'_>, cohort: CohortId) -> Result<Vec<(SummaryLink, usize)>> {
    let (rows, consents): (Vec<Row>, Vec<i64>) = on_backend!(conn, c => {
        let rows = summary_links::table
            .filter(summary_links::cohort.eq(cohort.0))
            .order(summary_links::id.desc())
            .select(Row::as_select())
            .load(c)?;
        let consents = summary_consents::table
            .inner_join(summary_links::table)
            .filter(summary_links::cohort.eq(cohort.0))
            .select(summary_consents::link)
            .load(c)?;
        (rows, consents)
    });
    let of = |id: i64| consents.iter().filter(|link| **link == id).count();
    rows.into_iter().map(|row| Ok((of(row.id), row.link()?))).map(|pair| pair.map(|(number, link)| (link, number))).collect()
}

/// The link with that secret, in whatever state, and who consents to it: of one moment.
pub fn find(conn: &mut Conn<'_>, token_hash: &[u8; 32]) -> Result<Option<(SummaryLink, BTreeSet<AccountId>)>> {
    let row: Option<Row> = on_backend!(conn, c => summary_links::table
        .filter(summary_links::token_hash.eq(token_hash.as_slice()))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    let Some(link) = row.map(Row::link).transpose()? else { return Ok(None) };
    let consents: Vec<i64> = on_backend!(conn, c =>
        summary_consents::table.filter(summary_consents::link.eq(link.id.0)).select(summary_consents::account).load(c))?;
    Ok(Some((link, consents.into_iter().map(AccountId).collect())))
}

/// A link of a cohort. Fails with `NotThere("link")`.
pub fn get(conn: &mut Conn<'_>, cohort: CohortId, public_id: PublicId) -> Result<SummaryLink> {
    let row: Option<Row> = on_backend!(conn, c => summary_links::table
        .filter(summary_links::public_id.eq(public_id.bytes().as_slice()))
        .filter(summary_links::cohort.eq(cohort.0))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.ok_or(Error::NotThere("link"))?.link()
}

/// Takes a link back; twice is fine. Fails with `NotThere("link")`.
pub fn revoke(conn: &mut Conn<'_>, cohort: CohortId, public_id: PublicId, now: Instant) -> Result<()> {
    let link = get(conn, cohort, public_id)?;
    if link.revoked_at.is_some() {
        return Ok(());
    }
    let revoked = on_backend!(conn, c =>
        diesel::update(summary_links::table.find(link.id.0)).set(summary_links::revoked_at.eq(now.micros())).execute(c))?;
    one(revoked, "link")
}

/// What a learner is asked in a cohort, newest first, with the time of their consent: what is open, and what they consented
/// to.
pub fn asked_of(conn: &mut Conn<'_>, account: AccountId, cohort: Option<CohortId>) -> Result<Vec<(SummaryLink, Option<Instant>)>> {
    let rows: Vec<(Row, Option<i64>)> = on_backend!(conn, c => {
        let mut query = summary_links::table
            .left_join(
                summary_consents::table.on(summary_consents::link.eq(summary_links::id).and(summary_consents::account.eq(account.0))),
            )
            .filter(
                summary_links::learner.eq(account.0).or(summary_links::learner.is_null()).or(summary_consents::given_at.is_not_null()),
            )
            .order(summary_links::id.desc())
            .select((Row::as_select(), summary_consents::given_at.nullable()))
            .into_boxed();
        query = match cohort {
            Some(cohort) => query.filter(summary_links::cohort.eq(cohort.0)),
            // Of all cohorts: what is about this learner, not what all of a cohort are asked.
            None => query.filter(summary_links::learner.eq(account.0).or(summary_consents::given_at.is_not_null())),
        };
        query.load(c)
    })?;
    rows.into_iter().map(|(row, given)| Ok((row.link()?, given.map(Instant::from_micros)))).collect()
}

/// Consents, once; twice is fine.
pub fn consent(conn: &mut Conn<'_>, link: SummaryLinkId, account: AccountId, now: Instant) -> Result<()> {
    on_backend!(conn, c => diesel::insert_into(summary_consents::table)
        .values((
            summary_consents::link.eq(link.0),
            summary_consents::account.eq(account.0),
            summary_consents::given_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// Takes a consent back; twice is fine.
pub fn withdraw(conn: &mut Conn<'_>, link: SummaryLinkId, account: AccountId) -> Result<()> {
    on_backend!(conn, c => diesel::delete(summary_consents::table.find((link.0, account.0))).execute(c))?;
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = summary_links, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    public_id: Vec<u8>,
    cohort: i64,
    learner: Option<i64>,
    label: String,
    created_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
}

impl Row {
    fn link(self) -> Result<SummaryLink> {
        let label: CleanName = rows::clean_name(&self.label)?;
        Ok(SummaryLink {
            id: SummaryLinkId(self.id),
            public_id: rows::public_id(&self.public_id)?,
            cohort: CohortId(self.cohort),
            learner: self.learner.map(AccountId),
            terms: SummaryTerms { label, expires_at: Instant::from_micros(self.expires_at) },
            created_at: Instant::from_micros(self.created_at),
            revoked_at: self.revoked_at.map(Instant::from_micros),
        })
    }
}
