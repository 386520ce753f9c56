//! What a cohort of the demo is made of: tables, so that every cohort goes the same way from them to its history. Days are
//! counted back from the last day on which anything may have happened ([`Batch::until`]), so that a batch looks the same on
//! whichever day the demo is started. People are named by their usernames, requirements and criteria by their ids.

use domain::cohort::{AlertSettings, MemberState, OutcomeKind};
use domain::mentoring::Occasion;
use domain::time::Day;

use super::people::{Habits, Person};

pub struct Batch {
    pub name: &'static str,
    pub role: &'static str,
    pub zone: &'static str,
    /// Weeks of history.
    pub weeks: u32,
    /// From today to its last day; before today it has ended.
    pub ends_in: i32,
    /// Session days that are none: days after the first one, how many, and why.
    pub holidays: &'static [(i32, i32, &'static str)],
    /// Of every learner's chance, with the learner's place added.
    pub seed: u64,
    /// What learners set aside a week, from and to.
    pub hours: (u32, u32),
    pub looks: Looks,
    pub lead: &'static str,
    pub mentors: [&'static str; 2],
    pub learners: &'static [(Person, Habits)],
    pub terms: &'static [OwnTerms],
    pub works: &'static [Work],
    pub assessments: &'static [Assessment],
    pub helps: &'static [Help],
    pub notes: &'static [Note],
    pub messages: &'static [Message],
    pub turns: &'static [Turn],
    pub outcomes: &'static [Told],
    /// Basis points around the plan that are on pace.
    pub band: u32,
    pub alerts: AlertSettings,
    /// Basis points that completing asks.
    pub completes_at: u32,
    /// Who asks for summaries: of the cohort, where every so many consent, or of the first learner.
    pub sponsors: &'static [(&'static str, Option<usize>)],
}

impl Batch {
    /// The first day, the last day and the last day of its history, on the day of the demo.
    pub fn days(&self, today: Day) -> Days {
        let ends = today.plus(self.ends_in);
        let until = ends.min(today);
        Days { starts: until.plus(1 - 7 * self.weeks as i32), ends, until }
    }

    /// Whether a learner was there at the end of that day.
    pub fn takes_part(&self, username: &str, back: i32) -> bool {
        let mut turns = self.turns.iter().filter(|turn| turn.of == username && turn.back >= back);
        turns.next_back().is_none_or(|turn| matches!(turn.what, What::State(MemberState::Active)))
    }

    /// How many days before the end a learner left it, if so.
    pub fn left(&self, username: &str) -> Option<i32> {
        let leaves = |turn: &&Turn| matches!(turn.what, What::State(MemberState::Dropped) | What::Moves(_));
        self.turns.iter().filter(|turn| turn.of == username).find(leaves).map(|turn| turn.back)
    }

    /// Who comes from another cohort: another one's table says so.
    pub fn comes_to(&self, cohort: &str) -> impl Iterator<Item = &'static Turn> {
        self.turns.iter().filter(move |turn| matches!(turn.what, What::Moves(to) if to == cohort))
    }

    /// What somebody hands in as it stands below, and not by chance.
    pub fn set_works(&self, username: &str) -> impl Iterator<Item = &'static Work> {
        self.works.iter().filter(move |work| work.by == username || work.with.iter().any(|(other, _)| *other == username))
    }
}

#[derive(Clone, Copy)]
pub struct Days {
    pub starts: Day,
    pub ends: Day,
    pub until: Day,
}

/// Who looks at what is handed in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// People outside at half of it, by links; some of the rest waits for mentors by now.
    Outside,
    /// Mentors at all of it, from their queue.
    Mentors,
}

/// What of the plan is a learner's own, beside a later start.
pub struct OwnTerms {
    pub of: &'static str,
    pub factor: u32,
    pub extension: u32,
}

/// Work that is handed in to the mentors, version by version.
pub struct Work {
    pub by: &'static str,
    pub project: &'static str,
    /// Criteria that it is to show; none: all.
    pub criteria: &'static [&'static str],
    /// Who made it too, and whether they have said so.
    pub with: &'static [(&'static str, bool)],
    pub versions: &'static [Version],
}

pub struct Version {
    pub back: i32,
    pub title: &'static str,
    pub url: &'static str,
    pub note: &'static str,
    pub files: &'static [File],
    pub review: Option<Review>,
    /// What a mentor has begun to say by now.
    pub begun: Option<(&'static str, &'static [Mark])>,
}

pub struct File {
    pub name: &'static str,
    pub lines: &'static [&'static str],
}

/// A mentor's review: sent back where something is not met, else accepted.
pub struct Review {
    pub by: &'static str,
    /// Days after it was handed in.
    pub after: i32,
    pub comment: &'static str,
    /// What is to be said beside that; of the other criteria it is that they are met.
    pub marks: &'static [Mark],
    /// What is said otherwise of one who made it too.
    pub otherwise: &'static [(&'static str, &'static [Mark])],
}

pub struct Mark {
    pub criterion: &'static str,
    pub said: Said,
    pub comment: &'static str,
}

#[derive(Clone, Copy)]
pub enum Said {
    Met,
    NotMet,
    /// Id of the level that is reached.
    Level(&'static str),
}

/// What a mentor saw of everybody who took part that day, at once.
pub struct Assessment {
    pub by: &'static str,
    pub back: i32,
    pub requirement: &'static str,
    pub occasion: Occasion,
    pub note: &'static str,
}

/// Somebody who was stuck, and what a mentor said two hours later.
pub struct Help {
    pub of: &'static str,
    pub back: i32,
    pub requirement: &'static str,
    pub words: &'static str,
    pub by: &'static str,
    pub answer: &'static str,
}

/// What a mentor noted of a learner.
pub struct Note {
    pub by: &'static str,
    pub about: &'static str,
    pub back: i32,
    pub words: &'static str,
}

/// What a mentor writes to a learner today.
pub struct Message {
    pub by: &'static str,
    pub to: &'static str,
    pub words: &'static str,
}

/// What a lead said of a learner's part in it.
pub struct Turn {
    pub of: &'static str,
    pub back: i32,
    pub what: What,
    pub reason: Option<&'static str>,
}

pub enum What {
    State(MemberState),
    /// To the cohort of that name, and a path in its role.
    Moves(&'static str),
}

/// What became of a learner.
pub struct Told {
    pub of: &'static str,
    pub back: i32,
    pub kind: OutcomeKind,
    pub title: Option<&'static str>,
    pub employer: Option<&'static str>,
    pub how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By themselves, and leads may see it.
    Consents,
    /// By themselves, for nobody else.
    Alone,
    /// By a lead; the learner has not said yes.
    ByLead,
}
