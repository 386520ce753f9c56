//! “Backend, autumn”: under way, in its twelfth week of thirty-two.

use domain::cohort::{AlertSettings, MemberState, OutcomeKind};

use super::batch::{Batch, How, Looks, Mark, Message, Note, OwnTerms, Said, Told, Turn, Version, What, Work};
use super::people::{self, Habits, Person, habits, person};

pub const AUTUMN: Batch = Batch {
    name: "Backend, autumn",
    role: "backend-developer",
    zone: "Europe/Lisbon",
    weeks: 12,
    ends_in: 20 * 7,
    holidays: &[(37, 5, "Autumn break"), (58, 1, "All Saints")],
    seed: 0xbacc_0000,
    hours: (10, 16),
    looks: Looks::Outside,
    lead: "admin",
    mentors: ["mira", "tomas"],
    learners: LEARNERS,
    // One works half of the hours, one was ill.
    terms: &[OwnTerms { of: "dmitri", factor: 60, extension: 0 }, OwnTerms { of: "omar", factor: 100, extension: 8 }],
    works: &[Work {
        by: "esther",
        project: "production-service",
        criteria: &["access-enforced", "metrics-visible", "load-test-reported", "bottleneck-removed", "runs-as-two"],
        with: &[("kavya", true), ("wanjiru", true), ("ada", false)],
        versions: &[Version {
            back: 2,
            title: "Parcel tracking as a team",
            url: "https://git.example.org/demo/parcels/tree/v1",
            note: "Four of us built it. The load test is in `load/`, and what each of us did in `WHO.md`.",
            files: &[],
            review: None,
            begun: Some((
                "tomas",
                &[
                    Mark { criterion: "load-test-reported", said: Said::Met, comment: "" },
                    Mark {
                        criterion: "access-enforced",
                        said: Said::NotMet,
                        comment: "Found a parcel of another customer by its number. Ask on Monday whether that is meant.",
                    },
                ],
            )),
        }],
    }],
    assessments: &[],
    helps: &[],
    notes: &[
        Note {
            by: "mira",
            about: "jamal",
            back: 12,
            words: "Called him. His shifts changed; he wants to stay, at fewer hours. I look again in two weeks.",
        },
        Note { by: "tomas", about: "ada", back: 5, words: "Explains better than I do. Ask her to take the next session on transactions." },
    ],
    messages: &[Message {
        by: "mira",
        to: "farid",
        words: "I have not seen anything of you for a week. Is it the job, or are you stuck with the queue? Half an hour tomorrow at six?",
    }],
    turns: &[
        Turn { of: "omar", back: 42, what: What::State(MemberState::Paused), reason: Some("Had the flu.") },
        Turn { of: "omar", back: 32, what: What::State(MemberState::Active), reason: None },
        Turn { of: "viktor", back: 20, what: What::State(MemberState::Paused), reason: Some("Works double shifts until Christmas.") },
        Turn {
            of: "greta",
            back: 5,
            what: What::State(MemberState::Completed),
            reason: Some("Hired before the end; showed her portfolio to all."),
        },
    ],
    outcomes: &[Told {
        of: "greta",
        back: 5,
        kind: OutcomeKind::Hired,
        title: Some("Back-End Developer"),
        employer: Some("Tidewater Logistics"),
        how: How::Consents,
    }],
    band: 1_000,
    alerts: AlertSettings { silent: Some(6), behind: Some(1_500), waiting: Some(5), lapsing: Some(30), quiet: 7 },
    completes_at: 7_000,
    sponsors: &[("Harbour Fund", None), ("City of Lisbon, skills programme", Some(3))],
};

const LEARNERS: &[(Person, Habits)] = &[
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
    (people::MATTEO, habits(97, 55, 50, 4, 0, "python", "flask", false)),
];
