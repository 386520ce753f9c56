//! What is wrong with a JSON body, in words of the API: the field, what was expected there, what came.

use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use crate::errors::Error;

/// Reads a body.
///
/// # Errors
/// `field_unknown` and `field_missing` at their field, else `body_malformed` with a sentence.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| explain(error.path(), error.inner()))?;
    reader.end().map_err(|error| Error::detail("body_malformed", error.to_string()))?;
    Ok(value)
}

fn explain(path: &Path, error: &serde_json::Error) -> Error {
    let text = error.to_string();
    let within = dotted(path);
    let named = |opening: &str| text.strip_prefix(opening).and_then(|rest| rest.split('`').next());
    if let Some(field) = named("unknown field `") {
        // The reader was at the field itself.
        return Error::field(if within.is_empty() { field } else { &within }, "field_unknown");
    }
    if let Some(field) = named("missing field `") {
        return Error::field(if within.is_empty() { field.to_owned() } else { format!("{within}.{field}") }, "field_missing");
    }
    let place = if within.is_empty() { String::new() } else { format!("{within}: ") };
    Error::detail("body_malformed", format!("{place}{}", told(&text)))
}

/// A path with dots, as the problem document names fields: `subjects.0.step`.
fn dotted(path: &Path) -> String {
    let part = |segment: &Segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { .. } | Segment::Unknown => None,
    };
    path.iter().filter_map(part).collect::<Vec<_>>().join(".")
}

/// serde's sentence without the names of our types.
fn told(text: &str) -> String {
    let (complaint, place) =
        text.rsplit_once(" at line ").map_or((text, String::new()), |(complaint, at)| (complaint, format!(", at line {at}")));
    let of_kind = complaint.strip_prefix("invalid type: ").or_else(|| complaint.strip_prefix("invalid value: "));
    match of_kind.and_then(|rest| rest.rsplit_once(", expected ")) {
        Some((came, wanted)) => format!("expected {}, not {}{place}", kind(wanted), kind(came)),
        None => text.to_owned(),
    }
}

/// What JSON calls what Rust calls otherwise.
fn kind(of: &str) -> &str {
    match of {
        "map" | "a map" => "an object",
        "sequence" | "a sequence" => "an array",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        _ if of.starts_with("struct ") => "an object",
        _ if of.starts_with("enum ") => "one of its words",
        _ => of,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only its reading is looked at")]
    struct Two {
        a: u32,
        b: Vec<InnerJson>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "as above")]
    struct InnerJson {
        word: Option<WordJson>,
        text: String,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum WordJson {
        Yes,
        No,
    }

    #[test]
    fn a_wrong_body_names_the_field() {
        let of = |text: &str| read::<Two>(text.as_bytes()).unwrap_err();
        let fields = |text: &str| match of(text) {
            Error::Fields(fields) => (fields[0].field.clone(), fields[0].code),
            other => panic!("{other:?}"),
        };
        assert_eq!(fields(r#"{"a":1}"#), ("b".to_owned(), "field_missing"));
        assert_eq!(fields(r#"{"a":1,"c":2}"#), ("c".to_owned(), "field_unknown"));
        assert_eq!(fields(r#"{"a":1,"b":[{"text":"x"},{}]}"#), ("b.1.text".to_owned(), "field_missing"));
        assert_eq!(fields(r#"{"a":1,"b":[{"text":"x","b":1}]}"#), ("b.0.b".to_owned(), "field_unknown"));
        assert!(matches!(of("{"), Error::Detail { code: "body_malformed", .. }));
        assert!(matches!(of(r#"{"a":1,"b":[]} more"#), Error::Detail { code: "body_malformed", .. }));
    }

    #[test]
    fn what_was_expected_is_said_in_words_of_json_and_never_in_names_of_types() {
        let of = |text: &str| match read::<Two>(text.as_bytes()).unwrap_err() {
            Error::Detail { detail, .. } => detail,
            other => panic!("{other:?}"),
        };
        for (body, said) in [
            (r#"{"a":"1"}"#, r#"a: expected a whole number, 0 or more, not string "1""#),
            (r#"{"a":-1}"#, "a: expected a whole number, 0 or more, not integer `-1`"),
            (r#"{"a":1,"b":"x"}"#, r#"b: expected an array, not string "x""#),
            (r#"{"a":1,"b":[5]}"#, "b.0: expected an object, not integer `5`"),
            (r#"{"a":1,"b":[{"text":null}]}"#, "b.0.text: expected a string, not null"),
            (r#"{"a":1,"b":[{"text":{}}]}"#, "b.0.text: expected a string, not an object"),
            (r#"{"a":1,"b":[{"text":[1]}]}"#, "b.0.text: expected a string, not an array"),
            (r#"{"a":1,"b":[{"word":"perhaps"}]}"#, "b.0.word: unknown variant `perhaps`, expected `yes` or `no`"),
            ("5", "expected an object, not integer `5`"),
        ] {
            let (complaint, place) = of(body).split_once(" at line 1 column ").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
            assert_eq!(complaint.trim_end_matches(','), said, "{body}");
            assert!(place.parse::<u32>().is_ok(), "{body}: {place}");
        }
        for body in [r#"{"a":1,"b":[5]}"#, r#"{"a":1,"b":[{"word":5}]}"#, r#"{"a":1,"b":[{"word":{}}]}"#, r#"{"a":1,"b":5}"#, "null"] {
            let said = of(body);
            for inner in ["Json", "struct", "enum", "Two"] {
                assert!(!said.contains(inner), "{body}: {said}");
            }
        }
    }
}
