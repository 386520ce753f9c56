//! What a requirement is worth, what comes before and after it, and what the same evidence counts for elsewhere.

use domain::ids::PublicId;
use domain::path::{RequirementStanding, sharing, would_add};
use domain::scoring::{Score, Scorecard};
use domain::subject::Subject;
use domain::template::RequirementIndex;

use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::marks::{Mark, width_of};
use crate::services::paths::{self, OpenPath};
use crate::state::State;
use crate::view::View;

pub struct Points {
    pub claimed: String,
    pub proven: String,
    pub possible: String,
    pub missing: String,
    pub claimed_width: String,
    pub proven_width: String,
    /// Points of the whole that finishing it would add to either number; none where there is nothing to add.
    pub would_claim: Option<String>,
    pub would_prove: Option<String>,
    /// Why it counts nothing, where it does not.
    pub uncounted: Option<String>,
}

/// A requirement beside this one.
pub struct Neighbour {
    pub path: PublicId,
    pub id: String,
    pub name: String,
    pub mark: Mark,
    /// Which part of it is shared, or what the other path is called.
    pub what: Option<String>,
}

pub fn points(w: &View, open: &OpenPath, index: RequirementIndex, score: &Score) -> Points {
    let ((claimed, possible), (proven, _)) = (receipt(open, index, score, &score.claimed), receipt(open, index, score, &score.proven));
    let in_scope = score.requirements.contains(&open.template.requirements[index].id);
    let uncounted = match in_scope {
        false => Some(w.t("requirement-beyond")),
        true if possible == 0 => Some(w.t("requirement-spare")),
        true => None,
    };
    let gain = would_add(open.scope(), &open.facts, index);
    let added = |points: u32| (points > 0).then(|| w.lang.points_moved(i64::from(points)));
    Points {
        claimed: w.lang.points_exact(claimed),
        proven: w.lang.points_exact(proven),
        possible: w.lang.points_exact(possible),
        missing: w.lang.points_exact(possible.saturating_sub(claimed)),
        claimed_width: width_of(claimed, possible),
        proven_width: width_of(proven, possible),
        would_claim: added(gain.claimed),
        would_prove: added(gain.proven),
        uncounted,
    }
}

/// Points and possible points of a card's receipt.
fn receipt(open: &OpenPath, index: RequirementIndex, score: &Score, card: &Scorecard) -> (u32, u32) {
    let id = &open.template.requirements[index].id;
    let place = score.requirements.iter().position(|other| other == id).map(|place| place as u32);
    card.receipts.iter().find(|receipt| Some(receipt.requirement) == place).map_or((0, 0), |receipt| (receipt.points, receipt.possible))
}

pub fn neighbour(w: &View, open: &OpenPath, standings: &[RequirementStanding], index: RequirementIndex) -> Neighbour {
    let requirement = &open.template.requirements[index];
    Neighbour {
        path: open.path.public_id,
        id: requirement.id.clone(),
        name: requirement.name.clone(),
        mark: Mark::new(w, &standings[index]),
        what: None,
    }
}

/// Requirements of the role that the same evidence proves, wholly or in part, with what is missing there.
pub fn similar(
    w: &View,
    open: &OpenPath,
    standings: &[RequirementStanding],
    score: &Score,
    index: RequirementIndex,
    subjects: &[Subject],
) -> Vec<Neighbour> {
    sharing(&open.template, subjects, Some(index))
        .into_iter()
        .map(|shared| {
            let (points, possible) = receipt(open, shared.requirement, score, &score.claimed);
            let missing = w.lang.points_exact(possible.saturating_sub(points));
            let what = match shared.all {
                1 => w.t1("requirement-similar-whole", "points", missing),
                all => w.t3("requirement-similar-part", "shared", shared.shared, "all", all, "points", missing),
            };
            Neighbour { what: Some(what), ..neighbour(w, open, standings, shared.requirement) }
        })
        .collect()
}

/// Requirements of the learner's other paths that the same evidence counts for.
pub async fn elsewhere(state: &State, w: &View, who: &SignedIn, open: &OpenPath, subjects: &[Subject]) -> Result<Vec<Neighbour>, Error> {
    let mut found = Vec::new();
    for (path, _) in paths::list(state, who).await?.into_iter().filter(|(path, _)| path.id != open.path.id) {
        let other = paths::open(state, who, path.public_id).await?;
        let standings = other.standings();
        found.extend(sharing(&other.template, subjects, None).into_iter().map(|shared| Neighbour {
            what: Some(other.template.document.name.clone()),
            ..neighbour(w, &other, &standings, shared.requirement)
        }));
    }
    Ok(found)
}
