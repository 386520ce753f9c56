//! Levels of criteria.

use super::*;
use crate::subject::SubjectKind;

#[test]
fn a_criterion_may_have_levels_and_says_which_of_them_meet_it() {
    let rubric = |levels: &str, met: &str| {
        let text = ROLE.replace(r#"{ id = "api.errors" }"#, &format!(r#"{{ id = "api.errors", levels = [{levels}]{met} }}"#));
        assert_ne!(text, ROLE);
        text
    };
    let level = |id: &str| format!(r#"{{ id = "{id}", name = "N", means = "M" }}"#);
    let levels = ["weak", "sound", "fine"].map(level).join(", ");
    let text = rubric(&levels, r#", met-from = "sound""#);
    let template = validate(parse_toml(&text).unwrap(), &built_in()).unwrap_or_else(|problems| panic!("{problems}"));
    let errors = Subject::new(SubjectKind::Criterion, "api.errors");
    let found = template.rubric(&errors).unwrap();
    assert_eq!((found.levels.len(), found.met_from, found.levels[2].id.as_str()), (3, 1, "fine"));
    assert_eq!(template.rubric(&Subject::new(SubjectKind::Criterion, "api.limits")), None);
    let restored = restore(&template.canonical()).unwrap();
    assert_eq!((&restored.hash, restored.rubric(&errors)), (&template.hash, Some(found)));
    assert_eq!(parse_toml(&to_toml(&template.document)).unwrap(), template.document);
    let document = serde_json::to_value(&template.document).unwrap();
    assert_eq!(document["requirements"][2]["criteria"][0]["met-from"], "sound");

    let place = "requirements[2] (api).criteria[0] (api.errors)";
    let twice = [level("weak"), level("weak")].join(", ");
    let nine: Vec<String> = (0..9).map(|n| level(&format!("l{n}"))).collect();
    for (levels, met, at, what) in [
        (levels.as_str(), "", ".met-from", "nothing says from which level"),
        (&levels, r#", met-from = "soud""#, ".met-from", "no level “soud”"),
        (&levels, r#", met-from = "weak""#, ".met-from", "whatever is handed in"),
        ("", r#", met-from = "weak""#, ".met-from", "no levels"),
        (&level("weak"), r#", met-from = "weak""#, ".levels", "one level only"),
        (&nine.join(", "), r#", met-from = "l1""#, ".levels", "there are 9"),
        (&twice, r#", met-from = "weak""#, ".levels[1] (weak)", "another level"),
        (&levels.replacen("name = \"N\"", "name = \"\"", 1), r#", met-from = "sound""#, ".levels[0] (weak).name", ""),
        (&levels.replacen("weak", "W eak", 1), r#", met-from = "sound""#, ".levels[0] (W eak).id", ""),
    ] {
        let problems = validate(parse_toml(&rubric(levels, met)).unwrap(), &built_in()).unwrap_err();
        let found = problems.0.iter().any(|problem| problem.place == format!("{place}{at}") && problem.what.contains(what));
        assert!(found, "{at} {what}: {problems}");
    }
}
