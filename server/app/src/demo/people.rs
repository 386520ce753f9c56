//! What somebody of the demo is: invented people, the same at every start. Learners stand with their cohorts.

/// Everyone's password in the demo. The console prints it; it never leaves a demo's database.
pub const PASSWORD: &str = "waymark-demo";

pub struct Person {
    pub username: &'static str,
    pub name: &'static str,
    pub zone: &'static str,
}

pub const fn person(username: &'static str, name: &'static str, zone: &'static str) -> Person {
    Person { username, name, zone }
}

/// Those who guide cohorts and learn nothing here, the admin first.
pub const GUIDES: [(Person, &str); 4] = [
    (person("admin", "Ines Duarte", "Europe/Lisbon"), "admin"),
    (person("mira", "Mira Lindqvist", "Europe/Stockholm"), "mentor"),
    (person("tomas", "Tomás Rivera", "America/Bogota"), "mentor"),
    (person("marama", "Marama Ngata", "Pacific/Auckland"), "lead"),
];

/// Learned in summer first, and then in autumn.
pub const MATTEO: Person = person("matteo", "Matteo Gallo", "Europe/Rome");

/// How a learner works; per cent where nothing else is said.
pub struct Habits {
    /// Of the hours planned, how many are really worked.
    pub pace: u32,
    /// How often something gets a link.
    pub links: u32,
    /// How often a mentor looks at it.
    pub reviews: u32,
    /// Weeks after the cohort's first day.
    pub joins: u32,
    /// The last weeks in which nothing happened.
    pub silent: u32,
    /// What they choose where a role lets them, if it has that: a language, and a framework or a cloud.
    pub language: &'static str,
    pub framework: &'static str,
    /// Scored by the recency rule of the shipped pack instead of the built-in one.
    pub recency: bool,
}

#[allow(clippy::too_many_arguments, reason = "a table's row")]
pub const fn habits(
    pace: u32,
    links: u32,
    reviews: u32,
    joins: u32,
    silent: u32,
    language: &'static str,
    framework: &'static str,
    recency: bool,
) -> Habits {
    Habits { pace, links, reviews, joins, silent, language, framework, recency }
}
