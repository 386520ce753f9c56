//! The catalogue and the roles that ship, held to the validation that files pass and to rules of their own.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;

use domain::catalogue::Catalogue;
use domain::practice::{parse_deck_toml, validate_deck, wanted_topics};
use domain::subject::Subject;
use domain::template::{Template, catalogue, parse_catalogue_toml, parse_toml, validate};

const SKILLS: &str = include_str!("../../../config/skills.toml");
const BACKEND: &str = include_str!("../../../config/roles/backend-developer.toml");
const QUESTIONS: &str = include_str!("../../../config/questions/backend-developer.toml");
const PACK_SKILLS: &str = include_str!("../../../plugins/site-reliability/skills.toml");
const RELIABILITY: &str = include_str!("../../../plugins/site-reliability/templates/site-reliability-engineer.toml");

const FULL_STACK: &str = include_str!("../../../config/roles/full-stack-developer.toml");
const PLATFORM: &str = include_str!("../../../config/roles/platform-engineer.toml");

fn built_in() -> Catalogue {
    catalogue(&[(None, parse_catalogue_toml(SKILLS).unwrap())]).unwrap_or_else(|problems| panic!("{problems}"))
}

fn with_pack() -> Catalogue {
    let pack = (Some("waymark/site-reliability"), parse_catalogue_toml(PACK_SKILLS).unwrap());
    catalogue(&[(None, parse_catalogue_toml(SKILLS).unwrap()), pack]).unwrap_or_else(|problems| panic!("{problems}"))
}

fn role(text: &str, catalogue: &Catalogue) -> Template {
    let document = parse_toml(text).unwrap_or_else(|problems| panic!("{problems}"));
    validate(document, catalogue).unwrap_or_else(|problems| panic!("{problems}"))
}

fn built_in_roles() -> [Template; 3] {
    [BACKEND, FULL_STACK, PLATFORM].map(|text| role(text, &built_in()))
}

fn roles() -> [Template; 4] {
    let [backend, full_stack, platform] = built_in_roles();
    [backend, full_stack, platform, role(RELIABILITY, &with_pack())]
}

fn subjects(template: &Template) -> BTreeSet<&Subject> {
    template.requirements.iter().flat_map(|requirement| requirement.subjects()).collect()
}

/// Two lines of 14 characters, broken at a space.
fn fits_the_map(label: &str) -> bool {
    let fits = |line: &str| line.chars().count() <= 14;
    fits(label) || label.match_indices(' ').any(|(at, _)| fits(&label[..at]) && fits(&label[at + 1..]))
}

#[test]
fn the_built_in_roles_need_no_pack() {
    let shape = |template: &Template| (template.id().to_owned(), template.document.levels.len(), template.areas().count());
    let of = |id: &str, levels, areas| (id.to_owned(), levels, areas);
    assert_eq!(
        built_in_roles().each_ref().map(shape),
        [of("backend-developer", 8, 14), of("full-stack-developer", 4, 14), of("platform-engineer", 4, 16)]
    );
}

#[test]
fn a_built_in_role_asks_for_sixty_things_at_least_beside_what_is_a_choice() {
    for template in built_in_roles() {
        let choices = template.groups.iter().filter(|group| group.need.is_some());
        let spared: usize = choices.map(|group| group.members.len() - group.need.unwrap_or(0) as usize).sum();
        let asked = template.requirements.len() - spared;
        assert!(asked >= 60, "{}: {asked}", template.id());
    }
}

#[test]
fn every_built_in_role_has_every_kind_of_requirement_and_says_what_the_work_is() {
    use domain::subject::SubjectKind;
    use domain::template::Section;
    for template in built_in_roles() {
        let kinds: BTreeSet<SubjectKind> =
            template.requirements.iter().flat_map(|requirement| requirement.subjects()).map(|subject| subject.kind).collect();
        assert_eq!(kinds.len(), SubjectKind::ALL.len(), "{}: {kinds:?}", template.id());
        let sections: BTreeSet<Section> = template.document.facts.iter().map(|fact| fact.section).collect();
        for wanted in
            [Section::Duty, Section::NextStep, Section::Gap, Section::Upside, Section::Downside, Section::Question, Section::WayIn]
        {
            assert!(sections.contains(&wanted), "{}: {wanted:?}", template.id());
        }
        assert!(template.document.exams.is_some() && !template.document.transitions.is_empty(), "{}", template.id());
    }
}

#[test]
fn what_our_own_curation_says_holds_no_figure_of_pay() {
    use domain::template::Section;
    for template in [FULL_STACK, PLATFORM].map(|text| role(text, &built_in())) {
        assert!(template.document.salaries.is_empty(), "{}", template.id());
        let market = [Section::Growth, Section::Openings, Section::Market, Section::Trend, Section::Employer, Section::Sector];
        assert!(template.document.facts.iter().all(|fact| !market.contains(&fact.section)), "{}", template.id());
    }
}

#[test]
fn half_of_what_a_built_in_role_asks_counts_for_another_one_too() {
    let roles = built_in_roles();
    for role in &roles {
        let others: BTreeSet<&Subject> = roles.iter().filter(|other| other.id() != role.id()).flat_map(subjects).collect();
        let own = subjects(role);
        let shared = own.intersection(&others).count();
        assert!(2 * shared >= own.len(), "{}: {shared} of {}", role.id(), own.len());
    }
}

#[test]
fn every_level_of_a_shipped_role_asks_for_something() {
    for template in roles() {
        for (level, rung) in template.document.levels.iter().enumerate() {
            assert!(template.requirements.iter().any(|requirement| requirement.level == level), "{}: {}", template.id(), rung.id);
        }
    }
}

#[test]
fn every_label_fits_the_map() {
    for template in roles() {
        for requirement in &template.requirements {
            assert!(fits_the_map(&requirement.short), "{}: {}", requirement.id, requirement.short);
        }
    }
}

#[test]
fn nothing_waits_for_one_member_of_a_choice_but_another_choice() {
    for template in roles() {
        for requirement in &template.requirements {
            for &before in &requirement.requires {
                let is_choice = |group: usize| template.groups[group].need.is_some();
                let before = &template.requirements[before];
                assert!(
                    !is_choice(before.group) || is_choice(requirement.group),
                    "{} waits for {}, which a learner need not choose",
                    requirement.id,
                    before.id
                );
            }
        }
    }
}

#[test]
fn members_of_a_choice_stand_on_one_level_with_one_weight() {
    for template in roles() {
        for group in template.groups.iter().filter(|group| group.need.is_some()) {
            let kinds: BTreeSet<_> =
                group.members.iter().map(|&member| (template.requirements[member].level, template.requirements[member].weight)).collect();
            assert_eq!(kinds.len(), 1, "{}: {}", template.id(), group.id);
        }
    }
}

#[test]
fn no_two_requirements_of_a_role_ask_for_the_same() {
    for template in roles() {
        let mut seen = BTreeSet::new();
        for requirement in &template.requirements {
            assert!(seen.insert(format!("{:?}", requirement.asks)), "{}: {}", template.id(), requirement.id);
        }
    }
}

#[test]
fn every_requirement_and_every_figure_of_the_built_in_roles_names_its_source() {
    for template in built_in_roles() {
        for requirement in &template.document.requirements {
            assert!(!requirement.sources.is_empty(), "{}: {}", template.id(), requirement.id);
        }
    }
    let document = role(BACKEND, &built_in()).document;
    let paying: BTreeSet<&str> = document.salaries.iter().map(|salary| salary.source.as_str()).collect();
    assert_eq!(paying, BTreeSet::from(["S0", "S1", "S2", "S3"]));
}

#[test]
fn every_subject_of_the_catalogue_is_asked_for_by_a_shipped_role() {
    let catalogue = with_pack();
    let roles = roles();
    let asked: BTreeSet<&Subject> = roles.iter().flat_map(subjects).collect();
    let idle: Vec<&Subject> = catalogue.iter().map(|(subject, _)| subject).filter(|subject| !asked.contains(subject)).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn half_of_what_reliability_asks_counts_for_the_back_end_too() {
    let [backend, _, _, reliability] = roles();
    let (backend, reliability) = (subjects(&backend), subjects(&reliability));
    let shared = backend.intersection(&reliability).count();
    assert!(2 * shared >= reliability.len(), "{shared} of {}", reliability.len());
}

#[test]
fn every_interview_topic_of_the_built_in_role_has_ten_questions_at_least() {
    let catalogue = built_in();
    let document = parse_deck_toml(QUESTIONS).unwrap_or_else(|problems| panic!("{problems}"));
    let deck = validate_deck(document, &catalogue).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(deck.questions.len() >= 60);
    let role = role(BACKEND, &catalogue);
    for topic in wanted_topics(&role, role.document.levels.len()) {
        let count = deck.questions.iter().filter(|question| question.topic == topic).count();
        assert!(count >= 10, "{topic} has {count}");
    }
}
