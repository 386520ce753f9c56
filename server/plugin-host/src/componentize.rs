//! From a core module to a component.

use wit_component::ComponentEncoder;

use crate::refusal::Refusal;
use crate::text::plain;

/// Makes a component of a core module that carries the contract's types in a custom section, as wit-bindgen puts them
/// there. The same module gives the same bytes.
///
/// # Errors
/// `componentize`: the module lacks the section, or does not keep to it.
pub fn componentize(module: &[u8]) -> Result<Vec<u8>, Refusal> {
    let refuse = |error: &dyn std::fmt::Display| {
        let what = format!("no component can be made of the module: {}", plain(&error.to_string(), 500));
        Refusal::new("componentize", what, "Export a rule or a catalog with the SDK's macros, and import nothing else")
    };
    let mut encoder = ComponentEncoder::default();
    encoder.module(module).map_err(|error| refuse(&format!("{error:#}")))?;
    encoder.validate(true).encode().map_err(|error| refuse(&format!("{error:#}")))
}
