//! What can be seen of a document part by part: sizes, texts, numbers, days, addresses, ids.

use std::collections::BTreeSet;

use crate::subject::is_subject_id;
use crate::template::markdown::raw_html;
use crate::template::problem::{Report, item, mend_reference};
use crate::template::{AttributeValue, CriterionDocument, Document, Measure, RequirementDocument, Salary};
use crate::text::{MAX_URL, is_clean_prose, is_forbidden, is_web_url};
use crate::time::Day;

pub const MAX_NAME: usize = 120;
/// Of a requirement's short name.
pub const MAX_SHORT: usize = 28;
/// Of a level's short name.
pub const MAX_LEVEL_SHORT: usize = 24;
pub const MAX_LINE: usize = 300;
pub const MAX_SUMMARY: usize = 600;
pub const MAX_PROSE: usize = 4_000;
pub const MAX_WEIGHT: u32 = 10_000;
pub const MAX_HOURS: u32 = 2_000;
const MAX_ATTRIBUTES: usize = 16;

/// Checks everything that needs no look at another part of the document.
pub(super) fn check(document: &Document, report: &mut Report) {
    let mut shape = Shape { report };
    shape.head(document);
    shape.sources_and_levels(document);
    shape.groups_and_requirements(document);
    shape.resources_and_exams(document);
    shape.facts_and_pay(document);
}

/// The checks that documents of roles and catalogues share.
pub(super) struct Shape<'a> {
    pub report: &'a mut Report,
}

impl Shape<'_> {
    fn head(&mut self, document: &Document) {
        if !is_subject_id(&document.id) {
            let mend = "Write one like backend-developer, or publisher/name/id in a pack";
            self.report.add("id", format!("“{}” is not an id", document.id), mend);
        }
        self.version("version", &document.version);
        self.line("name", &document.name, MAX_NAME);
        self.line("summary", &document.summary, MAX_SUMMARY);
        self.lines("aliases", &document.aliases, 50, MAX_NAME);
        if !is_language(&document.language) {
            self.report.add("language", format!("“{}” is not a language tag", document.language), "Write one like en or pt-BR");
        }
        if let Some(base) = &document.based_on {
            if !is_subject_id(&base.id) {
                self.report.add("based-on.id", format!("“{}” is not an id", base.id), "Write the id of the other template");
            }
            self.version("based-on.version", &base.version);
        }
        self.count("levels", document.levels.len(), 1, 20);
        let areas = document.groups.iter().filter(|group| group.parent.is_none()).count();
        if areas == 0 {
            self.report.add("groups", "the role has no area", "Add a group without a parent");
        }
        self.count("groups", document.groups.len(), 0, 200);
        self.count("requirements", document.requirements.len(), 1, 600);
        self.count("sources", document.sources.len(), 0, 100);
        self.count("resources", document.resources.len(), 0, 600);
        self.count("facts", document.facts.len(), 0, 1_000);
        self.count("salaries", document.salaries.len(), 0, 500);
        self.count("transitions", document.transitions.len(), 0, 100);
    }

    fn sources_and_levels(&mut self, document: &Document) {
        for (index, source) in document.sources.iter().enumerate() {
            let place = item("sources", index, &source.key);
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
            if !(1..=60).contains(&source.key.len()) || !source.key.chars().all(plain) {
                let mend = "Use letters, digits, hyphens and dots, at most 60";
                self.report.add(format!("{place}.key"), format!("“{}” is not a key", source.key), mend);
            }
            self.line(&format!("{place}.title"), &source.title, MAX_LINE);
            self.date(&format!("{place}.date"), source.date.as_deref());
            self.url(&format!("{place}.url"), source.url.as_deref());
            self.prose(&format!("{place}.note"), source.note.as_deref());
        }
        for (index, level) in document.levels.iter().enumerate() {
            let place = item("levels", index, &level.id);
            self.local_id(&place, &level.id);
            self.line(&format!("{place}.name"), &level.name, MAX_NAME);
            self.optional(&format!("{place}.short"), level.short.as_deref(), MAX_LEVEL_SHORT);
            self.optional(&format!("{place}.works-as"), level.works_as.as_deref(), MAX_SUMMARY);
            self.lines(&format!("{place}.focus"), &level.focus, 30, MAX_LINE);
            if let Some(years) = level.years
                && years.to.is_some_and(|to| to < years.from)
            {
                self.report.add(format!("{place}.years"), "they end before they begin", "Write from and to in order, or leave to out");
            }
        }
    }

    fn groups_and_requirements(&mut self, document: &Document) {
        for (index, group) in document.groups.iter().enumerate() {
            let place = item("groups", index, &group.id);
            self.local_id(&place, &group.id);
            self.line(&format!("{place}.name"), &group.name, MAX_NAME);
            if let Some(weight) = group.weight {
                self.number(&format!("{place}.weight"), weight, MAX_WEIGHT);
            }
            self.prose(&format!("{place}.note"), group.note.as_deref());
            self.attributes(&place, group.attributes.iter());
        }
        for (index, requirement) in document.requirements.iter().enumerate() {
            self.requirement(&item("requirements", index, &requirement.id), requirement);
        }
    }

    fn requirement(&mut self, place: &str, requirement: &RequirementDocument) {
        self.local_id(place, &requirement.id);
        self.line(&format!("{place}.name"), &requirement.name, MAX_NAME);
        self.optional(&format!("{place}.short"), requirement.short.as_deref(), MAX_SHORT);
        self.number(&format!("{place}.weight"), requirement.weight, MAX_WEIGHT);
        self.number(&format!("{place}.hours"), requirement.hours, MAX_HOURS);
        if requirement.asks.trim().is_empty() {
            self.report.add(format!("{place}.asks"), "it is empty", "Say what is asked");
        }
        self.prose(&format!("{place}.asks"), Some(&requirement.asks));
        self.attributes(place, requirement.attributes.iter());
        if requirement.attributes.contains_key("chosen") {
            let what = "“chosen” is the learner's choice and set by Waymark";
            self.report.add(format!("{place}.attributes.chosen"), what, "Give the attribute another name");
        }

        let kinds = [
            ("skill", requirement.skill.is_some()),
            ("certification", requirement.certification.is_some()),
            ("topic", requirement.topic.is_some()),
            ("criteria", !requirement.criteria.is_empty()),
        ];
        let asked: Vec<&str> = kinds.iter().filter(|(_, is_asked)| *is_asked).map(|(kind, _)| *kind).collect();
        match asked.as_slice() {
            [_] => {}
            [] => self.report.add(place, "it asks for nothing", "Give it one of skill, certification, topic or criteria"),
            several => {
                let what = format!("it asks for {} at once", several.join(" and "));
                self.report.add(place, what, "Keep one of them and make requirements of their own for the others");
            }
        }
        match (requirement.skill.is_some(), requirement.step.is_some()) {
            (true, false) => {
                let mend = "Write step = “aware”, “working”, “independent” or “leading”";
                self.report.add(format!("{place}.step"), "a skill needs a step", mend);
            }
            (false, true) => self.report.add(format!("{place}.step"), "only a skill has a step", "Remove the step"),
            _ => {}
        }
        self.count(&format!("{place}.criteria"), requirement.criteria.len(), 0, 40);
        self.count(&format!("{place}.requires"), requirement.requires.len(), 0, 40);
        for (index, criterion) in requirement.criteria.iter().enumerate() {
            let place = format!("{place}.{}", item("criteria", index, &criterion.id));
            self.number(&format!("{place}.weight"), criterion.weight, MAX_WEIGHT);
            self.rubric(&place, criterion);
        }
    }

    /// Levels of a criterion: some, from the lowest on, with a place above the lowest from which it is met.
    fn rubric(&mut self, place: &str, criterion: &CriterionDocument) {
        if criterion.levels.is_empty() {
            if criterion.met_from.is_some() {
                self.report.add(format!("{place}.met-from"), "there are no levels", "Write the levels, or remove it");
            }
            return;
        }
        if criterion.levels.len() == 1 {
            self.report.add(format!("{place}.levels"), "there is one level only", "Write a second one, or remove it");
        }
        self.count(&format!("{place}.levels"), criterion.levels.len(), 1, 8);
        let mut seen = BTreeSet::new();
        for (at, level) in criterion.levels.iter().enumerate() {
            let place = format!("{place}.{}", item("levels", at, &level.id));
            self.local_id(&place, &level.id);
            self.line(&format!("{place}.name"), &level.name, MAX_NAME);
            self.line(&format!("{place}.means"), &level.means, MAX_SUMMARY);
            if !seen.insert(&level.id) {
                self.report.add(place, "another level of this criterion has this id", "Give each level an id of its own");
            }
        }
        let place = format!("{place}.met-from");
        let met_from = criterion.met_from.as_deref().map(|id| (id, criterion.levels.iter().position(|level| level.id == id)));
        match met_from {
            None => self.report.add(place, "nothing says from which level on it is met", "Name the lowest level that counts as met"),
            Some((id, None)) => {
                let ids = criterion.levels.iter().map(|level| level.id.as_str());
                self.report.add(place, format!("there is no level “{id}”"), mend_reference(id, ids, "name one of the levels"));
            }
            Some((_, Some(0))) => {
                self.report.add(place, "whatever is handed in would be met", "Name a higher level, or add one below it");
            }
            Some(_) => {}
        }
    }

    fn resources_and_exams(&mut self, document: &Document) {
        for (index, resource) in document.resources.iter().enumerate() {
            let place = item("resources", index, &resource.id);
            self.local_id(&place, &resource.id);
            self.line(&format!("{place}.name"), &resource.name, MAX_LINE);
            self.url(&format!("{place}.url"), resource.url.as_deref());
            self.prose(&format!("{place}.note"), resource.note.as_deref());
        }
        let Some(list) = &document.exams else { return };
        self.date("exams.checked", Some(&list.checked));
        self.line("exams.curation", &list.curation, MAX_SUMMARY);
        self.count("exams.exams", list.exams.len(), 1, 200);
        for (index, exam) in list.exams.iter().enumerate() {
            let place = format!("exams.{}", item("exams", index, &exam.certification));
            self.line(&format!("{place}.name"), &exam.name, MAX_NAME);
            self.line(&format!("{place}.issuer"), &exam.issuer, MAX_NAME);
            self.url(&format!("{place}.url"), exam.url.as_deref());
            if let Some(months) = exam.valid_months {
                self.number(&format!("{place}.valid-months"), months, 600);
            }
        }
    }

    fn facts_and_pay(&mut self, document: &Document) {
        for (index, fact) in document.facts.iter().enumerate() {
            let place = item("facts", index, "");
            self.optional(&format!("{place}.title"), fact.title.as_deref(), MAX_LINE);
            if fact.text.trim().is_empty() {
                self.report.add(format!("{place}.text"), "it is empty", "Say the fact in your own words");
            }
            self.prose(&format!("{place}.text"), Some(&fact.text));
            self.lines(&format!("{place}.names"), &fact.names, 100, MAX_NAME);
            self.optional(&format!("{place}.period"), fact.period.as_deref(), MAX_NAME);
        }
        for (index, salary) in document.salaries.iter().enumerate() {
            self.salary(&item("salaries", index, ""), salary);
        }
        for (index, transition) in document.transitions.iter().enumerate() {
            let place = item("transitions", index, "");
            self.line(&format!("{place}.to"), &transition.to, MAX_NAME);
            if let Some(role) = transition.role.as_deref().filter(|role| !is_subject_id(role)) {
                self.report.add(format!("{place}.role"), format!("“{role}” is not an id"), "Write the id of a template or remove it");
            }
        }
    }

    fn salary(&mut self, place: &str, salary: &Salary) {
        self.line(&format!("{place}.label"), &salary.label, MAX_NAME);
        self.optional(&format!("{place}.place"), salary.place.as_deref(), MAX_NAME);
        self.optional(&format!("{place}.period"), salary.period.as_deref(), MAX_NAME);
        if salary.currency.len() != 3 || !salary.currency.bytes().all(|b| b.is_ascii_uppercase()) {
            let what = format!("“{}” is not a currency", salary.currency);
            self.report.add(format!("{place}.currency"), what, "Write its three capitals of ISO 4217, like USD");
        }
        if salary.low > salary.high {
            self.report.add(
                format!("{place}.low"),
                format!("{} is above high, {}", salary.low, salary.high),
                "Write the lower figure as low",
            );
        } else if matches!(salary.measure, Measure::Median | Measure::Average) && salary.low != salary.high {
            let mend = "Write the same figure as low and high, or another measure";
            self.report.add(format!("{place}.high"), "a median or an average is one figure", mend);
        }
        if salary.about_usd.is_some_and(|[low, high]| low > high) {
            self.report.add(format!("{place}.about-usd"), "the first figure is above the second", "Write the lower figure first");
        }
    }

    fn attributes<'d>(&mut self, place: &str, attributes: impl ExactSizeIterator<Item = (&'d String, &'d AttributeValue)>) {
        self.count(&format!("{place}.attributes"), attributes.len(), 0, MAX_ATTRIBUTES);
        for (key, value) in attributes {
            if !is_local_id(key) {
                let mend = "Use lower-case letters, digits and hyphens, at most 60";
                self.report.add(format!("{place}.attributes"), format!("“{key}” is not a key"), mend);
            }
            if let AttributeValue::Text(text) = value {
                self.line(&format!("{place}.attributes.{key}"), text, 200);
            }
        }
    }

    pub fn count(&mut self, place: &str, count: usize, least: usize, most: usize) {
        if count < least {
            self.report.add(place, "there is none", format!("Add at least {least}"));
        } else if count > most {
            self.report.add(place, format!("there are {count}, {most} are allowed"), "Remove some or put several into one");
        }
    }

    fn number(&mut self, place: &str, number: u32, most: u32) {
        if number == 0 || number > most {
            self.report.add(place, format!("{number} is not within 1 and {most}"), format!("Write a whole number from 1 to {most}"));
        }
    }

    fn local_id(&mut self, place: &str, id: &str) {
        if !is_local_id(id) {
            let mend = "Use lower-case letters, digits and hyphens, at most 60, a letter or digit first";
            self.report.add(format!("{place}.id"), format!("“{id}” is not an id"), mend);
        }
    }

    fn version(&mut self, place: &str, version: &str) {
        if semver::Version::parse(version).is_err() {
            self.report.add(place, format!("“{version}” is not a semantic version"), "Write one like 1.0.0");
        }
    }

    fn date(&mut self, place: &str, date: Option<&str>) {
        if let Some(date) = date.filter(|date| date.parse::<Day>().is_err()) {
            self.report.add(place, format!("“{date}” is not a day"), "Write one like 2026-11-19");
        }
    }

    pub fn url(&mut self, place: &str, url: Option<&str>) {
        if let Some(url) = url.filter(|url| !is_web_url(url)) {
            let what = format!("“{}” is not an address on the web", url.chars().take(80).collect::<String>());
            self.report.add(place, what, format!("Write one that begins with https:// or http://, at most {MAX_URL} characters"));
        }
    }

    /// One line of plain text.
    pub fn line(&mut self, place: &str, text: &str, most: usize) {
        let length = text.chars().count();
        if text.trim().is_empty() {
            self.report.add(place, "it is empty", "Write something or remove it where it is optional");
        } else if length > most {
            self.report.add(place, format!("it has {length} characters, {most} are allowed"), "Shorten it");
        }
        if text.contains(['\n', '\r']) {
            self.report.add(place, "it has several lines", "Write it on one line");
        } else if text.chars().any(is_forbidden) {
            self.report.add(place, "it holds control or invisible characters", "Type it anew");
        }
        if text.contains('<') {
            self.report.add(place, "“<” may not stand in it, it is plain text", "Write it in words");
        }
    }

    fn optional(&mut self, place: &str, text: Option<&str>, most: usize) {
        if let Some(text) = text {
            self.line(place, text, most);
        }
    }

    pub fn lines(&mut self, place: &str, texts: &[String], most_texts: usize, most: usize) {
        self.count(place, texts.len(), 0, most_texts);
        for (index, text) in texts.iter().enumerate() {
            self.line(&format!("{place}[{index}]"), text, most);
        }
    }

    /// Markdown without raw HTML.
    pub fn prose(&mut self, place: &str, text: Option<&str>) {
        let Some(text) = text else { return };
        let length = text.chars().count();
        if length > MAX_PROSE {
            self.report.add(place, format!("it has {length} characters, {MAX_PROSE} are allowed"), "Shorten it");
        }
        if !is_clean_prose(text) {
            self.report.add(place, "it holds control or invisible characters", "Type it anew");
        }
        if let Some(html) = raw_html(text) {
            self.report.add(place, format!("raw HTML at “{html}”"), "Use Markdown, or put it between backticks to show it");
        }
    }
}

/// Lower-case letters, digits and hyphens, at most 60, a letter or digit first.
pub(crate) fn is_local_id(id: &str) -> bool {
    id.len() <= 60
        && id.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The shape of a BCP 47 tag: a language, then subtags.
pub(crate) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && tag.len() <= 35
}
