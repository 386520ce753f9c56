use std::collections::BTreeSet;

use super::*;
use crate::path::RequirementStanding;
use crate::samples;
use crate::scoring::{DefaultRule, Scope, score};
use crate::template::{Direction, Measure, Salary};

fn salary(source: &str, level: Option<&str>, measure: Measure, low: u32, high: u32) -> Salary {
    Salary {
        source: source.to_owned(),
        label: "entry".to_owned(),
        level: level.map(str::to_owned),
        place: None,
        currency: "USD".to_owned(),
        measure,
        low,
        high,
        open_end: false,
        about_usd: None,
        period: None,
    }
}

fn range(source: &str, low: u32, high: u32) -> Salary {
    salary(source, Some("junior"), Measure::Range, low, high)
}

fn single(source: &str, measure: Measure, amount: u32) -> Salary {
    salary(source, Some("junior"), measure, amount, amount)
}

/// What is drawn of one line: source, low, high, open end, number of single figures.
fn shown<'a>(row: &PayRow<'a>) -> Vec<(&'a str, u32, u32, bool, usize)> {
    let drawn = row.lines.iter().map(|line| (line.source, line.drawn.clone().unwrap()));
    drawn.map(|(source, drawn)| (source, drawn.low, drawn.high, drawn.open_end, drawn.marks.len())).collect()
}

fn document(salaries: Vec<Salary>) -> Document {
    Document { salaries, ..samples::maker().document }
}

#[test]
fn every_range_is_a_bar_and_single_figures_of_one_source_share_a_line() {
    let mut senior = salary("A", Some("senior"), Measure::Range, 150_000, 150_000);
    senior.open_end = true;
    let document = document(vec![
        range("B", 75_000, 110_000),
        range("A", 60_000, 85_000),
        single("A", Measure::Median, 70_000),
        single("A", Measure::Average, 75_000),
        senior,
    ]);
    let pay = pay(&document).unwrap();
    assert_eq!((pay.currency, pay.to), ("USD", 175_000), "an open end has room for its tail");
    assert_eq!(pay.ticks, [50_000, 100_000, 150_000]);
    assert_eq!(pay.rows.iter().map(|row| row.level).collect::<Vec<_>>(), [Some(0), Some(2)]);
    assert_eq!(shown(&pay.rows[0]), [("A", 60_000, 85_000, false, 0), ("A", 70_000, 75_000, false, 2), ("B", 75_000, 110_000, false, 0)]);
    assert_eq!(shown(&pay.rows[1]), [("A", 150_000, 150_000, true, 0)]);
    assert_eq!((pay.at(0), pay.at(87_500), pay.at(175_000)), (0, 5_000, 10_000));
}

#[test]
fn figures_of_places_are_drawn_by_what_they_are_about_in_the_scales_currency() {
    let place = |currency: &str, about: Option<[u32; 2]>| Salary {
        label: "Somewhere".to_owned(),
        place: Some("Somewhere".to_owned()),
        currency: currency.to_owned(),
        about_usd: about,
        ..salary("A", None, Measure::Range, 60_000, 95_000)
    };
    let document = document(vec![
        range("A", 50_000, 90_000),
        range("B", 50_000, 90_000),
        range("C", 50_000, 90_000),
        place("EUR", Some([65_000, 105_000])),
        place("JPY", None),
        place("USD", None),
    ]);
    let pay = pay(&document).unwrap();
    let drawn: Vec<Option<(u32, u32)>> = pay.places.iter().map(|line| line.drawn.as_ref().map(|drawn| (drawn.low, drawn.high))).collect();
    assert_eq!(drawn, [Some((65_000, 105_000)), None, Some((60_000, 95_000))]);
    assert_eq!(pay.rows.len(), 1, "a place is no level");
}

#[test]
fn a_role_without_figures_has_no_picture_of_pay() {
    assert_eq!(pay(&samples::maker().document), None);
}

#[test]
fn a_disagreement_is_said_with_who_says_what() {
    let open = |source: &str, low: u32, high: u32| Salary { open_end: true, ..range(source, low, high) };
    let of = |salaries: Vec<Salary>| {
        let document = document(salaries);
        let pay = pay(&document).unwrap();
        pay.rows[0].disagreements.iter().map(|one| format!("{one:?}")).collect::<Vec<_>>()
    };
    let apart = r#"Apart { lower: "A", top: 70000, upper: "C", floor: 75000 }"#;
    assert_eq!(of(vec![range("A", 55_000, 70_000), range("B", 60_000, 85_000), range("C", 75_000, 110_000)]), [apart]);
    let floors = r#"Floors { lowest: 100000, of: "A", highest: 150000, and: "B" }"#;
    assert_eq!(of(vec![open("A", 100_000, 130_000), range("B", 150_000, 210_000)]), [floors], "an open end reaches any floor");
    assert_eq!(of(vec![range("A", 60_000, 85_000), range("B", 60_000, 110_000)]), [""; 0]);
    assert_eq!(of(vec![range("A", 55_000, 70_000), range("A", 75_000, 110_000)]), [""; 0], "one source has several levels of its own");
    let within = r#"Within { source: "A", figure: 140000, low: 150000, high: 150000, open_end: true }"#;
    assert_eq!(
        of(vec![open("A", 150_000, 150_000), single("A", Measure::Median, 140_000), single("A", Measure::Average, 145_000)]),
        [within]
    );
    assert_eq!(of(vec![range("A", 60_000, 85_000), single("A", Measure::Median, 70_000), single("B", Measure::Median, 20_000)]), [""; 0]);
}

fn fact(section: Section, source: &str, period: Option<&str>) -> Fact {
    Fact {
        section,
        title: None,
        text: "17 %".to_owned(),
        names: Vec::new(),
        requirements: Vec::new(),
        period: period.map(str::to_owned),
        sources: vec![source.to_owned()],
    }
}

#[test]
fn a_source_that_gives_two_figures_for_one_time_contradicts_itself() {
    let growth = |source, period| fact(Section::Growth, source, period);
    let of = |facts: &[Fact]| contradicts_itself(&facts.iter().collect::<Vec<_>>()).into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(of(&[growth("A", Some("2022 to 2032")), growth("A", Some("2022 to 2032"))]), ["A"]);
    assert_eq!(of(&[growth("A", Some("2022")), growth("A", Some("2032"))]), [""; 0]);
    assert_eq!(of(&[growth("A", None), growth("B", None)]), [""; 0]);
}

#[test]
fn a_transition_leads_to_the_role_of_its_id_or_of_its_name() {
    let role = |id: &str, name: &str, aliases: &[&str]| Offered {
        id: id.to_owned(),
        name: name.to_owned(),
        aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
    };
    let offered = [
        role("maker", "Maker", &["Builder"]),
        role("platform-engineer", "Platform Engineer", &["Infrastructure Engineer"]),
        role("acme/roles/tester", "Tester", &[]),
    ];
    let to = |to: &str, role: Option<&str>| Transition {
        to: to.to_owned(),
        direction: Direction::Sideways,
        role: role.map(str::to_owned),
        sources: vec!["A".to_owned()],
    };
    let of = |transition: &Transition| leads_to(transition, "maker", &offered).map(|role| role.id.as_str());
    assert_eq!(of(&to("Somebody who tests", Some("acme/roles/tester"))), Some("acme/roles/tester"));
    assert_eq!(of(&to("PLATFORM ENGINEER", Some("not-installed"))), Some("platform-engineer"));
    assert_eq!(of(&to("Infrastructure Engineer", None)), Some("platform-engineer"));
    assert_eq!(of(&to("Builder", None)), None, "a role does not lead to itself");
    assert_eq!(of(&to("Astronaut", None)), None);
}

#[test]
fn roads_lie_by_direction_and_none_over_another() {
    let to = |name: &str, direction| Transition { to: name.to_owned(), direction, role: None, sources: Vec::new() };
    let transitions = [
        to("Sideways 1", Direction::Sideways),
        to("Up 1", Direction::Up),
        to("Up 2", Direction::Up),
        to("Related", Direction::Related),
        to("Sideways 2", Direction::Sideways),
    ];
    let picture = roads(&transitions).unwrap();
    let order: Vec<(Direction, Vec<usize>)> =
        picture.groups.iter().map(|group| (group.direction, group.stops.iter().map(|stop| stop.transition).collect())).collect();
    assert_eq!(order, [(Direction::Up, vec![1, 2]), (Direction::Sideways, vec![0, 4]), (Direction::Related, vec![3])]);
    let lines: Vec<u32> =
        picture.groups.iter().flat_map(|group| [group.head].into_iter().chain(group.stops.iter().map(|stop| stop.y))).collect();
    assert!(lines.windows(2).all(|pair| pair[1] >= pair[0] + 14), "{lines:?}");
    assert!(lines.last().unwrap() + 6 <= picture.height);
    assert_eq!(picture.home, picture.groups[1].stops[0].y, "sideways is level with the role");
    assert!(roads(&[]).is_none());
    assert!(roads(&transitions[1..3]).unwrap().home > 0);
}

#[test]
fn requirements_stand_together_as_the_least_of_them_does() {
    let template = samples::maker();
    let stands =
        |state, claimed_share, proven_share| RequirementStanding { state, trust: None, claimed_share, proven_share, last_evidence: None };
    let (proven, claimed, open, locked) =
        (stands(State::Proven, 10_000, 10_000), stands(State::Claimed, 10_000, 0), stands(State::Open, 0, 0), stands(State::Locked, 0, 0));
    let of = |standings: &[RequirementStanding], which: &[usize]| {
        together(&template, standings, which).map(|sum| (sum.state, sum.claimed_share, sum.proven_share))
    };
    assert_eq!(of(&[proven, proven], &[0, 1]), Some((State::Proven, 10_000, 10_000)));
    assert_eq!(of(&[proven, claimed], &[0, 1]), Some((State::Claimed, 10_000, 5_000)));
    assert_eq!(of(&[proven, open], &[0, 1]), Some((State::Doing, 5_000, 5_000)));
    assert_eq!(of(&[open, locked], &[0, 1]), Some((State::Open, 0, 0)));
    assert_eq!(of(&[locked, locked], &[0, 1]), Some((State::Locked, 0, 0)));
    assert_eq!(of(&[proven, open], &[1]), Some((State::Open, 0, 0)), "only those that are asked about");
    assert_eq!(of(&[proven], &[]), None);
    assert_eq!(of(&[proven], &[7]), None, "what the template does not have is left out");
}

#[test]
fn a_rung_is_scored_as_if_it_were_the_target() {
    let template = samples::maker();
    let ledger = [samples::link(1, &["skill:git@independent"])];
    let chosen = BTreeSet::new();
    let scope = |target| Scope { template: &template, target, chosen: &chosen, mentored: false, today: samples::today(), settings: &[] };
    let by_level = ready_by_level(scope(1), &ledger);
    for (target, ready) in by_level.iter().enumerate() {
        let own = score(&DefaultRule, scope(target), &ledger).unwrap();
        assert_eq!(*ready, Some((own.claimed.readiness, own.proven.readiness)), "level {target}");
    }
    assert!(by_level[0] > by_level[1] && by_level[1] > Some((0, 0)), "the same proof is a smaller part of more");
}
