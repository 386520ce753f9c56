//! People from a file: what becomes of each row, and the whole file in one transaction.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use domain::account::{Account, Theme};
use domain::cohort::{Cohort, Standing, Terms};
use domain::enrolment::{Comer, PersonFate, Place, TypedPerson, people_fates};
use domain::ids::AccountId;
use domain::world::Dice;
use serde_json::json;
use store::accounts::NewAccount;

use crate::errors::{Error, Field};
use crate::services::Actor;
use crate::services::cohorts::{Begin, begin_paths};
use crate::services::once::Outcome;
use crate::services::reset::{self, MadeCode};
use crate::state::State;

/// How many rows came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: usize,
    pub joins: usize,
    pub known: usize,
    pub refused: usize,
}

impl Counts {
    pub fn of(fates: &[PersonFate]) -> Self {
        let mut counts = Self::default();
        for fate in fates {
            *match fate {
                PersonFate::New(..) => &mut counts.new,
                PersonFate::Joins(_) => &mut counts.joins,
                PersonFate::Known(_) => &mut counts.known,
                PersonFate::Refused(_) => &mut counts.refused,
            } += 1;
        }
        counts
    }
}

/// How far an import is, for whoever waits; and whether somebody said stop.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    cancelled: AtomicBool,
}

impl Progress {
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Ends the import at its next row, with nothing of it kept. Too late where the last row is done.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Begins anew: a transaction may run twice.
    pub(crate) fn begin(&self) {
        self.done.store(0, Ordering::Relaxed);
    }

    pub(crate) fn step(&self) -> Result<(), store::Error> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(store::Error::Rule("import_cancelled"));
        }
        self.done.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

/// What would become of each row, as the database is now; nothing is written, and nobody who writes has to wait.
pub async fn look_at_people(state: &State, cohort: &Cohort, typed: Vec<TypedPerson>) -> Result<Vec<(TypedPerson, PersonFate)>, Error> {
    let (cohort, languages) = (cohort.clone(), languages(state));
    let found = state.store.scan(move |conn| {
        let fates = fates(conn, &cohort, &languages, &typed)?;
        Ok(typed.into_iter().zip(fates).collect())
    });
    Ok(found.await?)
}

/// Languages that an account may have.
pub fn languages(state: &State) -> Vec<String> {
    state.words.tags().into_iter().map(str::to_owned).collect()
}

/// The fates of all rows, for one transaction.
pub fn fates(
    conn: &mut store::Conn<'_>,
    cohort: &Cohort,
    languages: &[String],
    typed: &[TypedPerson],
) -> Result<Vec<PersonFate>, store::Error> {
    let known = store::enrolment::known_people(conn, cohort.id)?;
    let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
    let place = Place { starts_on: cohort.starts_on, ends_on: cohort.ends_on, zone: &cohort.zone, languages: &languages };
    Ok(people_fates(typed, &known, &place))
}

/// What is wrong with rows, each at `rows.<line>.<column>`.
pub fn refusals(typed: &[TypedPerson], fates: &[PersonFate]) -> Vec<Field> {
    let wrong = typed.iter().zip(fates).filter_map(|(row, fate)| match fate {
        PersonFate::Refused(errors) => {
            Some(errors.iter().map(|error| Field::new(format!("rows.{}.{}", row.line, error.field), error.code)))
        }
        _ => None,
    });
    wrong.flatten().collect()
}

/// Takes a whole file into a cohort, inside a transaction: all of it, or with one row refused nothing. No password is hashed
/// here: new accounts have none until their people come in with a code.
#[allow(clippy::too_many_arguments, reason = "all that a row may need")]
pub fn enrol(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    begin: &Begin,
    dice: &dyn Dice,
    languages: &[String],
    typed: &[TypedPerson],
    progress: &Progress,
) -> Result<Outcome<Counts>, store::Error> {
    progress.begin();
    let fates = fates(conn, cohort, languages, typed)?;
    let refused = refusals(typed, &fates);
    if !refused.is_empty() {
        return Ok(Err(Error::Fields(refused)));
    }
    let mut ids: HashMap<String, AccountId> = HashMap::new();
    let mut later: Vec<(AccountId, &Comer)> = Vec::new();
    for fate in &fates {
        progress.step()?;
        let (comer, account) = match fate {
            PersonFate::Known(_) | PersonFate::Refused(_) => continue,
            PersonFate::New(comer, person) => {
                let new = NewAccount {
                    public_id: dice.public_id(),
                    username: comer.username.clone(),
                    name: person.name.clone(),
                    mail: person.mail.clone(),
                    language: person.language.clone(),
                    zone: person.zone.clone(),
                    theme: Theme::System,
                    is_admin: false,
                    password_hash: None,
                    created_at: actor.now,
                };
                let account = store::accounts::create(conn, &new)?;
                store::enrolment::enrolled(conn, account.id, cohort.id)?;
                (comer, account)
            }
            PersonFate::Joins(comer) => {
                let (account, _) = store::accounts::by_username(conn, &comer.username)?.ok_or(store::Error::NotThere("account"))?;
                (comer, account)
            }
        };
        store::cohorts::add_member(conn, cohort.id, account.id, comer.standing, actor.now)?;
        if comer.standing == Standing::Learner {
            if matches!(fate, PersonFate::Joins(_)) {
                store::cohorts::withhold_all(conn, cohort.id, account.id)?;
            }
            begin_paths(conn, actor, cohort, begin, dice, &account)?;
        }
        if comer.mentor.is_some() || comer.starts_on.is_some() {
            later.push((account.id, comer));
        }
        ids.insert(comer.username.to_string(), account.id);
    }
    // A mentor may stand on a later row.
    for (account, comer) in later {
        let mentor = match &comer.mentor {
            None => None,
            Some(mentor) => match ids.get(mentor.as_str()) {
                Some(id) => Some(*id),
                None => store::accounts::by_username(conn, mentor)?.map(|(account, _)| account.id),
            },
        };
        store::cohorts::put_terms(conn, cohort.id, account, &Terms { mentor, starts_on: comer.starts_on, ..Terms::default() })?;
    }
    let counts = Counts::of(&fates);
    let detail = json!({ "new": counts.new, "joined": counts.joins });
    store::audit::append(conn, &actor.row("cohort.enrol", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(Ok(counts))
}

/// A one-time code of somebody who has not come in yet.
pub struct PersonCode {
    pub account: Account,
    pub made: MadeCode,
}

/// Makes a code for everybody whose account the cohort made and who has not come in, inside a transaction. Codes of before
/// work no more.
pub fn make_codes(conn: &mut store::Conn<'_>, actor: &Actor, cohort: &Cohort, dice: &dyn Dice) -> Result<Vec<PersonCode>, store::Error> {
    let mut codes = Vec::new();
    for account in store::enrolment::not_come_in(conn, cohort.id)? {
        let (new, made) = reset::make_long(dice, account.id, actor.now);
        store::reset_codes::put(conn, &new)?;
        codes.push(PersonCode { account, made });
    }
    let detail = json!({ "codes": codes.len() });
    store::audit::append(conn, &actor.row("cohort.codes", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(codes)
}

/// Codes as a file; what a spreadsheet would take for a formula is made harmless.
pub fn codes_csv(codes: &[PersonCode], place: &str) -> Result<String, Error> {
    let head = ["name", "username", "code", "until", "where"].map(str::to_owned);
    let row = |one: &PersonCode| {
        vec![
            one.account.name.to_string(),
            one.account.username.to_string(),
            one.made.code.clone(),
            one.made.expires_at.to_string(),
            place.to_owned(),
        ]
    };
    domain::cohort::board_csv(&head, &codes.iter().map(row).collect::<Vec<_>>()).map_err(Error::machine)
}
