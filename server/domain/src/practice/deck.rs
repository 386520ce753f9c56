//! Decks that ship, built in or in a pack: questions with what a good answer covers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalogue::Catalogue;
use crate::practice::topic_subject;
use crate::subject::{SubjectKind, is_subject_id};
use crate::template::{FORMAT, Problems, Report, is_language, is_local_id, item, mend_reference, raw_html, read_toml};
use crate::text::is_forbidden;

const MAX_NAME: usize = 120;
const MAX_QUESTION: usize = 400;
const MAX_COVER: usize = 220;
const COVERS: std::ops::RangeInclusive<usize> = 3..=6;
const MAX_QUESTIONS: usize = 1_000;

/// A deck as its author writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeckDocument {
    pub format: u32,
    /// `backend-developer`; `publisher/name/id` in a pack.
    pub id: String,
    pub name: String,
    /// A language tag.
    pub language: String,
    pub questions: Vec<QuestionDocument>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionDocument {
    /// Stable within the deck: what learners remember hangs on it.
    pub id: String,
    /// Id of a topic of the catalogue.
    pub topic: String,
    /// Markdown of one line.
    pub question: String,
    /// What a good answer covers; Markdown of one line each.
    pub covers: Vec<String>,
}

/// A deck that passed validation. Topics are called as the catalogue calls them today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deck {
    pub id: String,
    pub name: String,
    pub language: String,
    pub questions: Vec<DeckQuestion>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeckQuestion {
    pub id: String,
    pub topic: String,
    pub question: String,
    pub covers: Vec<String>,
}

/// Reads a deck from TOML. A syntax error or an unknown key is one problem with its line and column.
pub fn parse_deck_toml(text: &str) -> Result<DeckDocument, Problems> {
    read_toml(text)
}

/// A deck read back from the store, where only valid ones are put.
pub fn deck_from_json(text: &str) -> Result<Deck, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Checks a deck against the catalogue; everything that is wrong at once.
pub fn validate_deck(document: DeckDocument, catalogue: &Catalogue) -> Result<Deck, Problems> {
    if document.format != FORMAT {
        let what = format!("format {} is unknown to this version, which reads {FORMAT}", document.format);
        return Err(Problems::one("format", what, "Write format = 1, or update Waymark"));
    }
    let mut report = Report::default();
    if !is_subject_id(&document.id) {
        report.add("id", format!("“{}” is not an id", document.id), "Write one like backend-developer, or publisher/name/id in a pack");
    }
    line(&mut report, "name", &document.name, MAX_NAME);
    if !is_language(&document.language) {
        report.add("language", format!("“{}” is not a language tag", document.language), "Write one like en or pt-BR");
    }
    if !(1..=MAX_QUESTIONS).contains(&document.questions.len()) {
        let what = format!("there are {}, 1 to {MAX_QUESTIONS} are allowed", document.questions.len());
        report.add("questions", what, "Add some, or split the deck");
    }
    let mut seen = BTreeSet::new();
    for (index, question) in document.questions.iter().enumerate() {
        let place = item("questions", index, &question.id);
        if !is_local_id(&question.id) {
            let mend = "Use lower-case letters, digits and hyphens, at most 60, a letter or digit first";
            report.add(format!("{place}.id"), format!("“{}” is not an id", question.id), mend);
        } else if !seen.insert(&question.id) {
            report.add(format!("{place}.id"), format!("“{}” stands twice", question.id), "Give one of them another id");
        }
        if catalogue.resolve(&topic_subject(&question.topic)).is_none() {
            let known: Vec<&str> = catalogue.of_kind(SubjectKind::Topic).map(|(subject, _)| subject.id.as_str()).collect();
            let mend = mend_reference(&question.topic, known, "add the topic to the catalogue");
            report.add(format!("{place}.topic"), format!("there is no topic “{}”", question.topic), mend);
        }
        line(&mut report, &format!("{place}.question"), &question.question, MAX_QUESTION);
        if !COVERS.contains(&question.covers.len()) {
            let what = format!("there are {}, {} to {} are allowed", question.covers.len(), COVERS.start(), COVERS.end());
            report.add(format!("{place}.covers"), what, "Name what a good answer covers, one point a line");
        }
        for (at, cover) in question.covers.iter().enumerate() {
            line(&mut report, &format!("{place}.covers[{at}]"), cover, MAX_COVER);
        }
    }
    report.done()?;
    let topic = |id: String| catalogue.resolve(&topic_subject(&id)).map_or(id, |subject| subject.id);
    let question = |QuestionDocument { id, topic: about, question, covers }| DeckQuestion { id, topic: topic(about), question, covers };
    let DeckDocument { id, name, language, questions, .. } = document;
    Ok(Deck { id, name, language, questions: questions.into_iter().map(question).collect() })
}

/// One line of Markdown without raw HTML.
fn line(report: &mut Report, place: &str, text: &str, most: usize) {
    let length = text.chars().count();
    if text.trim().is_empty() {
        report.add(place, "it is empty", "Write something");
    } else if length > most {
        report.add(place, format!("it has {length} characters, {most} are allowed"), "Shorten it");
    }
    if text.contains(['\n', '\r']) {
        report.add(place, "it has several lines", "Write it on one line");
    } else if text.chars().any(is_forbidden) {
        report.add(place, "it holds control or invisible characters", "Type it anew");
    }
    if let Some(html) = raw_html(text) {
        report.add(place, format!("raw HTML at “{html}”"), "Use Markdown, or put it between backticks to show it");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{catalogue, parse_catalogue_toml};

    fn topics() -> Catalogue {
        let text = "[[topics]]\nid = 'caching'\nname = 'Caching'\nformer-ids = ['caches']";
        catalogue(&[(None, parse_catalogue_toml(text).unwrap())]).unwrap()
    }

    const GOOD: &str = "format = 1\nid = 'basics'\nname = 'Basics'\nlanguage = 'en'\n[[questions]]\nid = 'ttl'\ntopic = 'caches'\nquestion = 'What is `Vec<T>` for?'\ncovers = ['a', 'b', 'c']";

    #[test]
    fn a_deck_calls_its_topics_as_the_catalogue_does_today() {
        let deck = validate_deck(parse_deck_toml(GOOD).unwrap(), &topics()).unwrap();
        assert_eq!(deck.questions[0].topic, "caching");
        assert_eq!(deck_from_json(&serde_json::to_string(&deck).unwrap()), Ok(deck));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_with_its_place_and_its_mend() {
        let question = |id: &str, topic: &str, question: &str, covers: &[&str]| QuestionDocument {
            id: id.to_owned(),
            topic: topic.to_owned(),
            question: question.to_owned(),
            covers: covers.iter().map(|cover| (*cover).to_owned()).collect(),
        };
        let document = DeckDocument {
            format: 1,
            id: "Basics!".to_owned(),
            name: String::new(),
            language: "english".to_owned(),
            questions: vec![
                question("ttl", "cachin", "Why?", &["a", "b", "c"]),
                question("ttl", "caching", "<b>Why</b>?", &["a", "b", &"c".repeat(221)]),
                question("A", "caching", &"w".repeat(401), &["a\nb"]),
            ],
        };
        let problems = validate_deck(document, &topics()).unwrap_err();
        let places: Vec<&str> = problems.0.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(
            places,
            [
                "id",
                "name",
                "language",
                "questions[0] (ttl).topic",
                "questions[1] (ttl).id",
                "questions[1] (ttl).question",
                "questions[1] (ttl).covers[2]",
                "questions[2] (A).id",
                "questions[2] (A).question",
                "questions[2] (A).covers",
                "questions[2] (A).covers[0]",
            ]
        );
        assert!(problems.0[3].mend.contains("Did you mean “caching”?"), "{}", problems.0[3].mend);
        let newer = parse_deck_toml(&GOOD.replace("format = 1", "format = 2")).unwrap();
        assert_eq!(validate_deck(newer, &topics()).unwrap_err().0[0].place, "format");
        let unknown = parse_deck_toml(&GOOD.replace("covers", "cover")).unwrap_err();
        assert!(unknown.0[0].mend.contains("covers"), "{unknown}");
    }
}
