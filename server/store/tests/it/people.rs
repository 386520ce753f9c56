//! Accounts, sessions, tokens, invitations, cohorts.

use domain::account::{MailAddress, Theme, Username};
use domain::cohort::{MemberState, Span, Standing};
use domain::policy::Scope;
use domain::time::Zone;
use store::invitations::{InvitationKind, NewInvitation};
use store::sessions::NewSession;
use store::tokens::NewToken;
use store::{Error, Store, accounts, cohorts, invitations, sessions, tokens};

use crate::support::{at, day, each_backend, fresh_id, name, new_account, person, read, write};

#[test]
fn an_account_comes_back_as_it_was_made() {
    each_backend(|store| {
        let mut new = new_account("ada");
        new.mail = Some(MailAddress::parse("ada@example.org").unwrap());
        new.language = Some("pt-PT".to_owned());
        new.theme = Theme::Dark;
        new.password_hash = Some("$argon2id$…".to_owned());
        let wanted = new.clone();
        let made = write(store, move |conn| accounts::create(conn, &new)).unwrap();
        assert_eq!((made.public_id, &made.username, &made.name), (wanted.public_id, &wanted.username, &wanted.name));
        assert_eq!((&made.mail, &made.language, &made.zone, made.theme), (&wanted.mail, &wanted.language, &wanted.zone, wanted.theme));
        assert_eq!((made.is_admin, made.disabled, made.ledger_seq, made.created_at), (false, false, 0, wanted.created_at));
        assert_eq!(read(store, |conn| accounts::by_id(conn, made.id)), made);
        assert_eq!(read(store, |conn| accounts::by_public_id(conn, made.public_id)), made);
        assert_eq!(read(store, |conn| accounts::by_username(conn, &wanted.username)), Some((made, wanted.password_hash.clone())));
    });
}

#[test]
fn a_username_is_given_once() {
    each_backend(|store| {
        person(store, "ada");
        let again = new_account("ada");
        assert_eq!(write(store, move |conn| accounts::create(conn, &again)).unwrap_err(), Error::Rule("username_taken"));
        let mut twin = new_account("eve");
        twin.public_id = read(store, |conn| accounts::list(conn, None, 10))[0].public_id;
        assert_eq!(write(store, move |conn| accounts::create(conn, &twin)).unwrap_err(), Error::Rule("conflict"));
        assert_eq!(read(store, accounts::count), 1);
    });
}

#[test]
fn an_account_can_be_changed_and_paged() {
    each_backend(|store| {
        let people: Vec<_> = ["ada", "bob", "cem"].iter().map(|username| person(store, username)).collect();
        let id = people[1].id;
        write(store, move |conn| {
            let mail = MailAddress::parse("bob@example.org").unwrap();
            accounts::set_profile(conn, id, &name("Bob B."), Some(&mail), Some("de"), &Zone::utc(), Theme::Light)?;
            accounts::set_password_hash(conn, id, "hash")?;
            accounts::set_admin(conn, id, true)?;
            accounts::set_disabled(conn, id, true)
        })
        .unwrap();
        let (bob, hash) = read(store, |conn| accounts::by_username(conn, &people[1].username)).unwrap();
        assert_eq!((bob.name.as_str(), bob.mail.unwrap().as_str(), bob.language.as_deref()), ("Bob B.", "bob@example.org", Some("de")));
        assert_eq!(
            (bob.zone.name(), bob.theme, bob.is_admin, bob.disabled, hash.as_deref()),
            ("UTC", Theme::Light, true, true, Some("hash"))
        );
        let first = read(store, |conn| accounts::list(conn, None, 2));
        let rest = read(store, |conn| accounts::list(conn, Some(first[1].id), 2));
        assert_eq!(
            first.iter().chain(&rest).map(|account| account.id).collect::<Vec<_>>(),
            people.iter().map(|p| p.id).collect::<Vec<_>>()
        );
        let nobody = domain::ids::AccountId(999);
        assert_eq!(write(store, move |conn| accounts::set_admin(conn, nobody, true)).unwrap_err(), Error::NotThere("account"));
        assert_eq!(store.read_blocking(|conn| accounts::by_id(conn, nobody)).unwrap_err(), Error::NotThere("account"));
        assert_eq!(read(store, |conn| accounts::by_username(conn, &Username::parse("zoe").unwrap())), None);
    });
}

fn session(store: &Store, account: domain::ids::AccountId, hash: u8, until: i64) -> domain::ids::SessionId {
    let new = NewSession {
        account,
        token_hash: [hash; 32],
        created_at: at(0),
        expires_at: at(until),
        user_agent: "a browser".to_owned(),
        address: "192.0.2.7".to_owned(),
    };
    write(store, move |conn| sessions::create(conn, &new)).unwrap()
}

#[test]
fn a_session_counts_until_it_expires_or_is_revoked_or_its_account_is_disabled() {
    each_backend(|store| {
        let ada = person(store, "ada");
        let id = session(store, ada.id, 1, 100);
        let find = |hash: u8, now: i64| read(store, |conn| sessions::find(conn, &[hash; 32], at(now)));
        let owner = sessions::SessionOwner { session: id, expires_at: at(100), account: ada.clone(), memberships: Vec::new() };
        assert_eq!(find(1, 99), Some(owner));
        assert_eq!(find(1, 100), None, "expired");
        assert_eq!(find(2, 0), None, "never made");
        write(store, move |conn| accounts::set_disabled(conn, ada.id, true)).unwrap();
        assert_eq!(find(1, 99), None, "disabled");
        write(store, move |conn| accounts::set_disabled(conn, ada.id, false)).unwrap();
        let bob = person(store, "bob");
        assert_eq!(write(store, move |conn| sessions::revoke(conn, bob.id, id)).unwrap_err(), Error::NotThere("session"));
        write(store, move |conn| sessions::revoke(conn, ada.id, id)).unwrap();
        assert_eq!(find(1, 99), None, "revoked");
    });
}

#[test]
fn a_session_can_be_prolonged_but_not_shortened() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let id = session(store, ada, 1, 100);
        for until in [200, 150] {
            write(store, move |conn| sessions::prolong(conn, id, at(until))).unwrap();
        }
        assert_eq!(read(store, |conn| sessions::list(conn, ada))[0].expires_at, at(200));
    });
}

#[test]
fn invitations_that_are_over_are_purged() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let invite = |hash: u8, until: i64| {
            let new = NewInvitation {
                public_id: fresh_id(),
                token_hash: [hash; 32],
                kind: InvitationKind::FirstAdmin,
                name: None,
                mail: None,
                is_admin: true,
                cohort: None,
                created_by: None,
                created_at: at(0),
                expires_at: at(until),
            };
            write(store, move |conn| invitations::create(conn, &new)).unwrap().id
        };
        let (used, _expired, open) = (invite(1, 900), invite(2, 50), invite(3, 900));
        write(store, move |conn| invitations::accept(conn, used, ada, at(40))).unwrap();
        assert_eq!(write(store, |conn| invitations::purge(conn, at(40))).unwrap(), 0);
        assert_eq!(write(store, |conn| invitations::purge(conn, at(60))).unwrap(), 2);
        assert_eq!(read(store, |conn| invitations::list_open(conn, at(60))).iter().map(|i| i.id).collect::<Vec<_>>(), [open]);
    });
}

#[test]
fn sessions_are_listed_touched_revoked_together_and_purged() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let ids: Vec<_> = [(1, 10), (2, 200), (3, 200)].iter().map(|&(hash, until)| session(store, ada, hash, until)).collect();
        let (first, last) = (ids[0], ids[2]);
        write(store, move |conn| sessions::touch(conn, last, at(50))).unwrap();
        write(store, move |conn| sessions::touch(conn, last, at(40))).unwrap();
        let listed = read(store, |conn| sessions::list(conn, ada));
        assert_eq!(listed.iter().map(|s| s.id).collect::<Vec<_>>(), ids.iter().rev().copied().collect::<Vec<_>>());
        assert_eq!((listed[0].last_seen_at, listed[0].user_agent.as_str(), listed[0].address.as_str()), (at(50), "a browser", "192.0.2.7"));
        assert_eq!(write(store, move |conn| sessions::purge_expired(conn, at(10))).unwrap(), 1);
        assert_eq!(write(store, move |conn| sessions::revoke(conn, ada, first)).unwrap_err(), Error::NotThere("session"));
        assert_eq!(write(store, move |conn| sessions::revoke_all(conn, ada, Some(last))).unwrap(), 1);
        assert_eq!(read(store, |conn| sessions::list(conn, ada)).len(), 1);
        assert_eq!(write(store, move |conn| sessions::revoke_all(conn, ada, None)).unwrap(), 1);
    });
}

#[test]
fn a_token_speaks_for_its_owner_until_it_ends() {
    each_backend(|store| {
        let ada = person(store, "ada");
        let owner = ada.id;
        let token = |hash: u8, expires_at| NewToken {
            account: owner,
            public_id: fresh_id(),
            name: name("my script"),
            token_hash: [hash; 32],
            scope: Scope::Write,
            created_at: at(0),
            expires_at,
        };
        let (ending, endless) = (token(1, Some(at(100))), token(2, None));
        let ending = write(store, move |conn| tokens::create(conn, &ending)).unwrap();
        let endless = write(store, move |conn| tokens::create(conn, &endless)).unwrap();
        let find = |hash: u8, now: i64| read(store, |conn| tokens::find(conn, &[hash; 32], at(now)));
        let found = find(1, 99).unwrap();
        assert_eq!((found.token, found.scope, found.account, found.memberships), (ending.id, Scope::Write, ada.clone(), Vec::new()));
        assert_eq!(find(1, 100), None, "expired");
        assert!(find(2, 1_000_000).is_some());
        write(store, move |conn| tokens::touch(conn, endless.id, at(7))).unwrap();
        write(store, move |conn| tokens::revoke(conn, owner, endless.public_id, at(8))).unwrap();
        assert_eq!(find(2, 9), None, "revoked");
        let listed = read(store, |conn| tokens::list(conn, owner));
        assert_eq!((listed[0].last_used_at, listed[0].revoked_at, listed[0].name.as_str()), (Some(at(7)), Some(at(8)), "my script"));
        assert_eq!(listed[1], ending);
        let bob = person(store, "bob").id;
        assert_eq!(write(store, move |conn| tokens::revoke(conn, bob, ending.public_id, at(8))).unwrap_err(), Error::NotThere("token"));
        write(store, move |conn| accounts::set_disabled(conn, owner, true)).unwrap();
        assert_eq!(find(1, 99), None, "disabled");
    });
}

#[test]
fn an_invitation_is_used_once() {
    each_backend(|store| {
        let cohort = cohort(store, "Autumn");
        let new = NewInvitation {
            public_id: fresh_id(),
            token_hash: [9; 32],
            kind: InvitationKind::Invite,
            name: Some(name("Ada Okafor")),
            mail: Some(MailAddress::parse("ada@example.org").unwrap()),
            is_admin: false,
            cohort: Some((cohort, Standing::Learner)),
            created_by: Some(person(store, "lead").id),
            created_at: at(0),
            expires_at: at(100),
        };
        let made = {
            let new = new.clone();
            write(store, move |conn| invitations::create(conn, &new)).unwrap()
        };
        assert_eq!((made.kind, &made.name, &made.mail, made.cohort), (new.kind, &new.name, &new.mail, new.cohort));
        assert_eq!(read(store, |conn| invitations::find(conn, &[9; 32], at(99))), Some(made.clone()));
        assert_eq!(read(store, |conn| invitations::find(conn, &[9; 32], at(100))), None, "expired");
        assert_eq!(read(store, |conn| invitations::list_open(conn, at(1))), vec![made.clone()]);
        let accept = move |conn: &mut store::Conn<'_>| {
            let account = accounts::create(conn, &new_account(&format!("ada{}", fresh_id().bytes()[15])))?;
            invitations::accept(conn, made.id, account.id, at(5))
        };
        write(store, accept).unwrap();
        let before = read(store, accounts::count);
        assert_eq!(write(store, accept).unwrap_err(), Error::Rule("invitation_used"));
        assert_eq!(read(store, accounts::count), before, "the account of the refused one is not there");
        assert_eq!(read(store, |conn| invitations::find(conn, &[9; 32], at(6))), None);
        assert_eq!(read(store, |conn| invitations::list_open(conn, at(6))), Vec::new());
        assert_eq!(write(store, move |conn| invitations::revoke(conn, made.public_id)).unwrap_err(), Error::NotThere("invitation"));
    });
}

fn cohort(store: &Store, called: &'static str) -> domain::ids::CohortId {
    let public_id = fresh_id();
    write(store, move |conn| {
        let new = cohorts::NewCohort {
            public_id,
            name: name(called),
            starts_on: day(0),
            ends_on: day(100),
            zone: Zone::utc(),
            created_at: at(0),
        };
        cohorts::create(conn, &new)
    })
    .unwrap()
    .id
}

#[test]
fn a_cohort_knows_its_members_and_who_guides_whom() {
    each_backend(|store| {
        let (autumn, spring) = (cohort(store, "Autumn"), cohort(store, "Spring"));
        let [mentor, learner, other] = ["mentor", "learner", "other"].map(|username| person(store, username).id);
        write(store, move |conn| {
            cohorts::add_member(conn, autumn, mentor, Standing::Mentor, at(1))?;
            cohorts::add_member(conn, autumn, learner, Standing::Learner, at(1))?;
            cohorts::add_member(conn, spring, other, Standing::Learner, at(1))?;
            cohorts::add_member(conn, spring, mentor, Standing::Learner, at(1))
        })
        .unwrap();
        let shared = |viewer, learner| read(store, |conn| cohorts::shared_cohort(conn, viewer, learner));
        assert_eq!(shared(mentor, learner), Some(autumn));
        assert_eq!(shared(mentor, other), None, "there the mentor is a learner");
        assert_eq!(shared(learner, mentor), None);
        let written = cohorts::Written { by: None, at: at(2) };
        write(store, move |conn| cohorts::add_span(conn, autumn, mentor, &Span::new(MemberState::Paused, day(0)), written)).unwrap();
        assert_eq!(shared(mentor, learner), None, "paused");
        write(store, move |conn| cohorts::add_member(conn, autumn, mentor, Standing::Lead, at(2))).unwrap();
        assert_eq!(shared(mentor, learner), Some(autumn), "added again");
        let members = read(store, |conn| cohorts::members(conn, autumn));
        let named: Vec<_> = members.iter().map(|(account, member)| (account.name.as_str(), member.standing, member.state)).collect();
        assert_eq!(named, [("learner", Standing::Learner, MemberState::Active), ("mentor", Standing::Lead, MemberState::Active)]);
        let memberships = read(store, |conn| cohorts::memberships(conn, mentor));
        assert_eq!(
            memberships.iter().map(|m| (m.cohort, m.standing)).collect::<Vec<_>>(),
            [(autumn, Standing::Lead), (spring, Standing::Learner)]
        );
        session(store, mentor, 1, 100);
        assert_eq!(read(store, |conn| sessions::find(conn, &[1; 32], at(1))).unwrap().memberships, memberships);
        let listed = read(store, cohorts::list);
        assert_eq!(listed.len(), 2);
        assert_eq!(read(store, |conn| cohorts::by_public_id(conn, listed[0].public_id)), listed[0]);
        assert_eq!(read(store, |conn| cohorts::by_id(conn, listed[0].id)), listed[0]);
    });
}

#[test]
fn a_cohort_name_is_given_once_and_a_member_must_exist() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let public_id = fresh_id();
        let again = move |conn: &mut store::Conn<'_>| {
            let new = cohorts::NewCohort {
                public_id,
                name: name("Autumn"),
                starts_on: day(0),
                ends_on: day(1),
                zone: Zone::utc(),
                created_at: at(0),
            };
            cohorts::create(conn, &new)
        };
        assert_eq!(write(store, again).unwrap_err(), Error::Rule("cohort_name_taken"));
        let nobody = domain::ids::AccountId(999);
        let add = write(store, move |conn| cohorts::add_member(conn, autumn, nobody, Standing::Learner, at(1)));
        assert_eq!(add.unwrap_err(), Error::NotThere("reference"));
    });
}
