//! The part of the table about reports.

use crate::api::cohorts::{plan, report};
use crate::pages;
use crate::route::Access::SignedIn;
use crate::route::Verb::Get;
use crate::route::{Doc, Route, params, schema, to};

#[rustfmt::skip]
pub(super) static PAGES: &[Route] = &[
    Route::new(Get, "/reports", "reports", SignedIn, || to(pages::reports::comparison::show)),
    Route::new(Get, "/cohorts/{cohort}/report", "cohort-report", SignedIn, || to(pages::reports::show)),
    Route::new(Get, "/cohorts/{cohort}/report.csv", "cohort-report-csv", SignedIn, || to(pages::reports::export::weeks)),
    Route::new(Get, "/cohorts/{cohort}/counts.csv", "cohort-counts-csv", SignedIn, || to(pages::reports::export::counts)),
    Route::new(Get, "/cohorts/{cohort}/pseudonyms.csv", "cohort-pseudonyms-csv", SignedIn, || to(pages::reports::export::pseudonyms)),
];

#[rustfmt::skip]
pub(super) static API: &[Route] = &[
    Route::api(Get, "/api/v1/reports", "api-reports", SignedIn, || to(report::comparison),
        Doc::new("reports", "The cohorts that one guides beside each other").query(params::<report::WeekQuery>)
            .gives(200, schema::<report::ComparisonJson>)),
    Route::api(Get, "/api/v1/cohorts/{cohort}/report", "api-cohort-report", SignedIn, || to(report::show),
        Doc::new("reports", "A cohort week by week").query(params::<plan::RoleQuery>).gives(200, schema::<report::ReportJson>)),
    Route::api(Get, "/api/v1/cohorts/{cohort}/pseudonymous", "api-cohort-pseudonymous", SignedIn, || to(report::pseudonymous),
        Doc::new("reports", "Learners under pseudonyms, and counts; no count under five, for leads").query(params::<plan::RoleQuery>)
            .gives(200, schema::<report::PublishedJson>)),
];
