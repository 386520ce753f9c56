//! `waymark cohort enrol` and `waymark cohort codes`: people from a file, and what they come in with.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::cohort::Cohort;
use domain::enrolment::{PersonFate, read_people};
use domain::ids::PublicId;
use domain::template;
use store::{cohorts, templates};
use web::services::Actor;
use web::services::cohorts::Begin;
use web::services::enrolment::{self, Counts, Progress};

use crate::wire::{Failure, Tools};

/// Takes everybody of a file into a cohort, or with one row refused nobody.
pub fn enrol(tools: &Tools, file: &Path, cohort: &str, dry_run: bool) -> Result<(), Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::input(format!("{}: {error}", file.display())))?;
    let typed = read_people(&text).map_err(|error| tools.said(error.code))?;
    let cohort = find(tools, cohort)?;
    let languages: Vec<String> = tools.words.tags().into_iter().map(str::to_owned).collect();
    let fates =
        tools.store.read_blocking(|conn| enrolment::fates(conn, &cohort, &languages, &typed)).map_err(|error| tools.failed(error))?;
    for (row, fate) in typed.iter().zip(&fates) {
        let line = row.line;
        match fate {
            PersonFate::New(comer, person) => println!("{line}: new: {} ({})", comer.username, person.name),
            PersonFate::Joins(comer) => println!("{line}: joins: {}", comer.username),
            PersonFate::Known(username) => println!("{line}: member already: {username}"),
            PersonFate::Refused(errors) => {
                for error in errors {
                    println!("{line}: refused: {}: {}", error.field, tools.lang().t(&web::errors::message_key(error.code)));
                }
            }
        }
    }
    let counts = Counts::of(&fates);
    let Counts { new, joins, known, refused } = counts;
    eprintln!("{new} new, {joins} join, {known} members already, {refused} refused.");
    if refused > 0 {
        return Err(Failure::input("Nobody came in: mend the rows that are refused.".to_owned()));
    }
    if dry_run {
        return Ok(());
    }
    let begin = begin(tools, &cohort)?;
    let (actor, dice, total) = (actor(tools), Arc::clone(&tools.dice), typed.len());
    let (progress, over) = (Arc::new(Progress::default()), Arc::new(AtomicBool::new(false)));
    let shown = {
        let (progress, over) = (Arc::clone(&progress), Arc::clone(&over));
        std::thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                std::thread::park_timeout(Duration::from_millis(500));
                eprint!("\r{} of {total} rows", progress.done());
                let _ = std::io::stderr().flush();
            }
            eprintln!();
        })
    };
    // Whoever presses Ctrl-C ends the process and with it the transaction: nothing of it is kept.
    let done =
        tools.store.write_blocking(move |conn| enrolment::enrol(conn, &actor, &cohort, &begin, &*dice, &languages, &typed, &progress));
    over.store(true, Ordering::Relaxed);
    shown.thread().unpark();
    let _ = shown.join();
    match done.map_err(|error| tools.failed(error))? {
        Ok(_) => eprintln!("They are in. `waymark cohort codes` prints codes for those who have not come in yet."),
        Err(_) => return Err(Failure::input("Somebody changed something meanwhile: look at the file again with --dry-run.".to_owned())),
    }
    Ok(())
}

/// Makes codes for everybody who has not come in, as CSV on standard output.
pub fn codes(tools: &Tools, cohort: &str) -> Result<(), Failure> {
    let cohort = find(tools, cohort)?;
    let place = tools.links_to_hand_out()?.absolute("reset", &[]);
    let (actor, dice) = (actor(tools), Arc::clone(&tools.dice));
    let codes = tools.store.write_blocking(move |conn| enrolment::make_codes(conn, &actor, &cohort, &*dice));
    print!("{}", enrolment::codes_csv(&codes.map_err(|error| tools.failed(error))?, &place).map_err(Failure::broken)?);
    Ok(())
}

/// A cohort by its id or its name.
fn find(tools: &Tools, wanted: &str) -> Result<Cohort, Failure> {
    let id: Option<PublicId> = wanted.parse().ok();
    let all = tools.store.read_blocking(cohorts::list).map_err(|error| tools.failed(error))?;
    let found = all.into_iter().find(|cohort| Some(cohort.public_id) == id || cohort.name.as_str() == wanted);
    found.ok_or_else(|| Failure::input(format!("There is no cohort “{wanted}”; `waymark cohort list` names all.")))
}

fn begin(tools: &Tools, cohort: &Cohort) -> Result<Begin, Failure> {
    let id = cohort.id;
    let read = tools.store.read_blocking(|conn| {
        let set_up = cohorts::set_up(conn, id)?;
        let rows = set_up.roles.iter().map(|role| templates::get(conn, role.revision)).collect::<Result<Vec<_>, _>>()?;
        Ok((set_up, rows))
    });
    let (set_up, rows) = read.map_err(|error| tools.failed(error))?;
    let restored = rows.iter().map(|row| template::restore(&row.canonical).map(Arc::new));
    let templates = restored.collect::<Result<Vec<_>, _>>().map_err(|problems| Failure::broken(problems.to_string()))?;
    Begin::with(cohort, &set_up, &templates).map_err(Failure::broken)
}

/// Whoever is at the command line.
fn actor(tools: &Tools) -> Actor {
    let row = tools.audited("cohort.enrol", String::new(), serde_json::Value::Null);
    Actor {
        account: None,
        name: row.actor_name,
        request_id: row.request_id.unwrap_or_default(),
        now: tools.clock.now(),
        address: std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
        user_agent: String::new(),
    }
}
