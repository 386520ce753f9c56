//! The part of the table about taking over revisions.

use crate::api::upgrades;
use crate::pages;
use crate::route::Access::{SignedIn, Write};
use crate::route::Verb::{Get, Post};
use crate::route::{Doc, Route, params, schema, to};

#[rustfmt::skip]
pub(super) static UPGRADE_PAGES: &[Route] = &[
    Route::new(Get, "/paths/{path}/upgrade", "path-upgrade", SignedIn, |asked| to(asked, pages::upgrades::path::show)),
    Route::new(Post, "/paths/{path}/upgrade", "path-upgrade-do", Write, |asked| to(asked, pages::upgrades::path::take)),
    Route::new(Post, "/paths/{path}/upgrade/undo", "path-upgrade-undo", Write, |asked| to(asked, pages::upgrades::path::undo_it)),
    Route::new(Get, "/cohorts/{cohort}/upgrade", "cohort-upgrade", SignedIn, |asked| to(asked, pages::upgrades::cohort::show)),
    Route::new(Post, "/cohorts/{cohort}/upgrade", "cohort-upgrade-do", Write, |asked| to(asked, pages::upgrades::cohort::take)),
    Route::new(Post, "/cohorts/{cohort}/upgrade/undo", "cohort-upgrade-undo", Write, |asked| to(asked, pages::upgrades::cohort::undo_it)),
];

#[rustfmt::skip]
pub(super) static UPGRADE_API: &[Route] = &[
    Route::api(Get, "/api/v1/paths/{path}/upgrade", "api-path-upgrade", SignedIn, |asked| to(asked, upgrades::look),
        Doc::new("paths", "What the newest revision of a path’s role would change, and what can be undone").gives(200, schema::<upgrades::PathUpgradeJson>)),
    Route::api(Post, "/api/v1/paths/{path}/upgrade", "api-path-upgrade-do", Write, |asked| to(asked, upgrades::take),
        Doc::new("paths", "Take the revision over that a preview showed").takes(schema::<upgrades::WishJson>)
            .gives(200, schema::<crate::api::paths::PathJson>).once()),
    Route::api(Post, "/api/v1/paths/{path}/upgrade/undo", "api-path-upgrade-undo", Write, |asked| to(asked, upgrades::undo),
        Doc::new("paths", "Go back from the revision that was taken over last").takes(schema::<upgrades::WishJson>)
            .gives(200, schema::<crate::api::paths::PathJson>).once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/upgrade", "api-cohort-upgrade", SignedIn, |asked| to(asked, upgrades::look_at_cohort),
        Doc::new("cohorts", "What the newest revision of a role would change for a whole cohort, for leads").query(params::<upgrades::LookQuery>)
            .gives(200, schema::<upgrades::CohortUpgradeJson>)),
    Route::api(Post, "/api/v1/cohorts/{cohort}/upgrade", "api-cohort-upgrade-do", Write, |asked| to(asked, upgrades::take_with_cohort),
        Doc::new("cohorts", "Take the revision over that a preview showed, with all who take part or rest, or with nobody")
            .takes(schema::<upgrades::CohortWishJson>).gives(200, schema::<upgrades::DoneJson>).once()),
    Route::api(Post, "/api/v1/cohorts/{cohort}/upgrade/undo", "api-cohort-upgrade-undo", Write, |asked| to(asked, upgrades::undo_with_cohort),
        Doc::new("cohorts", "Go back from the revision that was taken over last, with all who came along")
            .takes(schema::<upgrades::CohortUndoJson>).gives(200, schema::<upgrades::DoneJson>).once()),
];
