//! The published schema, and the role that ships held to it.

use super::*;

#[test]
fn the_schema_is_draft_2020_12_and_names_every_key() {
    let schema = json_schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["properties"]["based-on"]["anyOf"][0]["$ref"], "#/$defs/BasedOn");
    assert_eq!(schema["required"], serde_json::json!(["format", "id", "version", "name", "summary", "levels", "groups", "requirements"]));
    let document = serde_json::to_value(parse_toml(ROLE).unwrap()).unwrap();
    assert_eq!(schema_faults(&schema, &schema, &document, "role"), Vec::<String>::new());
    let mut broken = document.clone();
    broken["requirements"][0]["hours"] = "many".into();
    broken["levels"][0].as_object_mut().unwrap().remove("name");
    broken["extra"] = 1.into();
    assert_eq!(schema_faults(&schema, &schema, &broken, "role").len(), 3);
}

/// What ships is read, checked, written and read again: the same document, the same revision.
#[test]
fn the_built_in_role_survives_every_way_around() {
    let skills = parse_catalogue_toml(include_str!("../../../../../config/skills.toml")).unwrap_or_else(|problems| panic!("{problems}"));
    let catalogue = catalogue(&[(None, skills)]).unwrap_or_else(|problems| panic!("{problems}"));
    let text = include_str!("../../../../../config/roles/backend-developer.toml");
    let document = parse_toml(text).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(parse_toml(&to_toml(&document)).unwrap(), document);

    let template = validate(document, &catalogue).unwrap_or_else(|problems| panic!("{problems}"));
    let restored = restore(&template.canonical()).unwrap();
    assert_eq!((&restored.hash, restored.canonical()), (&template.hash, template.canonical()));
    assert_eq!(format!("{restored:?}"), format!("{template:?}"));

    let schema = json_schema();
    let as_written: serde_json::Value = toml::from_str(text).unwrap();
    assert_eq!(schema_faults(&schema, &schema, &as_written, "role"), Vec::<String>::new());
}

/// The part of JSON Schema that our schema uses: references, types, keys, alternatives, enumerations.
fn schema_faults(root: &serde_json::Value, schema: &serde_json::Value, value: &serde_json::Value, place: &str) -> Vec<String> {
    use serde_json::Value;
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference} leads nowhere"));
        return schema_faults(root, target, value, place);
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[key].as_array() {
            let fits = choices.iter().any(|choice| schema_faults(root, choice, value, place).is_empty());
            return if fits { Vec::new() } else { vec![format!("{place}: fits no alternative")] };
        }
    }
    let mut faults = Vec::new();
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.is_empty() && !types.contains(&is) {
        return vec![format!("{place}: {is} is none of {types:?}")];
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        faults.push(format!("{place}: {value} is none of the words"));
    }
    if let Value::Object(map) = value {
        for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !map.contains_key(key) {
                faults.push(format!("{place}: {key} is missing"));
            }
        }
        for (key, inner) in map {
            let place = format!("{place}.{key}");
            match (&schema["properties"][key], &schema["additionalProperties"]) {
                (Value::Null, Value::Bool(false)) => faults.push(format!("{place}: unknown key")),
                (Value::Null, Value::Null | Value::Bool(true)) => {}
                (Value::Null, other) => faults.extend(schema_faults(root, other, inner, &place)),
                (known, _) => faults.extend(schema_faults(root, known, inner, &place)),
            }
        }
    }
    if let Value::Array(items) = value {
        for (at, inner) in items.iter().enumerate() {
            faults.extend(schema_faults(root, &schema["items"], inner, &format!("{place}[{at}]")));
        }
    }
    faults
}
