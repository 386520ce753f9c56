//! Links with which people join a cohort.

use diesel::prelude::*;
use domain::cohort::{Membership, Standing};
use domain::enrolment::{LinkState, LinkTerms, joins, link_state};
use domain::ids::{AccountId, CohortId, CohortLinkId, PublicId};
use domain::time::Instant;

use crate::rows::{self, one};
use crate::schema::cohort_links;
use crate::{Conn, Error, Result, cohorts};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCohortLink {
    pub public_id: PublicId,
    pub cohort: CohortId,
    /// SHA-256 of the link's secret.
    pub token_hash: [u8; 32],
    pub terms: LinkTerms,
    pub created_by: Option<AccountId>,
    pub created_at: Instant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohortLink {
    pub id: CohortLinkId,
    pub public_id: PublicId,
    pub cohort: CohortId,
    pub terms: LinkTerms,
    pub taken: u32,
    pub created_at: Instant,
    pub revoked_at: Option<Instant>,
}

impl CohortLink {
    pub fn state(&self, now: Instant) -> LinkState {
        link_state(self.revoked_at.is_some(), self.terms.expires_at, self.taken, self.terms.places, now)
    }
}

pub fn put_link(conn: &mut Conn<'_>, new: &NewCohortLink) -> Result<CohortLink> {
    let row: Row = on_backend!(conn, c => diesel::insert_into(cohort_links::table)
        .values((
            cohort_links::public_id.eq(new.public_id.bytes().as_slice()),
            cohort_links::cohort.eq(new.cohort.0),
            cohort_links::token_hash.eq(new.token_hash.as_slice()),
            cohort_links::standing.eq(new.terms.standing.word()),
            cohort_links::places.eq(rows::signed(new.terms.places)?),
            cohort_links::taken.eq(0),
            cohort_links::created_by.eq(new.created_by.map(|account| account.0)),
            cohort_links::created_at.eq(new.created_at.micros()),
            cohort_links::expires_at.eq(new.terms.expires_at.micros()),
        ))
        .returning(Row::as_returning())
        .get_result(c))?;
    row.link()
}

/// All of a cohort, newest first, those that are over too.
pub fn links(conn: &mut Conn<'_>, cohort: CohortId) -> Result<Vec<CohortLink>> {
    let rows: Vec<Row> = on_backend!(conn, c => cohort_links::table
        .filter(cohort_links::cohort.eq(cohort.0))
        .order(cohort_links::id.desc())
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::link).collect()
}

/// The link with that secret, in whatever state.
pub fn find_link(conn: &mut Conn<'_>, token_hash: &[u8; 32]) -> Result<Option<CohortLink>> {
    let row: Option<Row> = on_backend!(conn, c => cohort_links::table
        .filter(cohort_links::token_hash.eq(token_hash.as_slice()))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(Row::link).transpose()
}

/// Holds the link until the end of the transaction and gives it as it is then: who comes by it meanwhile, or takes it back,
/// waits. None when it is gone.
fn lock_link(conn: &mut Conn<'_>, id: CohortLinkId) -> Result<Option<CohortLink>> {
    let row: Option<Row> = on_backend!(conn, c => diesel::update(cohort_links::table.find(id.0))
        .set(cohort_links::taken.eq(cohort_links::taken))
        .returning(Row::as_returning())
        .get_result(c)
        .optional())?;
    row.map(Row::link).transpose()
}

fn take_place(conn: &mut Conn<'_>, id: CohortLinkId) -> Result<()> {
    let taken = on_backend!(conn, c =>
        diesel::update(cohort_links::table.find(id.0)).set(cohort_links::taken.eq(cohort_links::taken + 1)).execute(c))?;
    one(taken, "link")
}

/// Takes a link back; twice is fine. Fails with `NotThere("link")`.
pub fn revoke_link(conn: &mut Conn<'_>, cohort: CohortId, public_id: PublicId, now: Instant) -> Result<()> {
    let this = cohort_links::public_id.eq(public_id.bytes().as_slice()).and(cohort_links::cohort.eq(cohort.0));
    let found: Option<Option<i64>> = on_backend!(conn, c =>
        cohort_links::table.filter(this).select(cohort_links::revoked_at).first(c).optional())?;
    match found {
        None => Err(Error::NotThere("link")),
        Some(Some(_)) => Ok(()),
        Some(None) => {
            let revoked = on_backend!(conn, c =>
                diesel::update(cohort_links::table.filter(this)).set(cohort_links::revoked_at.eq(now.micros())).execute(c))?;
            one(revoked, "link")
        }
    }
}

/// Makes somebody a member by a link; false for who is one already, and then no place is taken. Link and member are held, so
/// of two who come by the last place one comes in, and whoever is dropped meanwhile was in before or stays out. Fails with
/// `link_gone` where the link opens no more, with `left_cohort` and `member_already` as the domain's `joins` says.
pub fn join(conn: &mut Conn<'_>, link: CohortLinkId, account: AccountId, now: Instant) -> Result<(Membership, bool)> {
    let link = lock_link(conn, link)?.ok_or(Error::Rule("link_gone"))?;
    match cohorts::lock_member(conn, link.cohort, account) {
        Ok(_) | Err(Error::NotThere(_)) => {}
        Err(other) => return Err(other),
    }
    let member = cohorts::memberships(conn, account)?.into_iter().find(|member| member.cohort == link.cohort);
    if !joins(member.as_ref(), link.terms.standing).map_err(Error::Rule)? {
        return Ok((member.ok_or(Error::NotThere("membership"))?, false));
    }
    if link.state(now) != LinkState::Open {
        return Err(Error::Rule("link_gone"));
    }
    take_place(conn, link.id)?;
    Ok((cohorts::add_member(conn, link.cohort, account, link.terms.standing, now)?, true))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = cohort_links, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    public_id: Vec<u8>,
    cohort: i64,
    standing: String,
    places: i32,
    taken: i32,
    created_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
}

impl Row {
    fn link(self) -> Result<CohortLink> {
        let standing: Standing = rows::word(&self.standing)?;
        Ok(CohortLink {
            id: CohortLinkId(self.id),
            public_id: rows::public_id(&self.public_id)?,
            cohort: CohortId(self.cohort),
            terms: LinkTerms { standing, places: rows::unsigned(self.places)?, expires_at: Instant::from_micros(self.expires_at) },
            taken: rows::unsigned(self.taken)?,
            created_at: Instant::from_micros(self.created_at),
            revoked_at: self.revoked_at.map(Instant::from_micros),
        })
    }
}
