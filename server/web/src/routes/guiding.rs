//! The part of the table about what leads and mentors are told, alerts and a digest, and about completion.

use crate::api::{cohorts, digests, listed};
use crate::pages;
use crate::route::Access::{SignedIn, Write};
use crate::route::Verb::{Delete, Get, Post, Put};
use crate::route::{Doc, Route, params, schema, to};

#[rustfmt::skip]
pub(super) static GUIDING_PAGES: &[Route] = &[
    Route::new(Get, "/cohorts/{cohort}/alerts", "cohort-alerts", SignedIn, |asked| to(asked, pages::cohorts::alerts::show)),
    Route::new(Post, "/cohorts/{cohort}/alerts", "cohort-alerts-do", Write, |asked| to(asked, pages::cohorts::alerts::submit)),
    Route::new(Post, "/cohorts/{cohort}/alerts/{alert}/dismiss", "cohort-alert-dismiss", Write, |asked| to(asked, pages::cohorts::alerts::dismiss)),
    Route::new(Get, "/cohorts/{cohort}/completion", "cohort-completion", SignedIn, |asked| to(asked, pages::cohorts::completion::show)),
    Route::new(Post, "/cohorts/{cohort}/completion", "cohort-completion-do", Write, |asked| to(asked, pages::cohorts::completion::change)),
    Route::new(Post, "/cohorts/{cohort}/completions", "cohort-complete", Write, |asked| to(asked, pages::cohorts::completion::complete)),
    Route::new(Post, "/cohorts/{cohort}/completions/{person}/undo", "cohort-reopen", Write, |asked| to(asked, pages::cohorts::completion::reopen)),
    Route::new(Get, "/cohorts/{cohort}/members/{person}/outcome", "cohort-outcome-of", SignedIn, |asked| to(asked, pages::cohorts::outcome::show_of)),
    Route::new(Post, "/cohorts/{cohort}/members/{person}/outcome", "cohort-outcome-of-do", Write, |asked| to(asked, pages::cohorts::outcome::tell_of)),
    Route::new(Get, "/cohorts/{cohort}/outcome", "cohort-outcome", SignedIn, |asked| to(asked, pages::cohorts::outcome::show)),
    Route::new(Post, "/cohorts/{cohort}/outcome", "cohort-outcome-do", Write, |asked| to(asked, pages::cohorts::outcome::tell)),
    Route::new(Post, "/cohorts/{cohort}/outcome/consent", "cohort-outcome-consent", Write, |asked| to(asked, pages::cohorts::outcome::consent)),
    Route::new(Post, "/cohorts/{cohort}/outcome/remove", "cohort-outcome-remove", Write, |asked| to(asked, pages::cohorts::outcome::forget)),
    Route::new(Get, "/cohorts/{cohort}/ended", "cohort-ended", SignedIn, |asked| to(asked, pages::cohorts::ended::show)),
    Route::new(Get, "/settings/mentor-digest", "mentor-digest", SignedIn, |asked| to(asked, pages::guiding::show)),
    Route::new(Post, "/settings/mentor-digest", "mentor-digest-do", Write, |asked| to(asked, pages::guiding::submit)),
    Route::new(Get, "/settings/mentor-digest/preview", "mentor-digest-preview", SignedIn, |asked| to(asked, pages::guiding::preview_html)),
    Route::new(Get, "/settings/mentor-digest/preview.txt", "mentor-digest-preview-text", SignedIn, |asked| to(asked, pages::guiding::preview_text)),
];

#[rustfmt::skip]
pub(super) static GUIDING_API: &[Route] = &[
    Route::api(Get, "/api/v1/cohorts/{cohort}/alert-settings", "api-alert-settings", SignedIn, |asked| to(asked, cohorts::alerts::settings),
        Doc::new("cohorts", "Which alerts are switched on, for leads").gives(200, schema::<cohorts::alerts::AlertSettingsJson>)),
    Route::api(Put, "/api/v1/cohorts/{cohort}/alert-settings", "api-alert-settings-change", Write, |asked| to(asked, cohorts::alerts::change),
        Doc::new("cohorts", "Switch alerts on and off: all of them").takes(schema::<cohorts::alerts::AlertSettingsJson>)
            .gives(200, schema::<cohorts::alerts::AlertSettingsJson>).once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/alerts", "api-alerts", SignedIn, |asked| to(asked, cohorts::alerts::list),
        Doc::new("cohorts", "Alerts about learners, newest first, for leads").query(params::<cohorts::alerts::AlertQuery>)
            .gives(200, listed::<cohorts::alerts::AlertJson>)),
    Route::api(Post, "/api/v1/cohorts/{cohort}/alerts/{alert}/dismissal", "api-alert-dismiss", Write, |asked| to(asked, cohorts::alerts::dismiss),
        Doc::new("cohorts", "Put an alert away; twice is fine").gives(200, schema::<cohorts::alerts::AlertJson>).once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/completion", "api-completion", SignedIn, |asked| to(asked, cohorts::completion::show),
        Doc::new("cohorts", "The rule of completion, and where everybody stands by it, for leads").gives(200, schema::<cohorts::completion::CompletionJson>)),
    Route::api(Put, "/api/v1/cohorts/{cohort}/completion", "api-completion-change", Write, |asked| to(asked, cohorts::completion::change),
        Doc::new("cohorts", "Replace the rule of completion").takes(schema::<cohorts::completion::RuleJson>)
            .gives(200, schema::<cohorts::completion::RuleJson>).once()),
    Route::api(Post, "/api/v1/cohorts/{cohort}/completions", "api-complete", Write, |asked| to(asked, cohorts::completion::complete),
        Doc::new("cohorts", "Complete learners by the rule, all or nobody").takes(schema::<cohorts::completion::NewCompletions>)
            .gives(200, schema::<cohorts::completion::Completed>).once()),
    Route::api(Delete, "/api/v1/cohorts/{cohort}/completions/{person}", "api-reopen", Write, |asked| to(asked, cohorts::completion::reopen),
        Doc::new("cohorts", "Take a completion back: the learner goes on today").once()),
    Route::api(Put, "/api/v1/cohorts/{cohort}/members/{person}/outcome", "api-outcome-of", Write, |asked| to(asked, cohorts::completion::tell_of),
        Doc::new("cohorts", "Tell what became of a learner; nobody sees it before they consent").takes(schema::<cohorts::completion::OutcomeJson>).once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/outcome", "api-outcome", SignedIn, |asked| to(asked, cohorts::completion::show_own),
        Doc::new("cohorts", "What was told of oneself as a learner of a cohort").gives(200, schema::<cohorts::completion::OwnOutcome>)),
    Route::api(Put, "/api/v1/cohorts/{cohort}/outcome", "api-outcome-tell", Write, |asked| to(asked, cohorts::completion::tell_own),
        Doc::new("cohorts", "Tell what became of oneself, and whether leads may see it").takes(schema::<cohorts::completion::NewOutcome>)
            .gives(200, schema::<cohorts::completion::OwnOutcome>).once()),
    Route::api(Put, "/api/v1/cohorts/{cohort}/outcome/consent", "api-outcome-consent", Write, |asked| to(asked, cohorts::completion::consent),
        Doc::new("cohorts", "Let leads see it, or not any more").takes(schema::<cohorts::completion::Consent>)
            .gives(200, schema::<cohorts::completion::OwnOutcome>).once()),
    Route::api(Delete, "/api/v1/cohorts/{cohort}/outcome", "api-outcome-remove", Write, |asked| to(asked, cohorts::completion::forget),
        Doc::new("cohorts", "Take it back, whoever told it").once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/ended", "api-cohort-ended", SignedIn, |asked| to(asked, cohorts::completion::ended),
        Doc::new("cohorts", "A cohort after its last day, in numbers").gives(200, schema::<cohorts::completion::EndedJson>)),
    Route::api(Get, "/api/v1/mentor-digest", "api-mentor-digest", SignedIn, |asked| to(asked, digests::show_mentor),
        Doc::new("digests", "When the digest about the learners that one guides is sent").gives(200, schema::<digests::ScheduleJson>)),
    Route::api(Put, "/api/v1/mentor-digest", "api-mentor-digest-set", Write, |asked| to(asked, digests::set_mentor),
        Doc::new("digests", "Set when it is sent: weekly or off").takes(schema::<digests::RuleJson>)
            .gives(200, schema::<digests::ScheduleJson>).once()),
    Route::api(Get, "/api/v1/mentor-digest/preview", "api-mentor-digest-preview", SignedIn, |asked| to(asked, digests::preview_mentor),
        Doc::new("digests", "The digest about the learners that one guides as it would be sent next").gives(200, schema::<digests::PreviewJson>)),
];
