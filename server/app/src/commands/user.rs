//! `waymark user …`: people, from the command line.

use std::io::Read;

use domain::account::{Account, CleanName, MailAddress, Password, Theme, Username};
use domain::time::Zone;
use store::accounts::NewAccount;
use store::audit::AuditRow;
use store::invitations::{InvitationKind, NewInvitation};
use store::{Conn, accounts, audit, digests, invitations, sessions};

use crate::cli::{NewUser, UserCommand};
use crate::wire::{Failure, Tools};

/// How long an invitation from the command line holds: 14 days.
const INVITATION_SECONDS: i64 = 14 * 86_400;

pub fn run(tools: &Tools, command: UserCommand) -> Result<(), Failure> {
    match command {
        UserCommand::Add(new) => add(tools, new),
        UserCommand::Invite { name, mail, admin } => invite(tools, name, mail, admin),
        UserCommand::Password { username } => password(tools, &username),
        UserCommand::ResetCode { username } => reset_code(tools, &username),
        UserCommand::Disable { username, undo } => disable(tools, &username, !undo),
        UserCommand::Erase { username, confirm } => erase(tools, &username, &confirm),
    }
}

fn add(tools: &Tools, new: NewUser) -> Result<(), Failure> {
    let account = NewAccount {
        public_id: tools.dice.public_id(),
        username: Username::parse(&new.username).map_err(|bad| tools.said(bad.code()))?,
        name: CleanName::parse(&new.name).map_err(|bad| tools.said(bad.code()))?,
        mail: new.mail.as_deref().map(MailAddress::parse).transpose().map_err(|bad| tools.said(bad.code()))?,
        language: None,
        zone: Zone::parse(&new.zone).map_err(|error| Failure::input(error.to_string()))?,
        theme: Theme::System,
        is_admin: new.admin,
        password_hash: Some(web::auth::passwords::hash_blocking(&read_password(tools)?, &*tools.dice).map_err(Failure::broken)?),
        created_at: tools.clock.now(),
    };
    let row = tools.audited("account.create", format!("account:{}", account.public_id), serde_json::json!({ "admin": new.admin }));
    let made = tools.store.write_blocking(move |conn| {
        let made = accounts::create(conn, &account)?;
        audit::append(conn, &row)?;
        Ok(made)
    });
    println!("{} can sign in.", made.map_err(|error| tools.failed(error))?.username);
    Ok(())
}

fn invite(tools: &Tools, name: Option<String>, mail: Option<String>, is_admin: bool) -> Result<(), Failure> {
    let name = name.as_deref().map(CleanName::parse).transpose().map_err(|bad| tools.said(bad.code()))?;
    let mail = mail.as_deref().map(MailAddress::parse).transpose().map_err(|bad| tools.said(bad.code()))?;
    let links = tools.links_to_hand_out()?;
    let secret = tools.dice.secret();
    let now = tools.clock.now();
    let new = NewInvitation {
        public_id: tools.dice.public_id(),
        token_hash: web::auth::secrets::hash(&secret),
        kind: InvitationKind::Invite,
        name,
        mail,
        is_admin,
        cohort: None,
        created_by: None,
        created_at: now,
        expires_at: now.plus_seconds(INVITATION_SECONDS),
    };
    let row = tools.audited("invitation.create", format!("invitation:{}", new.public_id), serde_json::json!({ "admin": is_admin }));
    let expires = new.expires_at;
    tools
        .store
        .write_blocking(move |conn| {
            invitations::create(conn, &new)?;
            audit::append(conn, &row).map(|_| ())
        })
        .map_err(|error| tools.failed(error))?;
    println!("{}", links.absolute("invite", &[&web::auth::secrets::write(&secret)]));
    eprintln!("The link works once, until {expires}.");
    Ok(())
}

fn password(tools: &Tools, username: &str) -> Result<(), Failure> {
    let account = find(tools, username)?;
    let hash = web::auth::passwords::hash_blocking(&read_password(tools)?, &*tools.dice).map_err(Failure::broken)?;
    let row = tools.audited("account.password", format!("account:{}", account.public_id), serde_json::Value::Null);
    tools
        .store
        .write_blocking(move |conn| {
            accounts::set_password_hash(conn, account.id, &hash)?;
            sessions::revoke_all(conn, account.id, None)?;
            audit::append(conn, &row).map(|_| ())
        })
        .map_err(|error| tools.failed(error))?;
    println!("The password is changed; all sessions have ended.");
    Ok(())
}

fn reset_code(tools: &Tools, username: &str) -> Result<(), Failure> {
    let account = find(tools, username)?;
    let (new, made) = web::services::reset::make_blocking(&*tools.dice, account.id, tools.clock.now()).map_err(Failure::broken)?;
    let row = tools.audited("reset_code.create", format!("account:{}", account.public_id), serde_json::Value::Null);
    tools
        .store
        .write_blocking(move |conn| {
            store::reset_codes::put(conn, &new)?;
            audit::append(conn, &row).map(|_| ())
        })
        .map_err(|error| tools.failed(error))?;
    println!("{}", made.code);
    eprintln!("It works once, until {}, at {}.", made.expires_at, tools.links().absolute("reset", &[]));
    Ok(())
}

fn disable(tools: &Tools, username: &str, disabled: bool) -> Result<(), Failure> {
    let account = find(tools, username)?;
    let act = if disabled { "account.disable" } else { "account.enable" };
    let row = tools.audited(act, format!("account:{}", account.public_id), serde_json::Value::Null);
    tools
        .store
        .write_blocking(move |conn| {
            accounts::set_disabled(conn, account.id, disabled)?;
            audit::append(conn, &row).map(|_| ())
        })
        .map_err(|error| tools.failed(error))?;
    println!("{username} {}", if disabled { "cannot sign in any more." } else { "can sign in again." });
    Ok(())
}

fn erase(tools: &Tools, username: &str, confirm: &str) -> Result<(), Failure> {
    if username != confirm {
        return Err(Failure::input(format!("Erasing cannot be undone. Give the same name again: --confirm {username}")));
    }
    let account = find(tools, username)?;
    let now = tools.clock.now();
    let row = tools.audited("account.erase", format!("account:{}", account.public_id), serde_json::Value::Null);
    let message_ids = tools
        .store
        .write_blocking(move |conn: &mut Conn<'_>| {
            // The rows go with the account, so the names of the written mails are read first.
            let mails = digests::for_account(conn, account.id, i64::MAX)?;
            accounts::erase(conn, account.id, now)?;
            audit::append(conn, &row)?;
            Ok(mails.into_iter().map(|mail| mail.message_id).collect::<Vec<_>>())
        })
        .map_err(|error| tools.failed(error))?;
    let folder = tools.config().mail_folder();
    let gone = mail::Folder::new(&folder).forget(&message_ids).map_err(|error| {
        Failure::input(format!(
            "{username} is erased in the database, but written mails in {} could not be deleted ({error}). Delete those with these names there:\n{}",
            folder.display(),
            message_ids.join("\n")
        ))
    })?;
    println!("{username} is erased: ledger, scores, paths, schedules and mails are gone. Written mails deleted: {gone}.");
    Ok(())
}

fn find(tools: &Tools, username: &str) -> Result<Account, Failure> {
    let name = Username::parse(username).map_err(|bad| tools.said(bad.code()))?;
    let found = tools.store.read_blocking(|conn| accounts::by_username(conn, &name)).map_err(|error| tools.failed(error))?;
    found.map(|(account, _)| account).ok_or_else(|| Failure::input(format!("There is nobody called {username}.")))
}

/// One line of standard input.
fn read_password(tools: &Tools) -> Result<Password, Failure> {
    eprintln!("Password (one line, at least 10 characters):");
    let mut text = String::new();
    std::io::stdin()
        .take(1024)
        .read_to_string(&mut text)
        .map_err(|error| Failure::input(format!("Standard input cannot be read: {error}.")))?;
    Password::parse(text.lines().next().unwrap_or_default()).map_err(|code| tools.said(code))
}

impl Tools {
    pub(super) fn audited(&self, act: &str, subject: String, detail: serde_json::Value) -> AuditRow {
        AuditRow {
            at: self.clock.now(),
            actor: None,
            actor_name: "command line".to_owned(),
            act: act.to_owned(),
            subject,
            detail,
            request_id: None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]
mod tests {
    use domain::digest::DigestKind;
    use domain::schedule::Period;
    use store::digests::{Outcome, Planned};

    use super::*;

    #[test]
    fn erasing_deletes_the_written_mails_of_that_person_and_of_nobody_else() {
        let data = tempfile::tempdir().unwrap();
        let set = [("WAYMARK_STORAGE__DATA_DIR".to_owned(), data.path().display().to_string())];
        let tools = Tools::open_unchecked(crate::config::load(None, set.into_iter(), &[]).unwrap()).unwrap();
        tools.store.migrate().unwrap();
        let mails = data.path().join("mail");
        std::fs::create_dir(&mails).unwrap();
        for username in ["ada", "bela"] {
            let now = tools.clock.now();
            let account = NewAccount {
                public_id: tools.dice.public_id(),
                username: Username::parse(username).unwrap(),
                name: CleanName::parse(username).unwrap(),
                mail: None,
                language: None,
                zone: Zone::utc(),
                theme: Theme::System,
                is_admin: false,
                password_hash: None,
                created_at: now,
            };
            let made = tools.store.write_blocking(move |conn| accounts::create(conn, &account)).unwrap();
            let planned = Planned {
                account: made.id,
                kind: DigestKind::Learner,
                period: Period("2026-W47".to_owned()),
                due_at: now,
                outcome: Outcome::Queue { message_id: format!("<{username}-1@localhost>") },
                next: None,
                now,
            };
            assert!(tools.store.write_blocking(move |conn| digests::plan(conn, &planned)).unwrap());
            std::fs::write(mails.join(format!("20261122T183000Z-{username}-1@localhost.eml")), "a digest").unwrap();
        }
        assert!(erase(&tools, "ada", "bela").is_err(), "the second name has to be the same");
        assert_eq!(std::fs::read_dir(&mails).unwrap().count(), 2);
        erase(&tools, "ada", "ada").unwrap();
        let left: Vec<String> = std::fs::read_dir(&mails).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(left, ["20261122T183000Z-bela-1@localhost.eml"]);
    }
}
