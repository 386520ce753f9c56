//! What a school sets up: checked here, field by field.

use std::collections::BTreeSet;

use crate::account::CleanName;
use crate::cohort::{Calendar, Cohort, Holiday, Measure, Weekdays};
use crate::ids::RevisionId;
use crate::ledger::{FieldError, Wrong};
use crate::path::RuleChoice;
use crate::template::Template;
use crate::time::{Day, Zone};

/// A role that a cohort follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohortRole {
    pub role: String,
    pub revision: RevisionId,
    pub target_level: String,
    /// Members of any-N groups that the school fixes.
    pub chosen: BTreeSet<String>,
}

/// What a school decides for a cohort, beside its name and dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    pub weekdays: Weekdays,
    /// By first day; they do not meet.
    pub holidays: Vec<Holiday>,
    pub roles: Vec<CohortRole>,
    /// Scores the paths that learners begin with the cohort.
    pub rule: RuleChoice,
    pub measure: Measure,
    /// Basis points by which a learner may miss or exceed the plan and is still on pace: 100 to 5 000.
    pub band: u32,
    /// Session days without anything recorded after which a learner is silent, 1 to 60; none: nobody is.
    pub silent_after: Option<u32>,
    /// Days after which a waiting review is told to the lead, 1 to 60; none: never.
    pub waiting_after: Option<u32>,
}

impl Default for SetUp {
    fn default() -> Self {
        Self {
            weekdays: Weekdays::WORKING,
            holidays: Vec::new(),
            roles: Vec::new(),
            rule: RuleChoice::BuiltIn,
            measure: Measure::Claimed,
            band: 1_000,
            silent_after: Some(5),
            waiting_after: Some(3),
        }
    }
}

impl SetUp {
    pub fn calendar(&self, cohort: &Cohort) -> Calendar {
        Calendar::new(cohort.starts_on, cohort.ends_on, self.weekdays, &self.holidays)
    }

    pub fn role(&self, role: &str) -> Option<&CohortRole> {
        self.roles.iter().find(|own| own.role == role)
    }
}

/// Name, dates and zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub name: CleanName,
    pub starts_on: Day,
    pub ends_on: Day,
    pub zone: Zone,
}

/// What an admin sends to make a cohort.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrameWish {
    pub name: String,
    pub starts_on: Option<Day>,
    pub ends_on: Option<Day>,
    pub zone: String,
}

/// A cohort lasts three years at most.
pub const MAX_DAYS: i32 = 3 * 366;
pub const MAX_HOLIDAYS: usize = 60;
pub const MAX_ROLES: usize = 8;

/// Checks name, dates and zone: all that is wrong at once.
pub fn check_frame(wish: &FrameWish) -> Result<Frame, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    let name = CleanName::parse(&wish.name).map_err(|bad| wrong.add("name", bad.code()));
    let zone = Zone::parse(&wish.zone).map_err(|_| wrong.add("zone", "zone_unknown"));
    wrong.needs("starts_on", wish.starts_on.is_some());
    wrong.needs("ends_on", wish.ends_on.is_some());
    if let (Some(first), Some(last)) = (wish.starts_on, wish.ends_on) {
        if last < first {
            wrong.add("ends_on", "ends_before_start");
        } else if last.number() - first.number() > MAX_DAYS {
            wrong.add("ends_on", "cohort_too_long");
        }
    }
    match (name, zone, wish.starts_on, wish.ends_on) {
        (Ok(name), Ok(zone), Some(starts_on), Some(ends_on)) if wrong.0.is_empty() => Ok(Frame { name, starts_on, ends_on, zone }),
        _ => Err(wrong.0),
    }
}

/// A role as it is wished: with the template of the revision that is meant.
pub struct RoleWish<'a> {
    pub revision: RevisionId,
    pub template: &'a Template,
    pub target_level: String,
    pub chosen: BTreeSet<String>,
}

/// What a lead sends of the set-up.
pub struct SetUpWish<'a> {
    pub weekdays: Option<Weekdays>,
    pub holidays: Vec<Holiday>,
    pub roles: Vec<RoleWish<'a>>,
    pub rule: RuleChoice,
    pub measure: Measure,
    pub band: u32,
    pub silent_after: Option<u32>,
    pub waiting_after: Option<u32>,
}

/// Checks a set-up: all that is wrong at once. Holidays are sorted and may not overlap; a role has one of its levels and
/// chooses members of any-N groups only. Whether a plugin is installed is for the caller to say.
pub fn check_set_up(wish: SetUpWish<'_>, frame: &Frame) -> Result<SetUp, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    wrong.needs("weekdays", wish.weekdays.is_some());
    let mut holidays = Vec::new();
    for Holiday { first, last, name } in wish.holidays {
        let name = wrong.short("holidays", Some(name)).unwrap_or_default();
        if last < first {
            wrong.add("holidays", "ends_before_start");
        } else {
            holidays.push(Holiday { first, last, name });
        }
    }
    holidays.sort_by_key(|holiday| holiday.first);
    if holidays.len() > MAX_HOLIDAYS {
        wrong.add("holidays", "too_many");
    }
    if holidays.windows(2).any(|two| two[1].first <= two[0].last) {
        wrong.add("holidays", "holidays_overlap");
    }
    if wish.roles.is_empty() {
        wrong.add("roles", "missing");
    } else if wish.roles.len() > MAX_ROLES {
        wrong.add("roles", "too_many");
    }
    let mut roles: Vec<CohortRole> = Vec::new();
    for RoleWish { revision, template, target_level, chosen } in wish.roles {
        if template.level(&target_level).is_none() {
            wrong.add("roles", "level_unknown");
        }
        if !chosen.iter().all(|id| template.can_be_chosen(id)) {
            wrong.add("roles", "chosen_unknown");
        }
        if roles.iter().any(|other| other.role == template.id()) {
            wrong.add("roles", "role_twice");
        }
        roles.push(CohortRole { role: template.id().to_owned(), revision, target_level, chosen });
    }
    if !(100..=5_000).contains(&wish.band) {
        wrong.add("band", "out_of_range");
    }
    for (field, days) in [("silent_after", wish.silent_after), ("waiting_after", wish.waiting_after)] {
        if days.is_some_and(|days| !(1..=60).contains(&days)) {
            wrong.add(field, "out_of_range");
        }
    }
    let weekdays = wish.weekdays.unwrap_or(Weekdays::WORKING);
    if wrong.0.is_empty() && Calendar::new(frame.starts_on, frame.ends_on, weekdays, &holidays).length() == 0 {
        wrong.add("weekdays", "no_session_days");
    }
    wrong.none()?;
    Ok(SetUp {
        weekdays,
        holidays,
        roles,
        rule: wish.rule,
        measure: wish.measure,
        band: wish.band,
        silent_after: wish.silent_after,
        waiting_after: wish.waiting_after,
    })
}
