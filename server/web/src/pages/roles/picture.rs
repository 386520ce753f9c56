//! Where a role leads: the picture and the list beside it.

use domain::guide::{NAMES, Offered, WIDTH, leads_to, roads};
use domain::template::{Direction, Document};

use crate::services::roles::{Role, Standing};
use crate::view::View;

pub struct RoadsView {
    pub width: u32,
    pub height: u32,
    /// Left edge of the names.
    pub names: u32,
    /// The role's own box: top and height, and its name line by line with the base lines.
    pub home: (u32, u32),
    pub name: Vec<(String, u32)>,
    pub groups: Vec<GroupView>,
}

pub struct GroupView {
    pub title: String,
    pub head: u32,
    /// Roads that are only related are dashed.
    pub quiet: bool,
    pub stops: Vec<StopView>,
}

pub struct StopView {
    pub name: String,
    pub y: u32,
    pub base: u32,
    pub road: String,
    pub sources: Vec<String>,
    /// Id of the role, where it is on offer.
    pub role: Option<String>,
    /// How ready the reader is for it.
    pub ready: Option<u32>,
}

pub fn of(w: &View, document: &Document, offered: &[Offered], all: &[Role], standing: &Standing) -> Option<RoadsView> {
    let picture = roads(&document.transitions)?;
    let lines = broken(&document.name, 12);
    let tall = 16 + 15 * u32::try_from(lines.len()).unwrap_or(1);
    let top = picture.home.saturating_sub(tall / 2);
    let stop = |stop: &domain::guide::Stop| {
        let transition = &document.transitions[stop.transition];
        let role = leads_to(transition, &document.id, offered).map(|role| role.id.clone());
        let found = role.as_ref().and_then(|id| all.iter().find(|one| one.template.id() == id));
        StopView {
            name: transition.to.clone(),
            y: stop.y,
            base: stop.y + 4,
            road: stop.road.clone(),
            sources: transition.sources.clone(),
            ready: found.and_then(|one| standing.first_level(&one.template)).map(|(claimed, _)| claimed / 100),
            role,
        }
    };
    let groups = picture
        .groups
        .iter()
        .map(|group| {
            let key = match group.direction {
                Direction::Up => "guide-roads-up",
                Direction::Sideways => "guide-roads-sideways",
                Direction::Related => "guide-roads-related",
            };
            GroupView {
                title: w.t(key),
                head: group.head,
                quiet: group.direction == Direction::Related,
                stops: group.stops.iter().map(stop).collect(),
            }
        })
        .collect();
    Some(RoadsView {
        width: WIDTH,
        height: picture.height.max(top + tall),
        names: NAMES,
        home: (top, tall),
        name: (top + 20..).step_by(15).zip(lines).map(|(base, line)| (line, base)).collect(),
        groups,
    })
}

/// Lines of at most `most` characters where words allow it.
fn broken(name: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_broken_between_words() {
        for (name, expected) in [
            ("Back-End Developer", &["Back-End", "Developer"][..]),
            ("Site Reliability Engineer", &["Site", "Reliability", "Engineer"]),
            ("IT Support of Schools", &["IT Support", "of Schools"]),
            ("Maker", &["Maker"]),
        ] {
            assert_eq!(broken(name, 12), expected);
        }
    }
}
