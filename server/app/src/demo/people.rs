//! Who is in the demo: invented people, the same at every start.

/// Everyone's password in the demo. The console prints it; it never leaves a demo's database.
pub const PASSWORD: &str = "waymark-demo";

pub struct Person {
    pub username: &'static str,
    pub name: &'static str,
    pub zone: &'static str,
}

const fn person(username: &'static str, name: &'static str, zone: &'static str) -> Person {
    Person { username, name, zone }
}

pub const ADMIN: Person = person("admin", "Ines Duarte", "Europe/Lisbon");

pub const MENTORS: [Person; 2] = [person("mira", "Mira Lindqvist", "Europe/Stockholm"), person("tomas", "Tomás Rivera", "America/Bogota")];

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
    pub language: &'static str,
    pub framework: &'static str,
    /// Scored by the recency rule of the shipped pack instead of the built-in one.
    pub recency: bool,
}

#[allow(clippy::too_many_arguments, reason = "a table's row")]
const fn habits(
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

pub const LEARNERS: [(Person, Habits); 24] = [
    (person("ada", "Ada Okafor", "Africa/Lagos"), habits(118, 80, 70, 0, 0, "python", "django", false)),
    (person("bela", "Béla Horváth", "Europe/Budapest"), habits(96, 60, 55, 0, 0, "java", "spring-boot", false)),
    (person("chen", "Chen Yu", "Asia/Singapore"), habits(132, 85, 75, 0, 0, "go", "", false)),
    (person("dmitri", "Dmitri Volkov", "Asia/Tbilisi"), habits(74, 40, 30, 0, 0, "javascript", "express", false)),
    (person("esther", "Esther Mensah", "Africa/Accra"), habits(101, 70, 60, 0, 0, "python", "flask", true)),
    (person("farid", "Farid Nazari", "Asia/Kabul"), habits(58, 35, 25, 0, 1, "php", "laravel", false)),
    (person("greta", "Greta Sørensen", "Europe/Copenhagen"), habits(110, 75, 65, 0, 0, "csharp", "asp-net-core", false)),
    (person("hiro", "Hiro Tanaka", "Asia/Tokyo"), habits(88, 55, 50, 0, 0, "ruby", "rails", false)),
    (person("ingrid", "Ingrid Haugen", "Europe/Oslo"), habits(123, 90, 80, 0, 0, "python", "django", false)),
    (person("jamal", "Jamal Haddad", "Asia/Beirut"), habits(47, 30, 20, 0, 3, "javascript", "express", false)),
    (person("kavya", "Kavya Raman", "Asia/Kolkata"), habits(105, 65, 60, 0, 0, "java", "spring-boot", true)),
    (person("liam", "Liam O’Connor", "Europe/Dublin"), habits(79, 50, 40, 0, 0, "javascript", "express", false)),
    (person("mei", "Mei Lin", "Asia/Taipei"), habits(115, 80, 70, 0, 0, "go", "", false)),
    (person("nadia", "Nadia Petrova", "Europe/Sofia"), habits(92, 60, 50, 0, 0, "python", "flask", false)),
    (person("omar", "Omar Benali", "Africa/Casablanca"), habits(66, 45, 35, 0, 0, "php", "laravel", false)),
    (person("paula", "Paula Souza", "America/Sao_Paulo"), habits(99, 70, 60, 0, 0, "javascript", "express", false)),
    (person("quinn", "Quinn Baker", "America/Chicago"), habits(84, 55, 45, 2, 0, "csharp", "asp-net-core", false)),
    (person("rosa", "Rosa Jiménez", "America/Mexico_City"), habits(108, 75, 60, 0, 0, "ruby", "rails", false)),
    (person("sven", "Sven Keller", "Europe/Zurich"), habits(71, 45, 35, 0, 0, "java", "spring-boot", false)),
    (person("tara", "Tara Singh", "America/Vancouver"), habits(126, 85, 75, 0, 0, "python", "django", true)),
    (person("uma", "Uma Nair", "Asia/Dubai"), habits(90, 60, 50, 3, 0, "javascript", "express", false)),
    (person("viktor", "Viktor Novák", "Europe/Prague"), habits(38, 25, 15, 0, 4, "java", "spring-boot", false)),
    (person("wanjiru", "Wanjiru Kamau", "Africa/Nairobi"), habits(112, 75, 70, 0, 0, "python", "django", false)),
    (person("yusuf", "Yusuf Demir", "Europe/Istanbul"), habits(82, 50, 45, 0, 0, "go", "", false)),
];
