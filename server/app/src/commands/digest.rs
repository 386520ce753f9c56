//! `waymark digest …` and `waymark mail test`: mail, from the command line.

use std::sync::Arc;

use domain::account::{CleanName, MailAddress, Username};
use jobs::Jobs;
use mail::Outgoing;
use store::accounts;

use crate::cli::{DigestCommand, MailCommand};
use crate::post;
use crate::wire::{self, Failure, Tools};

pub fn run(tools: &Tools, command: DigestCommand) -> Result<(), Failure> {
    match command {
        DigestCommand::Preview { username, mentor, html } => preview(tools, &username, mentor, html),
        DigestCommand::Run => round(tools),
    }
}

pub fn run_mail(tools: &Tools, command: MailCommand) -> Result<(), Failure> {
    let MailCommand::Test { address } = command;
    let to = MailAddress::parse(&address).map_err(|bad| tools.said(bad.code()))?;
    let mailer = post::mailer(tools.config(), tools.base.host())?;
    let now = tools.clock.now();
    let name = CleanName::parse("Waymark test").map_err(|bad| tools.said(bad.code()))?;
    let letter = letters::test_letter(
        &tools.lang(),
        &tools.config().instance.name,
        &letters::Links::new(&tools.base.to_string()),
        now,
        &domain::time::Zone::utc(),
    )
    .map_err(Failure::broken)?;
    let message_id = mail::message_id(&tools.dice.public_id(), &mailer.sender().address);
    let outgoing = Outgoing { message_id, to_name: name, to, letter, list: None, date: now };
    wire::runtime()?
        .block_on(async {
            let sent = mailer.send(&outgoing).await;
            mailer.close().await;
            sent
        })
        .map_err(|error| Failure::input(format!("The mail did not go out: {error}. `waymark doctor` looks at the set-up.")))?;
    let status = post::status(tools.config());
    println!("The mail went to {} ({}).", status.target, status.transport);
    Ok(())
}

fn preview(tools: &Tools, username: &str, mentor: bool, html: bool) -> Result<(), Failure> {
    let name = Username::parse(username).map_err(|bad| tools.said(bad.code()))?;
    let found = tools.store.read_blocking(|conn| accounts::by_username(conn, &name)).map_err(|error| tools.failed(error))?;
    let Some((account, _)) = found else { return Err(Failure::input(format!("There is nobody called {username}."))) };
    let letter = wire::runtime()?.block_on(async {
        let jobs = Jobs::new(wire::job_parts(tools, None)?).await.map_err(Failure::broken)?;
        let now = tools.clock.now();
        let letter = if mentor { jobs.preview_of_guide(account.id, now).await } else { jobs.preview(account.id, now).await.map(Some) };
        letter.map_err(Failure::broken)
    })?;
    let Some(letter) = letter else { return Err(Failure::input(format!("{username} is a mentor or lead of no cohort."))) };
    if html {
        println!("{}", letter.html);
    } else {
        println!("Subject: {}\n\n{}", letter.subject, letter.text);
    }
    Ok(())
}

fn round(tools: &Tools) -> Result<(), Failure> {
    let round = wire::jobs_runtime()?.block_on(async {
        let jobs = Arc::new(Jobs::new(wire::job_parts(tools, None)?).await.map_err(Failure::broken)?);
        let round = jobs.tick(tools.clock.now()).await;
        jobs.stop().await;
        Ok::<_, Failure>(round)
    })?;
    tools.host.record_calls();
    println!(
        "planned {}, sent {}, skipped {}, too late {}, retried later {}, given up {}",
        round.planned, round.sent, round.skipped, round.too_late, round.retried, round.dead
    );
    Ok(())
}
