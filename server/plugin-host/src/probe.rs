//! What a rule must show before it is taken: its fixtures, the scoring laws, and that it bears extremes.

use std::borrow::Cow;
use std::sync::Arc;

use domain::scoring::{
    Attribute, InputCriterion, InputEvidence, InputGroup, InputRequirement, Outcome, RequirementKind, RuleFailure, RuleIdentity,
    ScoreInput, Scorecard, ScoringRule, Value, laws, reapportion,
};
use domain::subject::Trust;
use serde::{Deserialize, Serialize};

use crate::host::Loaded;
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::rule::PluginRule;

/// An input and the card that must come of it: a file of `fixtures/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixture {
    pub input: ScoreInput,
    pub expected: Scorecard,
}

/// What probing found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Probed {
    /// Fixture and the fuel that it took.
    pub fixtures: Vec<(String, u64)>,
    /// Inputs on which the scoring laws were tested.
    pub laws: usize,
    /// Fuel at the largest input that is accepted.
    pub largest_fuel: u64,
}

/// Fixtures that a rule must bring.
pub const LEAST_FIXTURES: usize = 3;
/// Each runs that often, every time in a fresh instance.
const RUNS: usize = 3;

/// Probes a pack's rule; a pack without one has nothing to show.
///
/// # Errors
/// `fixture` (too few, unreadable, another card than expected), `unsteady` (the same input gave another card or took other
/// fuel), `law` (with the smallest counter-example), `fuel_at_largest`, or the code of a call that failed.
pub(crate) fn probe(loaded: &Loaded, limits: &Limits) -> Result<Probed, Refusal> {
    let Some(rule) = &loaded.rule else { return Ok(Probed::default()) };
    prove(loaded, rule, limits).map_err(|refusal| refusal.of(&loaded.manifest.id))
}

fn prove(loaded: &Loaded, rule: &PluginRule, limits: &Limits) -> Result<Probed, Refusal> {
    let fixtures = read(loaded)?;
    let mut probed = Probed::default();
    for (name, fixture) in &fixtures {
        probed.fixtures.push((name.clone(), run(rule, name, fixture)?));
    }
    let settings = loaded.manifest.settings_with_defaults(&[]).unwrap_or_default();
    let mut inputs: Vec<ScoreInput> = fixtures.into_iter().map(|(_, fixture)| fixture.input).collect();
    inputs.extend(generated(&settings));
    laws(&Quiet(rule), &inputs).map_err(|broken| {
        let example = serde_json::to_string(&broken.input).unwrap_or_default();
        let what = format!("its rule breaks the law “{}”: {}. The smallest input that shows it: {example}", broken.law, broken.detail);
        Refusal::new("law", what, "Mend the rule; `waymark plugin check` tests the same laws")
    })?;
    probed.laws = inputs.len();
    probed.largest_fuel = at_the_largest(rule, limits, settings)?;
    Ok(probed)
}

fn read(loaded: &Loaded) -> Result<Vec<(String, Fixture)>, Refusal> {
    let refuse =
        |what: String| Refusal::new("fixture", what, "A fixture is a JSON object of `input` and `expected`; a rule brings at least three");
    let mut fixtures = Vec::new();
    for (name, text) in loaded.pack.texts("fixtures/", ".json")? {
        let fixture = serde_json::from_str(text).map_err(|error| refuse(format!("fixtures/{name}.json cannot be read: {error}")))?;
        fixtures.push((name.to_owned(), fixture));
    }
    if fixtures.len() < LEAST_FIXTURES {
        return Err(refuse(format!("it brings {} fixtures", fixtures.len())));
    }
    Ok(fixtures)
}

fn run(rule: &PluginRule, name: &str, fixture: &Fixture) -> Result<u64, Refusal> {
    let mut first: Option<(Scorecard, u64)> = None;
    for _ in 0..RUNS {
        let (card, usage) = rule.try_out(&fixture.input);
        let mend = "Run `waymark plugin check` on the pack; the limits stand in docs/plugins.md";
        let card = card.map_err(|failure| Refusal::new(&failure.code, format!("fixture {name} failed: {}", failure.detail), mend))?;
        let seen = (card, usage.fuel);
        match &first {
            None => first = Some(seen),
            Some(before) if *before != seen => {
                let what = format!("fixture {name} gave two cards, or took {} and {} units of fuel", before.1, seen.1);
                return Err(Refusal::new("unsteady", what, "A rule must depend on its input only: look for hash maps with random order"));
            }
            Some(_) => {}
        }
    }
    match first {
        Some((card, fuel)) if card == fixture.expected => Ok(fuel),
        Some((card, _)) => {
            let got = serde_json::to_string(&card).unwrap_or_default();
            let what = format!("fixture {name} expects readiness {}, the rule gave {got}", fixture.expected.readiness);
            Err(Refusal::new("fixture", what, "Mend the rule, or the fixture"))
        }
        None => Ok(0),
    }
}

/// The rule outside its breaker and statistics, and before the host's check.
struct Quiet<'a>(&'a PluginRule);

impl ScoringRule for Quiet<'_> {
    fn identity(&self) -> RuleIdentity {
        self.0.identity()
    }

    fn score(&self, inputs: &[ScoreInput]) -> Vec<Result<Outcome, RuleFailure>> {
        let one = |input: &ScoreInput| {
            let (card, usage) = self.0.unchecked(input);
            card.map(|card| Outcome { card, fuel: Some(usage.fuel) }).map_err(RuleFailure::from)
        };
        inputs.iter().map(one).collect()
    }

    fn knows_message(&self, id: &str) -> bool {
        self.0.knows_message(id)
    }
}

/// Inputs of all shapes: every kind, any-N groups with and without choices, projects, old and new evidence, extremes.
fn generated(settings: &[Attribute]) -> Vec<ScoreInput> {
    let mut inputs: Vec<ScoreInput> = (1..=6).map(|seed| input(seed, 6, 12, settings)).collect();
    inputs.extend((7..=9).map(|seed| input(seed, 24, 60, settings)));
    let mut extreme = input(10, 12, 24, settings);
    extreme.today = i32::MAX;
    for (index, row) in extreme.evidence.iter_mut().enumerate() {
        (row.on, row.share) = if index % 2 == 0 { (i32::MIN, 10_000) } else { (i32::MAX, 1) };
    }
    for requirement in &mut extreme.requirements {
        requirement.hours = if requirement.hours % 2 == 0 { 0 } else { u32::MAX };
        Arc::make_mut(&mut requirement.criteria).iter_mut().for_each(|criterion| criterion.weight = u32::MAX);
        requirement.attributes.push(Attribute { key: Cow::Borrowed(""), value: Value::Number(i64::MIN) });
    }
    reapportion(&mut extreme);
    inputs.push(extreme);
    inputs
}

/// A made-up input; the same seed gives the same one.
fn input(seed: u32, requirements: u32, rows: u32, settings: &[Attribute]) -> ScoreInput {
    let mut state = seed.wrapping_mul(2_654_435_761);
    // xorshift32 (Marsaglia 2003): no dice are needed, only variety.
    let mut dice = move |most: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % most.max(1)
    };
    let group = |need, weight| InputGroup { parent: None, need, weight, attributes: Vec::new() };
    let half = requirements / 2;
    let need = (half / 2).max(1);
    let kinds = [RequirementKind::Skill, RequirementKind::Project, RequirementKind::Certification, RequirementKind::Topic];
    let line = |index: u32, dice: &mut dyn FnMut(u32) -> u32| {
        let kind = kinds[(index % 4) as usize];
        let criteria = if kind == RequirementKind::Project { 1 + dice(4) } else { 0 };
        InputRequirement {
            id: format!("r{index:03}").into(),
            kind,
            group: u32::from(index >= half),
            level: (index % 3) as u8,
            step: if kind == RequirementKind::Skill { 1 + dice(4) as u8 } else { 0 },
            possible: 0,
            least_trust: [Trust::Claimed, Trust::Linked, Trust::Mentor][dice(3) as usize],
            hours: 1 + dice(200),
            criteria: (0..criteria).map(|_| InputCriterion { weight: 1 + dice(9) }).collect(),
            requires: if index > 0 && dice(3) == 0 { [dice(index)].into() } else { Arc::default() },
            attributes: if index >= half && dice(4) == 0 {
                vec![Attribute { key: Cow::Borrowed("chosen"), value: Value::Truth(true) }]
            } else {
                Vec::new()
            },
        }
    };
    let mut requirements: Vec<InputRequirement> = (0..requirements).map(|index| line(index, &mut dice)).collect();
    spread(&mut requirements[..half as usize], 6_000);
    spread(&mut requirements[half as usize..][..need as usize], 4_000);
    let count = requirements.len() as u32;
    let row = |dice: &mut dyn FnMut(u32) -> u32| {
        let requirement = dice(count);
        let criteria = requirements[requirement as usize].criteria.len() as u32;
        InputEvidence {
            requirement,
            criteria: (0..criteria).filter(|_| dice(2) == 0).collect(),
            share: [10_000, 6_666, 3_333, 1_000, dice(10_001)][dice(5) as usize],
            trust: Trust::ALL[dice(5) as usize],
            on: 20_000 - dice(3_000) as i32,
            attributes: Vec::new(),
        }
    };
    let mut evidence: Vec<InputEvidence> = (0..rows).map(|_| row(&mut dice)).collect();
    evidence.sort();
    let mut input = ScoreInput {
        template: "probe".to_owned(),
        revision: "0".repeat(64),
        today: 20_000,
        groups: vec![group(None, 6_000), group(Some(need), 4_000)],
        requirements,
        evidence,
        settings: settings.to_vec(),
    };
    reapportion(&mut input);
    input
}

/// Points in parts that differ by at most one.
fn spread(requirements: &mut [InputRequirement], points: u32) {
    let count = requirements.len().max(1) as u32;
    for (index, requirement) in requirements.iter_mut().enumerate() {
        requirement.possible = points / count + u32::from((index as u32) < points % count);
    }
}

/// The largest input must leave half of the fuel: templates and histories grow.
fn at_the_largest(rule: &PluginRule, limits: &Limits, settings: Vec<Attribute>) -> Result<u64, Refusal> {
    let rows = u32::try_from(limits.evidence).unwrap_or(u32::MAX);
    let (card, usage) = rule.try_out(&input(11, 200, rows, &settings));
    let mend = "Make the rule cheaper; the fuel it may use stands in docs/plugins.md";
    card.map_err(|failure| Refusal::new(&failure.code, format!("the largest input failed: {}", failure.detail), mend))?;
    if usage.fuel > limits.score.fuel / 2 {
        let what = format!("the largest input takes {} units of fuel, at most {} are allowed", usage.fuel, limits.score.fuel / 2);
        return Err(Refusal::new("fuel_at_largest", what, mend));
    }
    Ok(usage.fuel)
}
