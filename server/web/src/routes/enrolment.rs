//! The part of the API's table about how people come into a cohort.

use crate::api::enrolment;
use crate::api::listed;
use crate::route::Access::{SignedIn, Write};
use crate::route::Verb::{Delete, Get, Post, Put};
use crate::route::{Doc, Route, params, schema, to};

#[rustfmt::skip]
pub(super) static ENROLMENT_API: &[Route] = &[
    Route::api(Get, "/api/v1/cohorts/{cohort}/links", "api-cohort-links", SignedIn, |asked| to(asked, enrolment::links),
        Doc::new("enrolment", "Links with which people join, for leads").gives(200, listed::<enrolment::LinkJson>)),
    Route::api(Post, "/api/v1/cohorts/{cohort}/links", "api-cohort-link-create", Write, |asked| to(asked, enrolment::create_link),
        Doc::new("enrolment", "Make a link; its address is shown here only").takes(schema::<enrolment::NewLink>)
            .gives(201, schema::<enrolment::MadeLink>)),
    Route::api(Delete, "/api/v1/cohorts/{cohort}/links/{link}", "api-cohort-link-revoke", Write, |asked| to(asked, enrolment::revoke_link),
        Doc::new("enrolment", "Take a link back; who came by it stays")),
    Route::api(Get, "/api/v1/join/{secret}", "api-join-preview", SignedIn, |asked| to(asked, enrolment::preview),
        Doc::new("enrolment", "What a cohort would see of one who joins it").gives(200, schema::<enrolment::SharingJson>)),
    Route::api(Post, "/api/v1/join/{secret}", "api-join", Write, |asked| to(asked, enrolment::join),
        Doc::new("enrolment", "Join a cohort, and say what it is not to see").takes(schema::<enrolment::Withheld>)
            .gives(200, schema::<enrolment::JoinedJson>).once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/sharing", "api-cohort-sharing", SignedIn, |asked| to(asked, enrolment::sharing),
        Doc::new("enrolment", "What a cohort sees of one of its learners, for that learner").gives(200, schema::<enrolment::SharingJson>)),
    Route::api(Put, "/api/v1/cohorts/{cohort}/sharing", "api-cohort-withhold", Write, |asked| to(asked, enrolment::withhold),
        Doc::new("enrolment", "Say which of one’s own entries a cohort does not see: all of them").takes(schema::<enrolment::Withheld>).once()),
    Route::api(Post, "/api/v1/cohorts/{cohort}/sharing/paths", "api-cohort-share-paths", Write, |asked| to(asked, enrolment::bring),
        Doc::new("enrolment", "Bring one’s own paths in the cohort’s roles into it").once()),
    Route::api(Post, "/api/v1/cohorts/{cohort}/people", "api-cohort-people", Write, |asked| to(asked, enrolment::people::import),
        Doc::new("enrolment", "Take a whole file of people (text/csv) into a cohort, or with one row refused nobody")
            .query(params::<enrolment::people::TrialQuery>).gives(200, schema::<enrolment::people::PeopleJson>).once()),
    Route::api(Post, "/api/v1/cohorts/{cohort}/codes", "api-cohort-codes", Write, |asked| to(asked, enrolment::people::codes),
        Doc::new("enrolment", "One-time codes for those whose accounts the cohort made and who have not come in; shown here only")
            .gives(200, listed::<enrolment::people::CodeJson>)),
    Route::api(Post, "/api/v1/cohorts/{cohort}/evidence", "api-cohort-evidence", Write, |asked| to(asked, enrolment::evidence::import),
        Doc::new("enrolment", "Record evidence that a school brings along (JSON or text/csv); what is there already is known again by origin and external id")
            .takes(schema::<enrolment::evidence::BroughtJson>).query(params::<enrolment::people::TrialQuery>)
            .gives(200, schema::<enrolment::evidence::RecordedJson>).once()),
];
