//! `waymark cohort …`: cohorts, from the command line.

use domain::account::Username;
use domain::cohort::{FrameWish, Standing, check_frame};
use domain::time::Day;
use store::cohorts::NewCohort;
use store::{accounts, audit, cohorts};

use crate::cli::CohortCommand;
use crate::wire::{Failure, Tools};

pub fn run(tools: &Tools, command: CohortCommand) -> Result<(), Failure> {
    match command {
        CohortCommand::Create { name, from, to, zone, lead } => create(tools, name, &from, &to, zone, lead.as_deref()),
        CohortCommand::List => list(tools),
        CohortCommand::Enrol { file, cohort, dry_run } => super::enrolment::enrol(tools, &file, &cohort, dry_run),
        CohortCommand::Codes { cohort } => super::enrolment::codes(tools, &cohort),
    }
}

fn create(tools: &Tools, name: String, from: &str, to: &str, zone: String, lead: Option<&str>) -> Result<(), Failure> {
    let day = |text: &str| text.parse::<Day>().map_err(Failure::input);
    let wish = FrameWish { name, starts_on: Some(day(from)?), ends_on: Some(day(to)?), zone };
    let frame = check_frame(&wish).map_err(|wrong| tools.said(wrong.first().map_or("fields_wrong", |error| error.code)))?;
    let lead = lead.map(|lead| Username::parse(lead).map_err(|bad| tools.said(bad.code()))).transpose()?;
    let new = NewCohort {
        public_id: tools.dice.public_id(),
        name: frame.name,
        starts_on: frame.starts_on,
        ends_on: frame.ends_on,
        zone: frame.zone,
        created_at: tools.clock.now(),
    };
    let row = tools.audited("cohort.create", format!("cohort:{}", new.public_id), serde_json::json!({ "name": new.name.as_str() }));
    let made = tools.store.write_blocking(move |conn| {
        let made = cohorts::create(conn, &new)?;
        if let Some(lead) = &lead {
            let (account, _) = accounts::by_username(conn, lead)?.ok_or(store::Error::Rule("person_unknown"))?;
            cohorts::add_member(conn, made.id, account.id, Standing::Lead, new.created_at)?;
        }
        audit::append(conn, &row)?;
        Ok(made)
    });
    let made = made.map_err(|error| tools.failed(error))?;
    println!("{}", tools.links().absolute("cohort-set-up", &[&made.public_id.to_string()]));
    Ok(())
}

fn list(tools: &Tools) -> Result<(), Failure> {
    for cohort in tools.store.read_blocking(cohorts::list).map_err(|error| tools.failed(error))? {
        println!("{}  {}  {}  {}  {}", cohort.public_id, cohort.starts_on, cohort.ends_on, cohort.zone, cohort.name);
    }
    Ok(())
}
