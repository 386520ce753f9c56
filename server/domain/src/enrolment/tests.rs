use std::collections::BTreeSet;

use super::*;
use crate::account::Username;
use crate::cohort::{CohortRole, MemberState, Membership, SetUp, Standing};
use crate::ids::{AccountId, CohortId, PathId, PublicId, RevisionId};
use crate::path::{Path, RuleChoice};
use crate::samples::maker;
use crate::time::{Day, Instant, Zone};

fn at(seconds: i64) -> Instant {
    Instant::from_micros(1_790_000_000_000_000).plus_seconds(seconds)
}

fn path(id: i64, cohort: Option<i64>, chosen: &[&str]) -> Path {
    Path {
        id: PathId(id),
        public_id: PublicId::new([0; 16]),
        account: AccountId(1),
        revision: RevisionId(1),
        target_level: "senior".to_owned(),
        target_day: None,
        hours_week: 9,
        chosen: chosen.iter().map(|id| (*id).to_owned()).collect(),
        rule: RuleChoice::BuiltIn,
        cohort: cohort.map(CohortId),
        started_on: Day::from_number(20_000),
        created_at: at(id),
    }
}

#[test]
fn a_link_says_for_whom_for_how_many_and_until_when() {
    let ok = check_link(LinkWish::default(), at(0)).unwrap();
    assert_eq!((ok.standing, ok.places, ok.expires_at), (Standing::Learner, 30, at(14 * 86_400)));
    let wrong = check_link(LinkWish { standing: Some(Standing::Lead), places: Some(0), days: Some(181) }, at(0)).unwrap_err();
    let wrong: Vec<_> = wrong.iter().map(|error| (error.field, error.code)).collect();
    assert_eq!(wrong, [("standing", "standing_not_by_link"), ("places", "out_of_range"), ("days", "out_of_range")]);
    for (revoked, ends, taken, state) in [
        (false, 1, 2, LinkState::Open),
        (false, 1, 3, LinkState::Full),
        (false, 0, 3, LinkState::Expired),
        (true, 0, 3, LinkState::Revoked),
        (true, 1, 0, LinkState::Revoked),
    ] {
        assert_eq!(link_state(revoked, at(ends), taken, 3, at(0)), state);
    }
}

#[test]
fn a_link_lets_newcomers_in_and_undoes_nothing_that_a_lead_did() {
    let member = |standing, state| Membership { cohort: CohortId(1), account: AccountId(1), standing, state };
    assert_eq!(joins(None, Standing::Mentor), Ok(true));
    assert_eq!(joins(Some(&member(Standing::Learner, MemberState::Active)), Standing::Learner), Ok(false));
    assert_eq!(joins(Some(&member(Standing::Lead, MemberState::Active)), Standing::Learner), Err("member_already"));
    for state in [MemberState::Paused, MemberState::Dropped, MemberState::Completed] {
        assert_eq!(joins(Some(&member(Standing::Learner, state)), Standing::Learner), Err("left_cohort"), "{state}");
    }
}

#[test]
fn the_newest_path_of_ones_own_joins_and_one_of_another_cohort_stays_there() {
    let fate = |paths: &[(i64, Option<i64>, &str)]| {
        let paths: Vec<(Path, &str)> = paths.iter().map(|(id, cohort, role)| (path(*id, *cohort, &[]), *role)).collect();
        path_fate(paths.iter().map(|(path, role)| (path, *role)), CohortId(7), "maker")
    };
    assert_eq!(fate(&[]), PathFate::Begins);
    assert_eq!(fate(&[(1, None, "keeper")]), PathFate::Begins);
    assert_eq!(fate(&[(1, Some(8), "maker")]), PathFate::Begins);
    assert_eq!(fate(&[(1, None, "maker"), (2, None, "maker"), (3, Some(8), "maker")]), PathFate::Joins(PathId(2)));
    assert_eq!(fate(&[(1, None, "maker"), (2, Some(7), "maker"), (3, None, "maker")]), PathFate::Here(PathId(2)));
}

#[test]
fn a_path_that_joins_takes_over_what_the_school_fixes_and_keeps_the_rest() {
    let template = maker();
    let set_up = SetUp { rule: RuleChoice::Plugin("acme/rule".to_owned()), ..SetUp::default() };
    let role = |level: &str, chosen: &[&str]| CohortRole {
        role: "maker".to_owned(),
        revision: RevisionId(2),
        target_level: level.to_owned(),
        chosen: chosen.iter().map(|id| (*id).to_owned()).collect(),
    };
    let ends = Day::from_number(20_100);
    let joined = joined_settings(&path(1, None, &["go-lang"]), &template, &role("maker", &["rust-lang"]), &set_up, ends);
    assert_eq!(joined.target_level, "maker");
    assert_eq!(joined.chosen, BTreeSet::from(["rust-lang".to_owned()]), "the school’s in place of one’s own");
    assert_eq!((joined.target_day, joined.hours_week, joined.rule), (Some(ends), 9, set_up.rule.clone()));
    let joined = joined_settings(&path(1, None, &["go-lang"]), &template, &role("elder", &["zig-lang"]), &set_up, ends);
    assert_eq!(joined.target_level, "senior", "a level that the path’s revision lacks");
    assert_eq!(joined.chosen, BTreeSet::from(["go-lang".to_owned()]));
}

#[test]
fn what_was_not_on_the_list_stays_withheld() {
    let set = |numbers: &[u32]| numbers.iter().copied().collect::<BTreeSet<_>>();
    assert_eq!(withheld_after(&set(&[1, 2, 9]), &set(&[1, 2, 3]), &set(&[2, 3, 4])), set(&[2, 3, 9]));
}

#[test]
fn what_a_cohort_may_come_to_see_is_what_the_role_asks_for_and_nothing_else() {
    use crate::ledger::{Entry, EvidenceKind, Held};
    use crate::subject::{Step, Subject, SubjectKind, Trust};
    let entry = |seq, skill: &str, retracts: Option<u32>| Entry {
        seq,
        kind: if retracts == Some(0) { EvidenceKind::Claim } else { EvidenceKind::Retraction },
        trust: Trust::Claimed,
        day: Day::from_number(20_000),
        recorded_at: at(i64::from(seq)),
        held: vec![Held { subject: Subject::new(SubjectKind::Skill, skill), step: Some(Step::Working) }],
        expires_on: None,
        retracts: retracts.filter(|seq| *seq > 0),
        recall: None,
    };
    let ledger = [
        entry(1, "git", Some(0)),
        entry(2, "git", Some(0)),
        entry(3, "knitting", Some(0)),
        entry(4, "go", Some(0)),
        entry(5, "go", Some(4)),
    ];
    assert_eq!(concerned(&maker(), &ledger, Day::from_number(20_001)), BTreeSet::from([1, 2]), "neither hobbies nor what was taken back");
}

fn fates(file: &str) -> Vec<PersonFate> {
    let zone = Zone::parse("Europe/Lisbon").unwrap();
    let into =
        Place { starts_on: "2026-09-07".parse().unwrap(), ends_on: "2026-12-18".parse().unwrap(), zone: &zone, languages: &["de", "en"] };
    people_fates(&read_people(file).unwrap(), &known(), &into)
}

/// `mira` mentors, `ada` learns, `gone` was dropped; `owl` has an account and is no member.
fn known() -> KnownPeople {
    let member = |name: &str, mail: Option<&str>, standing, state| KnownMember {
        name: name.to_owned(),
        mail: mail.map(str::to_owned),
        standing,
        state,
    };
    KnownPeople {
        usernames: ["mira", "ada", "gone", "owl", "jo.ode"].map(str::to_owned).into(),
        members: [
            ("mira", member("Mira", None, Standing::Mentor, MemberState::Active)),
            ("ada", member("Ada Okafor", Some("Ada@school.example"), Standing::Learner, MemberState::Active)),
            ("gone", member("Gone Girl", None, Standing::Learner, MemberState::Dropped)),
        ]
        .map(|(username, member)| (username.to_owned(), member))
        .into(),
    }
}

fn codes(fate: &PersonFate) -> Vec<(&'static str, &'static str)> {
    match fate {
        PersonFate::Refused(wrong) => wrong.iter().map(|error| (error.field, error.code)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_row_has_a_fate_and_a_row_says_all_that_is_wrong_with_it() {
    let file = "Name;USERNAME;mail;zone;language;standing;mentor;starts_on\r\n\
        Jo Öde;;jo@x.example;;de;;mira;2026-09-21\r\n\
        Jo Öde;;;;;;;\r\n\
        ;owl;;;;;;\r\n\
        Ada Okafor;ada;;;;;;\r\n\
        Somebody Else;;ada@school.example;;;;;\r\n\
        Nel;nel;;America/Lima;;mentor;;\r\n\
        Pim;;;;;;nel;\r\n";
    let fates = fates(file);
    let PersonFate::New(comer, person) = &fates[0] else { panic!("{:?}", fates[0]) };
    assert_eq!((comer.username.as_str(), comer.standing, comer.mentor.as_ref().unwrap().as_str()), ("jo.oede", Standing::Learner, "mira"));
    assert_eq!(comer.starts_on, "2026-09-21".parse().ok());
    assert_eq!((person.zone.name(), person.language.as_deref()), ("Europe/Lisbon", Some("de")));
    let PersonFate::New(comer, _) = &fates[1] else { panic!("{:?}", fates[1]) };
    assert_eq!(comer.username.as_str(), "jo.oede2", "another person, told apart by the other’s mail address");
    assert!(matches!(&fates[2], PersonFate::Joins(comer) if comer.username.as_str() == "owl"));
    assert_eq!(fates[3], PersonFate::Known("ada".to_owned()));
    assert_eq!(fates[4], PersonFate::Known("ada".to_owned()), "known again by the mail address");
    assert!(
        matches!(&fates[5], PersonFate::New(comer, person) if comer.standing == Standing::Mentor && person.zone.name() == "America/Lima")
    );
    assert!(matches!(&fates[6], PersonFate::New(comer, _) if comer.mentor.is_some()), "a mentor of another row");

    let wrong = self::fates(
        "name,username,mail,zone,language,standing,mentor,starts_on\n\
         ,a b,me@,Mars/Olympus,xx,boss,nobody,soon\n\
         Rex,rex,r@x.example,,,,,\n\
         Rex,rex,R@X.example,,,,,2020-01-01\n\
         Ada Okafor,,,,,,,\n\
         Bo,,,,,,,\n\
         bo,,,,,,,\n\
         ,gone,,,,,,\n\
         ,mira,,,,learner,,\n\
         Lee,lee,,,,lead,mira,\n\
         王,,,,,,,\n",
    );
    assert_eq!(
        codes(&wrong[0]),
        [
            ("standing", "standing_unknown"),
            ("starts_on", "day_malformed"),
            ("mentor", "mentor_unknown"),
            ("username", "username_malformed"),
            ("mail", "mail_malformed"),
            ("name", "name_empty"),
            ("zone", "zone_unknown"),
            ("language", "language_unknown"),
        ]
    );
    assert!(matches!(wrong[1], PersonFate::New(..)));
    assert_eq!(codes(&wrong[2]), [("starts_on", "out_of_range"), ("username", "username_twice"), ("mail", "mail_twice")]);
    assert_eq!(codes(&wrong[3]), [("name", "name_known")]);
    assert!(matches!(&wrong[4], PersonFate::New(comer, _) if comer.username.as_str() == "bo"));
    assert_eq!(codes(&wrong[5]), [("name", "person_twice")]);
    assert_eq!(codes(&wrong[6]), [("username", "member_not_active")]);
    assert_eq!(codes(&wrong[7]), [("standing", "standing_differs")]);
    assert_eq!(codes(&wrong[8]), [("mentor", "only_for_learners")]);
    assert_eq!(codes(&wrong[9]), [("username", "missing")], "no Latin letter to make one of");
    let all = wrong.iter().filter_map(|fate| if let PersonFate::Refused(wrong) = fate { Some(wrong) } else { None }).flatten();
    let elsewhere = crate::ledger::FIELD_CODES.iter().chain(crate::cohort::FIELD_CODES).chain(FIELD_CODES);
    let elsewhere: BTreeSet<&str> =
        elsewhere.copied().chain(["day_malformed", "mentor_unknown", "zone_unknown", "language_unknown"]).collect();
    for error in all.filter(|error| !error.code.ends_with("_malformed") && !error.code.starts_with("name_")) {
        assert!(elsewhere.contains(error.code), "{}", error.code);
    }
}

#[test]
fn a_file_of_people_has_named_columns_and_an_end() {
    let refused = |file: &str| read_people(file).unwrap_err().code;
    assert_eq!(refused("name,shoe\nAda,38\n"), "column_unknown");
    assert_eq!(refused("name,Name\nAda,Ada\n"), "column_twice");
    assert_eq!(refused("mail\na@b.example\n"), "column_missing");
    assert_eq!(refused("name\n\n , \n"), "file_empty");
    assert_eq!(refused(""), "file_empty");
    assert_eq!(refused(&format!("name\n{}", "x\n".repeat(MAX_PEOPLE + 1))), "too_many_rows");
    assert_eq!(read_people(&format!("name\n{}", "x\n".repeat(MAX_PEOPLE))).unwrap().len(), MAX_PEOPLE);
    let rows = read_people("\u{feff}username\tname\n\nada\t\"Ada\nO.\"\nbo\n").unwrap();
    assert_eq!((rows[0].line, rows[0].name.as_str(), rows[1].username.as_str()), (3, "Ada\nO.", "bo"));
    assert!(looks_like_a_formula("=1+1") && looks_like_a_formula("@x") && !looks_like_a_formula("Ada"));
}

#[test]
fn a_username_is_made_of_a_name() {
    let taken = ["ada.okafor", "ada.okafor2"].map(str::to_owned).into();
    for (name, username) in [
        ("Ada Okafor", Some("ada.okafor3")),
        ("Jürgen Groß", Some("juergen.gross")),
        ("Marie-Ève D’Été", Some("marie.eve.dete")),
        ("A", Some("a0")),
        ("Wolfeschlegelsteinhausenbergerdorff the Elder", Some("wolfeschlegelsteinhausenber")),
        ("王", None),
    ] {
        assert_eq!(username_for(name, &taken).as_ref().map(Username::as_str), username, "{name}");
    }
}
