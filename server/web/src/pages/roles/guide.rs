//! The guide of a role: everything that is said of it with its source, and the reader's own state beside it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::guide::{facts_of, together};
use domain::ids::PublicId;
use domain::path::State as Held;
use domain::subject::Trust;
use domain::template::{Fact, Section, Template as Role, Years};
use serde::Deserialize;

use super::asks::{self, ExamsView, LevelAsks, ResourceView};
use super::facts::{self, Block, FactView, Part, Requirements};
use super::pay::{self, PayView};
use super::picture::{self, RoadsView};
use crate::base::query_value;
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::kept::{Ask, Fresh};
use crate::markdown;
use crate::pages::marks::{self, width, width_of};
use crate::services::roles::{self, Standing};
use crate::state::{Shared, State};
use crate::view::View;

#[derive(Template)]
#[template(path = "role.html")]
struct RolePage {
    w: View,
    id: String,
    name: String,
    summary: String,
    eyebrow: String,
    meta: Vec<String>,
    aliases: String,
    query: String,
    path: Option<PublicId>,
    /// The path pins another revision than the one shown.
    other_revision: Option<String>,
    work: Vec<Block>,
    ladder: LadderView,
    ladder_more: Vec<Block>,
    pay: Option<PayView>,
    asks: Vec<LevelAsks>,
    prepare: Vec<Block>,
    resources: Vec<(String, Vec<ResourceView>)>,
    exams: Option<ExamsView>,
    ways_in: Vec<Block>,
    sides: Vec<Block>,
    market: Vec<Block>,
    questions: Vec<Block>,
    elsewhere: Vec<Block>,
    next: Vec<AsideView>,
    gaps: Vec<AsideView>,
    roads: Option<RoadsView>,
    sources: Vec<SourceView>,
    /// Is anything in the reader's ledger.
    has_state: bool,
}

/// Every requirement with what it asks.
#[derive(Template)]
#[template(path = "role_asks.html")]
struct AsksPage {
    w: View,
    id: String,
    name: String,
    asks: Vec<LevelAsks>,
}

#[derive(Deserialize)]
pub struct Asked {
    /// Only what is asked, each in words.
    texts: Option<u8>,
}

struct LadderView {
    rungs: Vec<Rung>,
    /// Positions and words of the scale of years; empty where no level has any.
    scale: Vec<(String, String)>,
    sources: Vec<String>,
}

struct Rung {
    number: usize,
    id: String,
    name: String,
    years: Option<String>,
    /// Left edge, width, and whether it has no end.
    span: Option<(String, String, bool)>,
    works_as: Option<String>,
    focus: Vec<String>,
    target: bool,
    reached: bool,
    ready: Option<String>,
}

/// A next step or a gap, with where the reader stands.
struct AsideView {
    fact: FactView,
    glyph: &'static str,
    state: String,
    claimed: u32,
    claimed_width: String,
    proven_width: String,
}

struct SourceView {
    key: String,
    title: String,
    date: Option<String>,
    url: Option<String>,
    note: Option<String>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    id: web::Path<String>,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "roles");
    let ask = Ask::page(&state, &request, &who, &w);
    ask.or_make(async || made(&state, &who, w, &id, asked.texts.is_some()).await).await
}

async fn made(state: &State, who: &SignedIn, w: View, id: &str, texts: bool) -> Result<Fresh, Error> {
    let all = roles::all(state).await?;
    let role = all.iter().find(|role| role.template.id() == id).ok_or(Error::NotThere("role"))?;
    let standing = Standing::of(state, who).await?;
    let template = &*role.template;
    let document = &template.document;
    let followed = standing.path(template.id()).cloned();
    let mentored = standing.mentored(state, template.id()).await?;
    let standings = standing.standings(template, mentored);
    let target = followed.as_ref().and_then(|(path, _)| template.level(&path.target_level));

    // A requirement leads to one's own path where that has it, else to where it stands on this page.
    let own = |id: &str| {
        let (path, pinned) = followed.as_ref()?;
        pinned.requirement(id).map(|_| w.link2("requirement", path.public_id, id))
    };
    if texts {
        let asks = asks::by_level(&w, template, &standings, &own, true);
        return Fresh::page(&AsksPage { id: template.id().to_owned(), name: document.name.clone(), asks, w: w.clone() });
    }
    let link = |id: &str| own(id).unwrap_or_else(|| format!("#r-{id}"));
    let requirements = Requirements { document, link: &link };
    let blocks = |part| facts::blocks(&w, &requirements, part);
    let beside = |section| -> Vec<AsideView> {
        facts_of(document, section).into_iter().map(|fact| aside(&w, template, &standings, &requirements, fact)).collect()
    };
    let sources = document.sources.iter().map(|source| source_view(&w, source)).collect::<Vec<_>>();
    let guide = RolePage {
        id: template.id().to_owned(),
        name: document.name.clone(),
        summary: document.summary.clone(),
        eyebrow: w.t3(
            "guide-eyebrow",
            "version",
            &role.head.version,
            "origin",
            super::origin(&w, &role.head.origin),
            "sources",
            sources.len(),
        ),
        meta: vec![
            w.t1("role-count-requirements", "count", template.requirements.len()),
            w.t1("role-count-areas", "count", template.areas().count()),
            w.t1("role-count-levels", "count", document.levels.len()),
        ],
        aliases: document.aliases.join(", "),
        query: query_value(template.id()),
        path: followed.as_ref().map(|(path, _)| path.public_id),
        other_revision: followed
            .as_ref()
            .filter(|(_, pinned)| pinned.hash != template.hash)
            .map(|(_, pinned)| w.t2("guide-other-revision", "pinned", pinned.version(), "shown", template.version())),
        work: blocks(Part::Work),
        ladder: ladder(&w, template, target, &standing.by_level(template, mentored)),
        ladder_more: blocks(Part::Ladder),
        pay: pay::of(&w, document),
        asks: asks::by_level(&w, template, &standings, &own, false),
        prepare: blocks(Part::Prepare),
        resources: asks::resources(&w, template),
        exams: asks::exams(&w, template),
        ways_in: blocks(Part::WaysIn),
        sides: blocks(Part::Sides),
        market: blocks(Part::Market),
        questions: blocks(Part::Questions),
        elsewhere: blocks(Part::Elsewhere),
        next: beside(Section::NextStep),
        gaps: beside(Section::Gap),
        roads: picture::of(&w, document, &roles::offered(&all), &all, &standing),
        sources,
        has_state: !standing.facts.is_empty(),
        w: w.clone(),
    };
    Fresh::page(&guide)
}

/// `0–2 years`, `15+ years`
pub(super) fn years(w: &View, years: Years) -> String {
    match years.to {
        Some(to) => w.t2("guide-years", "from", years.from, "to", to),
        None => w.t1("guide-years-more", "from", years.from),
    }
}

fn ladder(w: &View, template: &Role, target: Option<usize>, ready: &[Option<(u32, u32)>]) -> LadderView {
    let levels = &template.document.levels;
    // An open end is drawn three years long.
    let last = |years: Years| years.to.unwrap_or(years.from + 3);
    let end = levels.iter().filter_map(|level| level.years).map(last).max().unwrap_or(0);
    let rungs = levels
        .iter()
        .enumerate()
        .map(|(index, level)| Rung {
            number: index + 1,
            id: level.id.clone(),
            name: level.name.clone(),
            years: level.years.map(|known| years(w, known)),
            span: level.years.map(|years| (width_of(years.from, end), width_of(last(years) - years.from, end), years.to.is_none())),
            works_as: level.works_as.clone(),
            focus: level.focus.clone(),
            target: target == Some(index),
            reached: target.is_some_and(|target| index <= target),
            ready: ready[index]
                .filter(|(claimed, _)| *claimed > 0)
                .map(|(claimed, proven)| w.t2("guide-rung-ready", "claimed", claimed / 100, "proven", proven / 100)),
        })
        .collect();
    let scale = (0..=end).step_by(5).filter(|_| end > 0).map(|year| (width_of(year, end), year.to_string())).collect();
    let mut sources: Vec<String> = levels.iter().flat_map(|level| level.sources.clone()).collect();
    sources.sort();
    sources.dedup();
    LadderView { rungs, scale, sources }
}

fn aside(
    w: &View,
    template: &Role,
    standings: &[domain::path::RequirementStanding],
    requirements: &Requirements<'_>,
    fact: &Fact,
) -> AsideView {
    let indexes: Vec<usize> = fact.requirements.iter().filter_map(|id| template.requirement(id)).collect();
    let sum = together(template, standings, &indexes);
    let (claimed, proven) = sum.map_or((0, 0), |sum| (sum.claimed_share, sum.proven_share));
    AsideView {
        fact: facts::view(requirements, fact),
        // Solid means proven, whoever looked at each of them.
        glyph: sum.map_or("g-open", |sum| marks::glyph(sum.state, (sum.state == Held::Proven).then_some(Trust::Mentor))),
        state: sum.map(|sum| marks::state_words(w, sum.state)).unwrap_or_default(),
        claimed: claimed / 100,
        claimed_width: width(claimed),
        proven_width: width(proven.min(claimed)),
    }
}

fn source_view(w: &View, source: &domain::template::Source) -> SourceView {
    SourceView {
        key: source.key.clone(),
        title: source.title.clone(),
        date: source.date.as_ref().map(|date| date.parse().map_or_else(|_| date.clone(), |day| w.lang.day_long(day))),
        url: source.url.clone(),
        note: source.note.as_deref().map(markdown::to_html),
    }
}
