//! Facts of a guide as a page shows them: own words, names, what they speak of, and whose they are.

use domain::guide::{contradicts_itself, facts_of};
use domain::template::{Document, Fact, Section};

use crate::markdown;
use crate::view::View;

/// One fact.
pub struct FactView {
    pub title: Option<String>,
    /// Cleaned HTML.
    pub text: String,
    pub names: Vec<String>,
    /// Names and links of the requirements that it speaks of.
    pub links: Vec<(String, String)>,
    pub period: Option<String>,
    pub sources: Vec<String>,
}

/// Facts of one section.
pub struct Block {
    pub title: String,
    pub facts: Vec<FactView>,
    pub shape: Shape,
    /// What is said of figures of which one source gives several.
    pub contradiction: Option<String>,
}

/// How a section is set. A section without a shape of its own is a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    List,
    /// Side by side, so that what differs is seen at a glance.
    Beside,
    /// Figures: the title is the figure.
    Figures,
    /// Opens on demand.
    Questions,
}

impl Shape {
    pub fn is(self, name: &str) -> bool {
        let own = match self {
            Self::List => "list",
            Self::Beside => "beside",
            Self::Figures => "figures",
            Self::Questions => "questions",
        };
        own == name
    }
}

/// Parts of the page, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Work,
    Ladder,
    Prepare,
    WaysIn,
    Sides,
    Market,
    Questions,
    Elsewhere,
    /// Beside the text, with the reader's own state.
    Aside,
}

/// Where a section stands and how it looks. A new section has to find its place here, or this does not compile.
const fn place(section: Section) -> (Part, &'static str, Shape) {
    match section {
        Section::Duty => (Part::Work, "guide-duties", Shape::List),
        Section::Ladder => (Part::Ladder, "guide-ladders", Shape::Beside),
        Section::Seniority => (Part::Ladder, "guide-seniority", Shape::Beside),
        Section::SoftSkill => (Part::Prepare, "guide-soft-skills", Shape::Beside),
        Section::Practice => (Part::Prepare, "guide-practice", Shape::List),
        Section::NextStep => (Part::Aside, "guide-next-steps", Shape::List),
        Section::Phase => (Part::WaysIn, "guide-phases", Shape::List),
        Section::Gap => (Part::Aside, "guide-gaps", Shape::List),
        Section::Specialisation => (Part::Market, "guide-specialisations", Shape::List),
        Section::Education => (Part::WaysIn, "guide-education", Shape::List),
        Section::Growth => (Part::Market, "guide-growth", Shape::Figures),
        Section::Openings => (Part::Market, "guide-openings", Shape::Figures),
        Section::Market => (Part::Market, "guide-market-now", Shape::List),
        Section::Trend => (Part::Market, "guide-trends", Shape::List),
        Section::Employer => (Part::Market, "guide-employers", Shape::Beside),
        Section::Sector => (Part::Market, "guide-sectors", Shape::Beside),
        Section::Setting => (Part::Sides, "guide-setting", Shape::List),
        Section::Upside => (Part::Sides, "guide-upsides", Shape::List),
        Section::Downside => (Part::Sides, "guide-downsides", Shape::List),
        Section::Question => (Part::Questions, "guide-questions", Shape::Questions),
        Section::WayIn => (Part::WaysIn, "guide-ways-in", Shape::List),
        Section::Elsewhere => (Part::Elsewhere, "guide-elsewhere", Shape::List),
    }
}

const ALL: [Section; 22] = [
    Section::Duty,
    Section::Ladder,
    Section::Seniority,
    Section::SoftSkill,
    Section::Practice,
    Section::NextStep,
    Section::Gap,
    Section::WayIn,
    Section::Education,
    Section::Phase,
    Section::Setting,
    Section::Upside,
    Section::Downside,
    Section::Growth,
    Section::Openings,
    Section::Market,
    Section::Trend,
    Section::Specialisation,
    Section::Employer,
    Section::Sector,
    Section::Question,
    Section::Elsewhere,
];

/// Where the guide's requirements lead.
pub struct Requirements<'a> {
    pub document: &'a Document,
    /// Address of a requirement by its id.
    pub link: &'a dyn Fn(&str) -> String,
}

impl Requirements<'_> {
    fn named(&self, ids: &[String]) -> Vec<(String, String)> {
        let name = |id: &String| self.document.requirements.iter().find(|one| one.id == *id).map(|one| one.name.clone());
        ids.iter().filter_map(|id| Some((name(id)?, (self.link)(id)))).collect()
    }
}

/// The blocks of one part that have anything to show.
pub fn blocks(w: &View, requirements: &Requirements<'_>, part: Part) -> Vec<Block> {
    let of_part = ALL.into_iter().filter(|section| place(*section).0 == part);
    of_part
        .filter_map(|section| {
            let facts = facts_of(requirements.document, section);
            let (_, title, shape) = place(section);
            if facts.is_empty() {
                return None;
            }
            let twice = if shape == Shape::Figures { contradicts_itself(&facts) } else { Vec::new() };
            Some(Block {
                title: w.t(title),
                contradiction: (!twice.is_empty()).then(|| w.t1("guide-says-both", "source", twice.join(", "))),
                facts: facts.into_iter().map(|fact| view(requirements, fact)).collect(),
                shape,
            })
        })
        .collect()
}

pub fn view(requirements: &Requirements<'_>, fact: &Fact) -> FactView {
    FactView {
        title: fact.title.clone(),
        text: markdown::to_html(&fact.text),
        names: fact.names.clone(),
        links: requirements.named(&fact.requirements),
        period: fact.period.clone(),
        sources: fact.sources.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_section_has_its_place_once_and_words() {
        let sections: BTreeSet<Section> = ALL.into_iter().collect();
        let schema = serde_json::to_string(&domain::template::json_schema()).unwrap();
        assert_eq!(sections.len(), ALL.len());
        let words = words::Words::load().for_languages(Some("en"), None);
        for section in ALL {
            assert!(words.has(place(section).1), "{section:?}");
            let name = serde_json::to_string(&section).unwrap();
            assert!(schema.contains(&name), "{name}");
        }
        assert!(serde_json::from_str::<Section>("\"elsewhere\"").is_ok_and(|last| last as usize + 1 == ALL.len()), "none is left out");
    }
}
