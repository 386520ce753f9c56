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

/// The small lists of an input as the contract has them, all of a kind in one: [`Rows`] points into them.
pub(crate) struct Parts<'a> {
    criteria: Vec<types::Criterion>,
    attributes: Vec<types::AttributeParam<'a>>,
}

impl<'a> Parts<'a> {
    pub(crate) fn of(input: &'a ScoreInput) -> Self {
        let criteria = input.requirements.iter().flat_map(|requirement| &*requirement.criteria);
        Self {
            criteria: criteria.map(|criterion| types::Criterion { weight: criterion.weight }).collect(),
            attributes: attributes_in_order(input).map(attribute).collect(),
        }
    }

    /// The lists that hold them.
    pub(crate) fn rows(&'a self, input: &'a ScoreInput) -> Rows<'a> {
        let (mut criteria, mut attributes) = (self.criteria.as_slice(), self.attributes.as_slice());
        Rows {
            groups: input.groups.iter().map(|row| group(row, first(&mut attributes, row.attributes.len()))).collect(),
            requirements: input
                .requirements
                .iter()
                .map(|row| requirement(row, first(&mut criteria, row.criteria.len()), first(&mut attributes, row.attributes.len())))
                .collect(),
            evidence: input.evidence.iter().map(|row| evidence(row, first(&mut attributes, row.attributes.len()))).collect(),
            settings: attributes,
        }
    }
}

/// The large lists of an input as the contract has them.
pub(crate) struct Rows<'a> {
    groups: Vec<types::Group<'a>>,
    requirements: Vec<types::Requirement<'a>>,
    evidence: Vec<types::Evidence<'a>>,
    settings: &'a [types::AttributeParam<'a>],
}

impl<'a> Rows<'a> {
    pub(crate) fn input(&'a self, input: &'a ScoreInput) -> types::ScoreInput<'a> {
        types::ScoreInput {
            template: &input.template,
            revision: &input.revision,
            today: input.today,
            groups: &self.groups,
            requirements: &self.requirements,
            evidence: &self.evidence,
            settings: self.settings,
        }
    }
}

/// In the order in which [`Parts::rows`] takes them again.
fn attributes_in_order(input: &ScoreInput) -> impl Iterator<Item = &Attribute> {
    let groups = input.groups.iter().flat_map(|group| &group.attributes);
    let requirements = input.requirements.iter().flat_map(|requirement| &requirement.attributes);
    let evidence = input.evidence.iter().flat_map(|row| &row.attributes);
    groups.chain(requirements).chain(evidence).chain(&input.settings)
}

/// Takes the first so many of a list.
fn first<'a, T>(list: &mut &'a [T], count: usize) -> &'a [T] {
    let (first, rest) = list.split_at(count);
    *list = rest;
    first
}

fn group<'a>(group: &InputGroup, attributes: &'a [types::AttributeParam<'a>]) -> types::Group<'a> {
    types::Group { parent: group.parent, need: group.need, weight: group.weight, attributes }
}

fn requirement<'a>(
    requirement: &'a InputRequirement,
    criteria: &'a [types::Criterion],
    attributes: &'a [types::AttributeParam<'a>],
) -> types::Requirement<'a> {
    types::Requirement {
        id: &requirement.id,
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
        criteria,
        requires: &requirement.requires,
        attributes,
    }
}

fn evidence<'a>(row: &'a InputEvidence, attributes: &'a [types::AttributeParam<'a>]) -> types::Evidence<'a> {
    types::Evidence {
        requirement: row.requirement,
        criteria: &row.criteria,
        share: row.share,
        trust: trust(row.trust),
        on: row.on,
        attributes,
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

fn attribute(attribute: &Attribute) -> types::AttributeParam<'_> {
    let value = match &attribute.value {
        Value::Text(text) => types::ValueParam::Text(text),
        Value::Number(number) => types::ValueParam::Number(*number),
        Value::Truth(truth) => types::ValueParam::Truth(*truth),
    };
    types::AttributeParam { key: &attribute.key, value }
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
        let id = self.string(message.id)?.into();
        let arguments = message.arguments.into_iter().map(|argument| self.attribute(argument)).collect::<Result<_, _>>()?;
        Ok(Message { id, arguments })
    }

    fn attribute(&mut self, attribute: types::AttributeResult) -> Result<Attribute, Failed> {
        self.add(24)?;
        let value = match attribute.value {
            types::ValueResult::Text(text) => Value::Text(self.string(text)?.into()),
            types::ValueResult::Number(number) => Value::Number(number),
            types::ValueResult::Truth(truth) => Value::Truth(truth),
        };
        Ok(Attribute { key: self.string(attribute.key)?.into(), value })
    }
}
