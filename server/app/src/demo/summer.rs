//! “Platform, summer”: twelve full weeks that ended not long ago. What it handed in its mentors reviewed, criterion by criterion.

use domain::cohort::{AlertSettings, MemberState, OutcomeKind};
use domain::mentoring::Occasion;

use super::batch::{Assessment, Batch, File, Help, How, Looks, Mark, Note, OwnTerms, Review, Said, Told, Turn, Version, What, Work};
use super::people::{self, Habits, Person, habits, person};

pub const SUMMER: Batch = Batch {
    name: "Platform, summer",
    role: "platform-engineer",
    zone: "Pacific/Auckland",
    weeks: 12,
    ends_in: -17,
    holidays: &[(46, 1, "Harvest day"), (60, 2, "Mid-term break")],
    seed: 0x91a7_0000,
    hours: (38, 44),
    looks: Looks::Mentors,
    lead: "marama",
    // Ingrid ran clusters before she came to learn the back end.
    mentors: ["tomas", "ingrid"],
    learners: LEARNERS,
    terms: &[OwnTerms { of: "jun", factor: 80, extension: 0 }],
    works: WORKS,
    assessments: &[
        Assessment {
            by: "ingrid",
            back: 31,
            requirement: "interview-troubleshooting",
            occasion: Occasion::Oral,
            note: "Each got a broken cluster and found the fault within half an hour, saying aloud what they ruled out.",
        },
        Assessment {
            by: "tomas",
            back: 3,
            requirement: "technical-communication",
            occasion: Occasion::Checkpoint,
            note: "Closing day: ten minutes on stage, and questions from people who did not know the work.",
        },
    ],
    helps: &[Help {
        of: "isaac",
        back: 33,
        requirement: "network-policy",
        words: "With the default deny in place the probe of the ingress fails, and I cannot see which rule drops it.",
        by: "ingrid",
        answer: "Probes come from the node, not from a pod: allow its address range. Log what is dropped before you deny anything.",
    }],
    notes: &[
        Note {
            by: "tomas",
            about: "sione",
            back: 13,
            words: "Does good work when he is here. The orchard takes all of him until it is picked.",
        },
        Note {
            by: "ingrid",
            about: "leila",
            back: 9,
            words: "Leaned on the others for the tenants. Give her a piece of her own next time.",
        },
    ],
    messages: &[],
    turns: TURNS,
    outcomes: OUTCOMES,
    band: 1_500,
    alerts: AlertSettings { silent: Some(4), behind: Some(2_000), waiting: Some(4), lapsing: None, quiet: 7 },
    completes_at: 7_000,
    sponsors: &[("Southern Cloud Foundation", Some(2))],
};

const LEARNERS: &[(Person, Habits)] = &[
    (person("aiko", "Aiko Mori", "Asia/Tokyo"), habits(112, 60, 35, 0, 0, "go", "aws", false)),
    (person("bruno", "Bruno Carvalho", "America/Sao_Paulo"), habits(70, 40, 25, 0, 0, "python", "azure", false)),
    (person("dalia", "Dalia Mansour", "Africa/Cairo"), habits(104, 55, 35, 0, 0, "python", "google-cloud", false)),
    (person("emeka", "Emeka Obi", "Africa/Lagos"), habits(98, 50, 30, 0, 0, "go", "aws", false)),
    (person("freya", "Freya Nilsen", "Europe/Oslo"), habits(107, 60, 35, 0, 0, "rust", "aws", false)),
    (person("goran", "Goran Ilić", "Europe/Belgrade"), habits(101, 50, 30, 0, 0, "go", "azure", false)),
    (person("hana", "Hana Kim", "Asia/Seoul"), habits(116, 65, 40, 0, 0, "go", "google-cloud", false)),
    (person("isaac", "Isaac Cohen", "America/New_York"), habits(95, 45, 30, 0, 0, "python", "aws", false)),
    (person("jun", "Jun Santos", "Asia/Manila"), habits(74, 40, 25, 0, 0, "javascript", "aws", false)),
    (person("leila", "Leila Farahani", "Asia/Tehran"), habits(99, 50, 30, 1, 0, "java", "azure", false)),
    (people::MATTEO, habits(92, 50, 30, 0, 0, "python", "aws", false)),
    (person("sione", "Sione Taufa", "Pacific/Tongatapu"), habits(88, 45, 30, 0, 2, "go", "aws", false)),
];

const fn state(of: &'static str, back: i32, state: MemberState, reason: Option<&'static str>) -> Turn {
    Turn { of, back, what: What::State(state), reason }
}

const TURNS: &[Turn] = &[
    state("bruno", 56, MemberState::Dropped, Some("Took a job as a network engineer; would like to come back.")),
    Turn {
        of: "matteo",
        back: 38,
        what: What::Moves("Backend, autumn"),
        reason: Some("Found that he would rather build services than what they run on."),
    },
    state("sione", 12, MemberState::Paused, Some("The harvest at home; sits the last weeks with the next batch.")),
    state("aiko", 0, MemberState::Completed, None),
    state("dalia", 0, MemberState::Completed, None),
    state("emeka", 0, MemberState::Completed, None),
    state("freya", 0, MemberState::Completed, None),
    state("goran", 0, MemberState::Completed, None),
    state("hana", 0, MemberState::Completed, None),
    state("isaac", 0, MemberState::Completed, None),
    state("leila", 0, MemberState::Completed, None),
    state(
        "jun",
        0,
        MemberState::Completed,
        Some("Worked four days a week by agreement, and showed at the closing day what is missing here."),
    ),
];

const fn told(of: &'static str, back: i32, kind: OutcomeKind, title: &'static str, employer: &'static str, how: How) -> Told {
    Told { of, back, kind, title: Some(title), employer: Some(employer), how }
}

const OUTCOMES: &[Told] = &[
    told("aiko", -3, OutcomeKind::Hired, "Platform Engineer", "Kaede Payments", How::Consents),
    told("goran", -4, OutcomeKind::Hired, "Site Reliability Engineer", "Sava Telecom", How::Consents),
    told("freya", -5, OutcomeKind::Hired, "Cloud Engineer", "Fjord Grid", How::Consents),
    told("dalia", -8, OutcomeKind::Hired, "Platform Engineer", "Nile Health", How::Consents),
    told("emeka", -10, OutcomeKind::Hired, "Infrastructure Engineer", "Palm Logistics", How::Consents),
    told("hana", -11, OutcomeKind::Hired, "DevOps Engineer", "Han River Games", How::ByLead),
    told("isaac", -6, OutcomeKind::Study, "Distributed Systems, master’s degree", "Hudson Technical University", How::Consents),
    told("leila", -12, OutcomeKind::Business, "Hosting for small clinics", "Farahani Hosting", How::Alone),
];

const RUNBOOK: File = File {
    name: "runbook.txt",
    lines: &[
        "Runbook of the two-tenant cluster",
        "",
        "Deploy: merge to main; the controller has it within three minutes.",
        "Go back: revert the merge. Data does not go back with it.",
        "",
        "A node does not answer",
        "1. Look whether its pods came up elsewhere: make where",
        "2. Cordon it, then take it out of the pool. Do not repair it by hand.",
        "",
        "The database of a tenant is full",
        "1. make grow TENANT=name, which takes a minute and no restart.",
        "2. Tell the tenant what grew, and since when.",
    ],
};

const WORKS: &[Work] = &[
    Work {
        by: "aiko",
        project: "cluster",
        criteria: &[],
        with: &[("goran", true), ("leila", true)],
        versions: &[
            Version {
                back: 26,
                title: "Two tenants on three nodes",
                url: "https://git.example.org/demo/tenants/tree/v1",
                note: "We upgraded from 1.33 to 1.34 while the load test ran. `make drill` takes a node away.",
                files: &[RUNBOOK],
                review: Some(Review {
                    by: "tomas",
                    after: 3,
                    comment: "The drill is a pleasure to watch. What is missing is somebody else’s bad day with your runbook.",
                    marks: &[
                        Mark {
                            criterion: "node-loss-survived",
                            said: Said::Met,
                            comment: "Ran it twice; no request failed the second time.",
                        },
                        Mark {
                            criterion: "runbook-written",
                            said: Said::Level("notes"),
                            comment: "Reads well, but only you three have used it. Let the other group try.",
                        },
                    ],
                    otherwise: &[(
                        "leila",
                        &[Mark {
                            criterion: "tenants-kept-apart",
                            said: Said::NotMet,
                            comment: "You could not say which rule keeps them apart. Write one of your own for the next version.",
                        }],
                    )],
                }),
                begun: None,
            },
            Version {
                back: 14,
                title: "Two tenants on three nodes, second version",
                url: "https://git.example.org/demo/tenants/tree/v2",
                note: "Hana’s group followed the runbook on Thursday; what they stumbled over is in its history.",
                files: &[
                    RUNBOOK,
                    File {
                        name: "load-test.pdf",
                        lines: &[
                            "Load test during the upgrade",
                            "",
                            "400 requests a second for 40 minutes, two tenants",
                            "Median 18 ms, 99 in 100 within 95 ms",
                            "Failed: 0 of 960 000",
                            "",
                            "A node was taken away after 12 and after 31 minutes.",
                            "Longest gap that a user saw: 1.9 s",
                        ],
                    },
                ],
                review: Some(Review {
                    by: "ingrid",
                    after: 2,
                    comment: "Accepted. I would put my own services there.",
                    marks: &[
                        Mark { criterion: "cluster-upgraded", said: Said::Met, comment: "The figures speak for themselves." },
                        Mark {
                            criterion: "runbook-written",
                            said: Said::Level("followed"),
                            comment: "Hana told me the same without being asked.",
                        },
                    ],
                    otherwise: &[],
                }),
                begun: None,
            },
        ],
    },
    Work {
        by: "hana",
        project: "cluster",
        criteria: &[],
        with: &[],
        versions: &[Version {
            back: 11,
            title: "A cluster that two shops share",
            url: "https://git.example.org/demo/shops/tree/v3",
            note: "Rehearsed every other Friday; the log of the drills is attached.",
            files: &[File {
                name: "drills.txt",
                lines: &[
                    "Drills, newest first",
                    "",
                    "Node lost at 14:05, back at 14:07. Nothing to change.",
                    "Upgrade stopped half-way. Step 4 of the runbook came too late; moved up.",
                    "Database full. Nobody knew who tells the tenant; now it says so.",
                ],
            }],
            review: Some(Review {
                by: "tomas",
                after: 2,
                comment: "As good as what I see at work.",
                marks: &[Mark {
                    criterion: "runbook-written",
                    said: Said::Level("rehearsed"),
                    comment: "Every drill changed a line. That is what it is for.",
                }],
                otherwise: &[],
            }),
            begun: None,
        }],
    },
];
