//! People of a cohort from a file. Every row has a fate, and what is wrong with a row is said in full, so that all of it can
//! be shown before anything is stored.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::table::read_table;
use crate::account::{CleanName, MailAddress, Username};
use crate::cohort::{MemberState, Standing, TermsWish, check_terms};
use crate::ledger::{FieldError, Wrong};
use crate::search::fold;
use crate::time::{Day, Zone};

/// Most rows of a file.
pub const MAX_PEOPLE: usize = 10_000;
/// Most bytes of a file.
pub const MAX_PEOPLE_BYTES: usize = 4 << 20;
/// What the columns of the file are called; `name` or `username` has to be there.
pub const PEOPLE_COLUMNS: &[&str] = &["name", "username", "mail", "zone", "language", "standing", "mentor", "starts_on"];

/// A row as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPerson {
    /// Of the file, from 1.
    pub line: u64,
    pub name: String,
    pub username: String,
    pub mail: String,
    pub zone: String,
    pub language: String,
    pub standing: String,
    /// Username of the primary mentor.
    pub mentor: String,
    pub starts_on: String,
}

/// Reads a file with the columns [`PEOPLE_COLUMNS`]. Fails with the field `file`.
pub fn read_people(text: &str) -> Result<Vec<TypedPerson>, FieldError> {
    if text.len() > MAX_PEOPLE_BYTES {
        return Err(FieldError::new("file", "file_too_large"));
    }
    let needed: &[&str] = if text.lines().next().is_some_and(|head| head.to_lowercase().contains("username")) { &[] } else { &["name"] };
    let table = read_table(text, PEOPLE_COLUMNS, needed, MAX_PEOPLE)?;
    let person = |(line, cells): (u64, Vec<String>)| {
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or_default();
        TypedPerson {
            line,
            name: next(),
            username: next(),
            mail: next(),
            zone: next(),
            language: next(),
            standing: next(),
            mentor: next(),
            starts_on: next(),
        }
    };
    Ok(table.rows.into_iter().map(person).collect())
}

/// Who is there already.
#[derive(Clone, Debug, Default)]
pub struct KnownPeople {
    /// Every username of the instance, tombstones' too.
    pub usernames: HashSet<String>,
    /// Members of the cohort by username.
    pub members: HashMap<String, KnownMember>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownMember {
    pub name: String,
    pub mail: Option<String>,
    pub standing: Standing,
    pub state: MemberState,
}

/// The cohort that people come into.
pub struct Place<'a> {
    pub starts_on: Day,
    pub ends_on: Day,
    /// Of who names none.
    pub zone: &'a Zone,
    pub languages: &'a [&'a str],
}

/// Somebody who comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comer {
    pub username: Username,
    pub standing: Standing,
    /// Learners only; a member already, or on another row.
    pub mentor: Option<Username>,
    /// Where it is not the cohort's first day.
    pub starts_on: Option<Day>,
}

/// An account to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    pub name: CleanName,
    pub mail: Option<MailAddress>,
    pub zone: Zone,
    pub language: Option<String>,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonFate {
    /// An account is made.
    New(Comer, NewPerson),
    /// Somebody who has an account comes in. What they recorded before is withheld, and the row changes nothing of theirs.
    Joins(Comer),
    /// A member already, with this standing; left as it is.
    Known(String),
    /// For all these reasons.
    Refused(Vec<FieldError>),
}

/// The fates of all rows. A file comes in as a whole: with one row refused, nobody does.
///
/// A row with the username of an account is about that person, and its other columns about them are passed over. Every other
/// row makes an account: `name` is needed, the username is made of it where there is none, a mail address may stand on one
/// row only. A row without username is known again by its mail address or, without one, by its name among the members.
pub fn people_fates(rows: &[TypedPerson], known: &KnownPeople, into: &Place<'_>) -> Vec<PersonFate> {
    let by_mail: HashMap<String, &String> =
        known.members.iter().filter_map(|(username, member)| Some((member.mail.as_ref()?.to_lowercase(), username))).collect();
    let by_name: HashMap<String, &String> = known.members.iter().map(|(username, member)| (fold(&member.name), username)).collect();
    let mut taken: HashSet<String> =
        rows.iter().filter_map(|row| Username::parse(&row.username).ok()).map(|name| name.to_string()).collect();
    taken.extend(known.usernames.iter().cloned());
    let mut seen = Seen::default();
    let mentors: BTreeSet<String> = rows
        .iter()
        .filter(|row| row.standing.parse::<Standing>().is_ok_and(|standing| standing >= Standing::Mentor))
        .filter_map(|row| Username::parse(&row.username).ok())
        .map(|name| name.to_string())
        .collect();
    rows.iter().map(|row| fate(row, known, into, &by_mail, &by_name, &mentors, &mut taken, &mut seen)).collect()
}

/// What stood on rows before.
#[derive(Default)]
struct Seen {
    usernames: HashSet<String>,
    mails: HashSet<String>,
    /// Of rows without username and mail.
    names: HashSet<String>,
}

#[allow(clippy::too_many_arguments, reason = "one row against all that is known")]
fn fate(
    row: &TypedPerson,
    known: &KnownPeople,
    into: &Place<'_>,
    by_mail: &HashMap<String, &String>,
    by_name: &HashMap<String, &String>,
    mentors: &BTreeSet<String>,
    taken: &mut HashSet<String>,
    seen: &mut Seen,
) -> PersonFate {
    let mut wrong = Wrong::default();
    let standing = match row.standing.to_lowercase().as_str() {
        "" => Standing::Learner,
        text => text.parse().unwrap_or_else(|_| {
            wrong.add("standing", "standing_unknown");
            Standing::Learner
        }),
    };
    let starts_on: Option<Day> = match row.starts_on.as_str() {
        "" => None,
        text => text.parse().map_err(|_| wrong.add("starts_on", "day_malformed")).ok(),
    };
    let terms = check_terms(TermsWish { starts_on, ..TermsWish::default() }, into.starts_on, into.ends_on, None);
    let starts_on = terms.map_err(|errors| errors.into_iter().for_each(|error| wrong.add(error.field, error.code)));
    let starts_on = starts_on.ok().and_then(|terms| terms.starts_on);
    let mentor = match row.mentor.as_str() {
        "" => None,
        text => match Username::parse(text) {
            Ok(mentor) => {
                let guides = |member: &KnownMember| member.standing >= Standing::Mentor && member.state == MemberState::Active;
                if !known.members.get(mentor.as_str()).is_some_and(guides) && !mentors.contains(mentor.as_str()) {
                    wrong.add("mentor", "mentor_unknown");
                }
                Some(mentor)
            }
            Err(_) => {
                wrong.add("mentor", "mentor_unknown");
                None
            }
        },
    };
    if standing != Standing::Learner && (mentor.is_some() || !row.starts_on.is_empty()) {
        wrong.add(if mentor.is_some() { "mentor" } else { "starts_on" }, "only_for_learners");
    }
    let username = match row.username.as_str() {
        "" => None,
        text => Username::parse(text).map_err(|bad| wrong.add("username", bad.code())).ok(),
    };
    if let Some(username) = &username {
        if !seen.usernames.insert(username.to_string()) {
            wrong.add("username", "username_twice");
        }
        if let Some(member) = known.members.get(username.as_str()) {
            return member_fate(wrong, username.to_string(), member, standing);
        }
        if known.usernames.contains(username.as_str()) {
            let comer = Comer { username: username.clone(), standing, mentor, starts_on };
            return wrong.none().map_or_else(PersonFate::Refused, |()| PersonFate::Joins(comer));
        }
    }

    let mail = match row.mail.as_str() {
        "" => None,
        text => MailAddress::parse(text).map_err(|bad| wrong.add("mail", bad.code())).ok(),
    };
    if let Some(mail) = &mail {
        let folded = mail.as_str().to_lowercase();
        if let Some(&username) = by_mail.get(&folded).filter(|_| row.username.is_empty()) {
            return match known.members.get(username) {
                Some(member) => member_fate(wrong, username.clone(), member, standing),
                None => PersonFate::Known(username.clone()),
            };
        }
        if !seen.mails.insert(folded) {
            wrong.add("mail", "mail_twice");
        }
    }
    let name = CleanName::parse(&row.name).map_err(|bad| wrong.add("name", bad.code())).ok();
    if let Some(name) = name.as_ref().filter(|_| row.username.is_empty() && mail.is_none()) {
        let folded = fold(name.as_str());
        if by_name.contains_key(&folded) {
            wrong.add("name", "name_known");
        }
        if !seen.names.insert(folded) {
            wrong.add("name", "person_twice");
        }
    }
    let zone = match row.zone.as_str() {
        "" => Some(into.zone.clone()),
        text => Zone::parse(text).map_err(|_| wrong.add("zone", "zone_unknown")).ok(),
    };
    let language = Some(row.language.to_lowercase()).filter(|language| !language.is_empty());
    if language.as_deref().is_some_and(|language| !into.languages.contains(&language)) {
        wrong.add("language", "language_unknown");
    }
    let (Some(name), Some(zone), true) = (name, zone, wrong.0.is_empty()) else { return PersonFate::Refused(wrong.0) };
    let Some(username) = username.or_else(|| username_for(name.as_str(), taken)) else {
        return PersonFate::Refused(vec![FieldError::new("username", "missing")]);
    };
    taken.insert(username.to_string());
    PersonFate::New(Comer { username, standing, mentor, starts_on }, NewPerson { name, mail, zone, language })
}

/// Who paused, left or completed comes back on their own page, not by a file that is read again.
fn member_fate(mut wrong: Wrong, username: String, member: &KnownMember, standing: Standing) -> PersonFate {
    if member.state != MemberState::Active {
        wrong.add("username", "member_not_active");
    } else if member.standing != standing {
        wrong.add("standing", "standing_differs");
    }
    wrong.none().map_or_else(PersonFate::Refused, |()| PersonFate::Known(username))
}

/// A username made of a name: `ada.okafor`, with a number where that is taken. None where the name has no Latin letter or
/// digit.
pub fn username_for(name: &str, taken: &HashSet<String>) -> Option<Username> {
    let spelt: BTreeMap<char, &str> =
        [('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('ß', "ss"), ('ø', "oe"), ('å', "aa"), ('æ', "ae"), ('ł', "l")].into();
    let mut spelled = String::new();
    for c in name.to_lowercase().chars() {
        match spelt.get(&c) {
            Some(letters) => spelled.push_str(letters),
            None => spelled.push(c),
        }
    }
    let folded = fold(&spelled);
    let words: Vec<String> = folded
        .split(|c: char| c.is_whitespace() || c == '-' || c == '.')
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    let base: String = words.join(".").chars().take(27).collect();
    let base = base.trim_end_matches('.').to_owned();
    if base.is_empty() {
        return None;
    }
    let base = if base.len() == 1 { format!("{base}0") } else { base };
    (1..=MAX_PEOPLE + 1).find_map(|number| {
        let candidate = if number == 1 { base.clone() } else { format!("{base}{number}") };
        Username::parse(&candidate).ok().filter(|username| !taken.contains(username.as_str()))
    })
}
