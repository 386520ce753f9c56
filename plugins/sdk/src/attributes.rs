//! Attributes and messages: what the contract says in keys and values.

use crate::{Attribute, Message, Value};

/// The number under a key; none where it is missing or something else.
pub fn number(attributes: &[Attribute], key: &str) -> Option<i64> {
    match value(attributes, key)? {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

/// The text under a key; none where it is missing or something else.
pub fn text<'a>(attributes: &'a [Attribute], key: &str) -> Option<&'a str> {
    match value(attributes, key)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The truth under a key; none where it is missing or something else.
pub fn truth(attributes: &[Attribute], key: &str) -> Option<bool> {
    match value(attributes, key)? {
        Value::Truth(truth) => Some(*truth),
        _ => None,
    }
}

fn value<'a>(attributes: &'a [Attribute], key: &str) -> Option<&'a Value> {
    attributes.iter().find(|attribute| attribute.key == key).map(|attribute| &attribute.value)
}

impl Message {
    /// A message of the pack's catalogue (`messages/*.ftl`), without arguments.
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), arguments: Vec::new() }
    }

    /// Adds an argument; at most 8 are allowed, a text of at most 200 characters.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.arguments.push(Attribute { key: key.to_owned(), value: value.into() });
        self
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
