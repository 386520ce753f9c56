//! Between the domain's types and the contract's; and how much of both is let through.

use domain::scoring::{
    Attribute, InputEvidence, InputGroup, InputRequirement, Message, NextAction, Receipt, RequirementKind, ScoreInput, Scorecard, Value,
};
use domain::subject::Trust;

use crate::bindings::types;
use crate::call::Failed;
use crate::limits::{Budget, Limits};

/// Refuses inputs that no rule is asked about.
pub(crate) fn check_input(limits: &Limits, input: &ScoreInput) -> Result<(), Failed> {
    if input.evidence.len() > limits.evidence {
        let detail = format!("{} rows of evidence, at most {} are given to a rule", input.evidence.len(), limits.evidence);
        return Err(Failed::new("input_too_large", detail));
    }
    let size = input_size(input);
    if size > limits.input {
        return Err(Failed::new("input_too_large", format!("an input of {size} bytes, at most {} are given to a rule", limits.input)));
    }
    Ok(())
}

/// Bytes of an input as they lie in the guest's memory (records of the canonical ABI, and strings).
fn input_size(input: &ScoreInput) -> usize {
    let attributes = |list: &[Attribute]| list.iter().map(attribute_size).sum::<usize>();
    let groups: usize = input.groups.iter().map(|group| 28 + attributes(&group.attributes)).sum();
    let requirement = |r: &InputRequirement| 60 + r.id.len() + 4 * (r.criteria.len() + r.requires.len()) + attributes(&r.attributes);
    let requirements: usize = input.requirements.iter().map(requirement).sum();
    let evidence: usize = input.evidence.iter().map(|row| 32 + 4 * row.criteria.len() + attributes(&row.attributes)).sum();
    groups + requirements + evidence + attributes(&input.settings) + input.template.len() + input.revision.len()
}

fn attribute_size(attribute: &Attribute) -> usize {
    let text = if let Value::Text(text) = &attribute.value { text.len() } else { 0 };
    24 + attribute.key.len() + text
}

pub(crate) fn input(input: &ScoreInput) -> types::ScoreInput {
    types::ScoreInput {
        template: input.template.clone(),
        revision: input.revision.clone(),
        today: input.today,
        groups: input.groups.iter().map(group).collect(),
        requirements: input.requirements.iter().map(requirement).collect(),
        evidence: input.evidence.iter().map(evidence).collect(),
        settings: attributes(&input.settings),
    }
}

fn group(group: &InputGroup) -> types::Group {
    types::Group { parent: group.parent, need: group.need, weight: group.weight, attributes: attributes(&group.attributes) }
}

fn requirement(requirement: &InputRequirement) -> types::Requirement {
    types::Requirement {
        id: requirement.id.clone(),
        kind: match requirement.kind {
            RequirementKind::Skill => types::Kind::Skill,
            RequirementKind::Project => types::Kind::Project,
            RequirementKind::Certification => types::Kind::Certification,
            RequirementKind::Topic => types::Kind::Topic,
        },
        group: requirement.group,
        level: requirement.level,
        step: requirement.step,
        possible: requirement.possible,
        least_trust: trust(requirement.least_trust),
        hours: requirement.hours,
        criteria: requirement.criteria.iter().map(|criterion| types::Criterion { weight: criterion.weight }).collect(),
        requires: requirement.requires.clone(),
        attributes: attributes(&requirement.attributes),
    }
}

fn evidence(row: &InputEvidence) -> types::Evidence {
    types::Evidence {
        requirement: row.requirement,
        criteria: row.criteria.clone(),
        share: row.share,
        trust: trust(row.trust),
        on: row.on,
        attributes: attributes(&row.attributes),
    }
}

fn trust(trust: Trust) -> types::Trust {
    match trust {
        Trust::Claimed => types::Trust::Claimed,
        Trust::Linked => types::Trust::Linked,
        Trust::Peer => types::Trust::Peer,
        Trust::Mentor => types::Trust::Mentor,
        Trust::Verified => types::Trust::Verified,
    }
}

fn attributes(attributes: &[Attribute]) -> Vec<types::Attribute> {
    let value = |value: &Value| match value {
        Value::Text(text) => types::Value::Text(text.clone()),
        Value::Number(number) => types::Value::Number(*number),
        Value::Truth(truth) => types::Value::Truth(*truth),
    };
    attributes.iter().map(|attribute| types::Attribute { key: attribute.key.clone(), value: value(&attribute.value) }).collect()
}

/// What an answer weighs, counted while it is converted; the first string or byte too many ends it.
pub(crate) struct Scale {
    budget: Budget,
    bytes: usize,
}

impl Scale {
    pub(crate) fn new(budget: Budget) -> Self {
        Self { budget, bytes: 0 }
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.bytes as u64
    }

    fn add(&mut self, bytes: usize) -> Result<(), Failed> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > self.budget.output {
            return Err(Failed::new("output_too_large", format!("the answer has more than {} KiB", self.budget.output >> 10)));
        }
        Ok(())
    }

    pub(crate) fn string(&mut self, text: String) -> Result<String, Failed> {
        if text.len() > self.budget.string {
            let detail = format!("a string of {} bytes, at most {} are allowed", text.len(), self.budget.string);
            return Err(Failed::new("string_too_long", detail));
        }
        self.add(text.len())?;
        Ok(text)
    }

    pub(crate) fn card(&mut self, card: types::Scorecard) -> Result<Scorecard, Failed> {
        Ok(Scorecard {
            readiness: card.readiness,
            receipts: card.receipts.into_iter().map(|receipt| self.receipt(receipt)).collect::<Result<_, _>>()?,
            next: card.next.into_iter().map(|action| self.action(action)).collect::<Result<_, _>>()?,
        })
    }

    fn receipt(&mut self, receipt: types::Receipt) -> Result<Receipt, Failed> {
        self.add(36 + 4 * receipt.evidence.len())?;
        let types::Receipt { requirement, points, possible, reason, evidence } = receipt;
        Ok(Receipt { requirement, points, possible, reason: self.message(reason)?, evidence })
    }

    fn action(&mut self, action: types::NextAction) -> Result<NextAction, Failed> {
        self.add(24)?;
        Ok(NextAction { requirement: action.requirement, gain: action.gain, why: self.message(action.why)? })
    }

    fn message(&mut self, message: types::Message) -> Result<Message, Failed> {
        let id = self.string(message.id)?;
        let arguments = message.arguments.into_iter().map(|argument| self.attribute(argument)).collect::<Result<_, _>>()?;
        Ok(Message { id, arguments })
    }

    fn attribute(&mut self, attribute: types::Attribute) -> Result<Attribute, Failed> {
        self.add(24)?;
        let value = match attribute.value {
            types::Value::Text(text) => Value::Text(self.string(text)?),
            types::Value::Number(number) => Value::Number(number),
            types::Value::Truth(truth) => Value::Truth(truth),
        };
        Ok(Attribute { key: self.string(attribute.key)?, value })
    }
}
