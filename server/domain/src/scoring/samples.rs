//! Parts of inputs for this crate's tests.

use crate::scoring::{Attribute, InputCriterion, InputEvidence, InputGroup, InputRequirement, RequirementKind, Value};
use crate::subject::Trust;

pub(crate) fn requirement(id: &str, possible: u32) -> InputRequirement {
    InputRequirement {
        id: id.into(),
        kind: RequirementKind::Topic,
        group: 0,
        level: 0,
        step: 0,
        possible,
        least_trust: Trust::Linked,
        hours: 10,
        criteria: Default::default(),
        requires: Default::default(),
        attributes: Vec::new(),
    }
}

pub(crate) fn project(id: &str, weights: &[u32]) -> InputRequirement {
    let criteria = weights.iter().map(|&weight| InputCriterion { weight }).collect();
    InputRequirement { kind: RequirementKind::Project, criteria, ..requirement(id, 10_000) }
}

pub(crate) fn choose(requirement: &mut InputRequirement) {
    requirement.attributes.push(Attribute { key: "chosen".into(), value: Value::Truth(true) });
}

pub(crate) fn evidence(requirement: u32, share: u32) -> InputEvidence {
    InputEvidence { requirement, criteria: Default::default(), share, trust: Trust::Linked, on: 20_000, attributes: Vec::new() }
}

pub(crate) fn any_of(need: u32) -> InputGroup {
    InputGroup { parent: None, need: Some(need), weight: 10_000, attributes: Vec::new() }
}
