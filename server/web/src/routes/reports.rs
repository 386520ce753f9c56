//! The part of the table about reports.

use crate::api::cohorts::{plan, report};
use crate::api::{listed, summaries};
use crate::pages;
use crate::route::Access::{Public, SignedIn, Write};
use crate::route::Verb::{Delete, Get, Post, Put};
use crate::route::{Doc, Route, params, schema, to};

#[rustfmt::skip]
pub(super) static PAGES: &[Route] = &[
    Route::new(Get, "/reports", "reports", SignedIn, |asked| to(asked, pages::reports::comparison::show)),
    Route::new(Get, "/reports.csv", "reports-csv", SignedIn, |asked| to(asked, pages::reports::comparison::csv)),
    Route::new(Get, "/cohorts/{cohort}/report", "cohort-report", SignedIn, |asked| to(asked, pages::reports::show)),
    Route::new(Get, "/cohorts/{cohort}/report.csv", "cohort-report-csv", SignedIn, |asked| to(asked, pages::reports::export::weeks)),
    Route::new(Get, "/cohorts/{cohort}/counts.csv", "cohort-counts-csv", SignedIn, |asked| to(asked, pages::reports::export::counts)),
    Route::new(Get, "/cohorts/{cohort}/pseudonyms.csv", "cohort-pseudonyms-csv", SignedIn, |asked| to(asked, pages::reports::export::pseudonyms)),
    Route::new(Get, "/cohorts/{cohort}/summaries", "cohort-summaries", SignedIn, |asked| to(asked, pages::reports::summaries::show)),
    Route::new(Post, "/cohorts/{cohort}/summaries", "cohort-summary-create", Write, |asked| to(asked, pages::reports::summaries::create)),
    Route::new(Post, "/cohorts/{cohort}/summaries/{link}/revoke", "cohort-summary-revoke", Write, |asked| to(asked, pages::reports::summaries::revoke)),
    Route::new(Post, "/cohorts/{cohort}/sharing/summaries/{link}", "cohort-summary-decide", Write, |asked| to(asked, pages::reports::summaries::decide)),
    Route::new(Get, "/summaries/{secret}", "summary", Public, |asked| to(asked, pages::reports::summary::show)),
];

#[rustfmt::skip]
pub(super) static API: &[Route] = &[
    Route::api(Get, "/api/v1/reports", "api-reports", SignedIn, |asked| to(asked, report::comparison),
        Doc::new("reports", "The cohorts that one guides beside each other").query(params::<report::WeekQuery>)
            .gives(200, schema::<report::ComparisonJson>)),
    Route::api(Get, "/api/v1/cohorts/{cohort}/report", "api-cohort-report", SignedIn, |asked| to(asked, report::show),
        Doc::new("reports", "A cohort week by week").query(params::<plan::RoleQuery>).gives(200, schema::<report::ReportJson>)),
    Route::api(Get, "/api/v1/cohorts/{cohort}/pseudonymous", "api-cohort-pseudonymous", SignedIn, |asked| to(asked, report::pseudonymous),
        Doc::new("reports", "Learners under pseudonyms, and counts; no count under five, for leads").query(params::<plan::RoleQuery>)
            .gives(200, schema::<report::PublishedJson>)),
    Route::api(Get, "/api/v1/cohorts/{cohort}/summaries", "api-cohort-summaries", SignedIn, |asked| to(asked, summaries::links),
        Doc::new("reports", "Links to summaries for sponsors, for leads").gives(200, listed::<summaries::LinkJson>)),
    Route::api(Post, "/api/v1/cohorts/{cohort}/summaries", "api-cohort-summary-create", Write, |asked| to(asked, summaries::create),
        Doc::new("reports", "Make a link to a summary of a learner or of the cohort; its address is shown here only")
            .takes(schema::<summaries::NewLink>).gives(201, schema::<summaries::MadeLink>)),
    Route::api(Delete, "/api/v1/cohorts/{cohort}/summaries/{link}", "api-cohort-summary-revoke", Write, |asked| to(asked, summaries::revoke),
        Doc::new("reports", "Take a link back")),
    Route::api(Get, "/api/v1/cohorts/{cohort}/sharing/summaries", "api-cohort-summaries-asked", SignedIn, |asked| to(asked, summaries::asked),
        Doc::new("reports", "Summaries that one is asked to be in, for learners").gives(200, listed::<summaries::AskedJson>)),
    Route::api(Put, "/api/v1/cohorts/{cohort}/sharing/summaries/{link}", "api-cohort-summary-decide", Write, |asked| to(asked, summaries::decide),
        Doc::new("reports", "Consent to be in a summary, or take it back").takes(schema::<summaries::Consent>).once()),
    Route::api(Get, "/api/v1/summaries/{secret}", "api-summary", Public, |asked| to(asked, summaries::show),
        Doc::new("reports", "What a sponsor’s link shows; wrong, ended and revoked ones look alike").gives(200, schema::<summaries::SummaryJson>)),
];
