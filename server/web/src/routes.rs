//! The one table of everything that can be asked for. Each line registers, documents, authorises and makes links.

mod api;
mod enrolment;
mod guiding;
mod reports;
mod upgrades;

use crate::route::Access::{Admin, Manage, OneClick, Public, SignedIn, Write};
use crate::route::Verb::{Get, Post};
use crate::route::{Route, to};
use crate::{assets, health, pages};

/// All entries, pages first.
pub fn table() -> Vec<&'static Route> {
    [
        MACHINES,
        ACCOUNT_PAGES,
        LEARNER_PAGES,
        PRACTICE_PAGES,
        COHORT_PAGES,
        ENROLMENT_PAGES,
        guiding::GUIDING_PAGES,
        ADMIN_PAGES,
        api::API,
        api::COHORT_API,
        enrolment::ENROLMENT_API,
        upgrades::UPGRADE_PAGES,
        upgrades::UPGRADE_API,
        guiding::GUIDING_API,
        reports::PAGES,
        reports::API,
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[rustfmt::skip]
static MACHINES: &[Route] = &[
    Route::new(Get, "/livez", "livez", Public, || to(health::livez)),
    Route::new(Get, "/readyz", "readyz", Public, || to(health::readyz)),
    Route::new(Get, "/metrics", "metrics", Public, || to(health::metrics)),
    Route::new(Get, "/assets/{hash}/{name}", "asset", Public, || to(assets::serve)),
    Route::new(Get, "/manifest.webmanifest", "manifest", Public, || to(pages::install::manifest)),
    Route::new(Get, "/worker.js", "worker", Public, || to(pages::install::worker)),
    Route::new(Get, "/offline", "offline", Public, || to(pages::install::offline)),
    Route::new(Get, "/favicon.ico", "favicon", Public, || to(assets::favicon)),
];

#[rustfmt::skip]
static ACCOUNT_PAGES: &[Route] = &[
    Route::new(Get, "/", "home", SignedIn, || to(pages::home::show)),
    Route::new(Get, "/login", "login", Public, || to(pages::login::show)),
    Route::new(Post, "/login", "login-do", Public, || to(pages::login::submit)),
    Route::new(Post, "/logout", "logout", SignedIn, || to(pages::login::leave)),
    Route::new(Get, "/setup/{secret}", "setup", Public, || to(pages::join::show_setup)),
    Route::new(Post, "/setup/{secret}", "setup-do", Public, || to(pages::join::submit_setup)),
    Route::new(Get, "/invite/{secret}", "invite", Public, || to(pages::join::show_invite)),
    Route::new(Post, "/invite/{secret}", "invite-do", Public, || to(pages::join::submit_invite)),
    Route::new(Get, "/review/{secret}", "review", Public, || to(pages::review::show)),
    Route::new(Post, "/review/{secret}", "review-do", Public, || to(pages::review::submit)),
    Route::new(Get, "/review/{secret}/files/{file}", "review-file", Public, || to(pages::review::fetch)),
    Route::new(Get, "/reset", "reset", Public, || to(pages::reset::show)),
    Route::new(Post, "/reset", "reset-do", Public, || to(pages::reset::submit)),
    Route::new(Get, "/unsubscribe/{token}", "unsubscribe", Public, || to(pages::unsubscribe::show)),
    Route::new(Post, "/unsubscribe/{token}", "unsubscribe-do", OneClick, || to(pages::unsubscribe::submit)),
    Route::new(Get, "/settings/security", "security", Manage, || to(pages::security::show)),
    Route::new(Post, "/settings/username", "username", Manage, || to(pages::security::rename)),
    Route::new(Post, "/settings/password", "password", Manage, || to(pages::security::change_password)),
    Route::new(Post, "/settings/sessions/{id}/end", "session-revoke", Manage, || to(pages::security::end_session)),
    Route::new(Post, "/settings/tokens", "token-create", Manage, || to(pages::security::create_token)),
    Route::new(Post, "/settings/tokens/{id}/revoke", "token-revoke", Manage, || to(pages::security::revoke_token)),
    Route::new(Get, "/settings/data", "own-data", SignedIn, || to(pages::own_data::show)),
    Route::new(Get, "/settings/export", "own-data-export", Manage, || to(pages::own_data::export)),
    Route::new(Get, "/settings/export/files/{part}", "own-data-files", Manage, || to(pages::own_data::files)),
    Route::new(Get, "/settings/evidence.md", "own-data-markdown", SignedIn, || to(pages::own_data::markdown)),
    Route::new(Get, "/settings/resume.json", "own-data-resume", SignedIn, || to(pages::own_data::resume)),
    Route::new(Post, "/settings/import", "own-data-import", Write, || to(pages::own_data::import)),
    Route::new(Get, "/settings/delete", "delete", Manage, || to(pages::own_data::show_delete)),
    Route::new(Post, "/settings/delete", "delete-do", Manage, || to(pages::own_data::delete)),
];

#[rustfmt::skip]
static LEARNER_PAGES: &[Route] = &[
    Route::new(Get, "/start", "start", SignedIn, || to(pages::start::show)),
    Route::new(Post, "/start", "start-do", Write, || to(pages::start::submit)),
    Route::new(Get, "/path", "my-path", SignedIn, || to(pages::path::mine)),
    Route::new(Get, "/readiness", "my-readiness", SignedIn, || to(pages::readiness::mine)),
    Route::new(Get, "/search", "search", SignedIn, || to(pages::search::show)),
    Route::new(Get, "/roles", "roles", SignedIn, || to(pages::roles::list)),
    Route::new(Get, "/roles/{role:.+}", "role", SignedIn, || to(pages::roles::show)),
    Route::new(Get, "/paths/{path}", "path", SignedIn, || to(pages::map::show)),
    Route::new(Get, "/paths/{path}/list", "path-list", SignedIn, || to(pages::path::show)),
    Route::new(Get, "/paths/{path}/readiness", "readiness", SignedIn, || to(pages::readiness::show)),
    Route::new(Get, "/paths/{path}/settings", "path-settings", SignedIn, || to(pages::start::show_settings)),
    Route::new(Post, "/paths/{path}/settings", "path-settings-do", Write, || to(pages::start::submit_settings)),
    Route::new(Post, "/paths/{path}/rest", "path-rest", Write, || to(pages::start::rest)),
    Route::new(Post, "/paths/{path}/go-on", "path-go-on", Write, || to(pages::start::go_on)),
    Route::new(Get, "/paths/{path}/requirements/{requirement}", "requirement", SignedIn, || to(pages::requirement::show)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/evidence", "requirement-evidence", Write, || to(pages::requirement::record)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/plan", "requirement-plan", Write, || to(pages::requirement::plan::put)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/links", "requirement-links", Write, || to(pages::requirement::plan::add_link)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/links/{link}/remove", "requirement-link-remove", Write, || to(pages::requirement::plan::remove_link)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/minutes", "requirement-minutes", Write, || to(pages::requirement::plan::add_minutes)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/minutes/{day}/remove", "requirement-minutes-remove", Write, || to(pages::requirement::plan::remove_minutes)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/reviews", "requirement-reviews", Write, || to(pages::requirement::reviews::ask)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/reviews/{review}/revoke", "requirement-review-revoke", Write, || to(pages::requirement::reviews::revoke)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/help", "requirement-help", Write, || to(pages::requirement::mentoring::ask)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/help/{help}/close", "requirement-help-close", Write, || to(pages::requirement::mentoring::close)),
    Route::new(Get, "/paths/{path}/submit", "submission", SignedIn, || to(pages::submission::show)),
    Route::new(Post, "/paths/{path}/submit", "submission-do", Write, || to(pages::submission::submit)),
    Route::new(Get, "/together", "together", SignedIn, || to(pages::together::show)),
    Route::new(Post, "/together/{ask}", "together-do", Write, || to(pages::together::answer)),
    Route::new(Get, "/certificates", "certificates", SignedIn, || to(pages::certificates::show)),
    Route::new(Get, "/ledger", "ledger", SignedIn, || to(pages::ledger::show)),
    Route::new(Get, "/ledger/{entry}/files", "files", SignedIn, || to(pages::files::show)),
    Route::new(Post, "/ledger/{entry}/files", "files-add", Write, || to(pages::files::add)),
    Route::new(Get, "/ledger/{entry}/files/{file}", "file", SignedIn, || to(pages::files::fetch)),
    Route::new(Post, "/ledger/{entry}/files/{file}/remove", "file-remove", Write, || to(pages::files::remove)),
    Route::new(Post, "/ledger/{entry}/retract", "ledger-retract", Write, || to(pages::ledger::retract)),
    Route::new(Get, "/settings", "settings", SignedIn, || to(pages::settings::show)),
    Route::new(Post, "/settings", "settings-do", Write, || to(pages::settings::submit)),
    Route::new(Get, "/settings/digest", "digest", SignedIn, || to(pages::settings::show_digest)),
    Route::new(Post, "/settings/digest", "digest-do", Write, || to(pages::settings::submit_digest)),
    Route::new(Get, "/settings/digest/preview", "digest-preview", SignedIn, || to(pages::settings::preview_html)),
    Route::new(Get, "/settings/digest/preview.txt", "digest-preview-text", SignedIn, || to(pages::settings::preview_text)),
];

#[rustfmt::skip]
static PRACTICE_PAGES: &[Route] = &[
    Route::new(Get, "/practice", "practice", SignedIn, || to(pages::practice::show)),
    Route::new(Post, "/practice/limits", "practice-limits", Write, || to(pages::practice::limits)),
    Route::new(Post, "/practice/finish", "practice-finish", Write, || to(pages::practice::finish)),
    Route::new(Post, "/practice/resume", "practice-resume", Write, || to(pages::practice::resume)),
    Route::new(Get, "/practice/card", "practice-card", SignedIn, || to(pages::practice::card::show)),
    Route::new(Post, "/practice/card/reveal", "practice-reveal", SignedIn, || to(pages::practice::card::reveal)),
    Route::new(Post, "/practice/card/grade", "practice-grade", Write, || to(pages::practice::card::grade)),
    Route::new(Post, "/practice/card/aside", "practice-aside", Write, || to(pages::practice::card::aside)),
    Route::new(Get, "/practice/decks", "practice-decks", SignedIn, || to(pages::practice::decks::show)),
    Route::new(Post, "/practice/decks", "practice-deck-add", Write, || to(pages::practice::decks::add)),
    Route::new(Post, "/practice/decks/preview", "practice-deck-preview", SignedIn, || to(pages::practice::decks::preview)),
    Route::new(Get, "/practice/decks/{deck}", "practice-deck", SignedIn, || to(pages::practice::decks::show_deck)),
    Route::new(Post, "/practice/decks/{deck}", "practice-deck-change", Write, || to(pages::practice::decks::change)),
    Route::new(Post, "/practice/decks/{deck}/cards", "practice-card-add", Write, || to(pages::practice::decks::add_card)),
    Route::new(Get, "/practice/cards/{card}", "practice-own-card", SignedIn, || to(pages::practice::decks::show_card)),
    Route::new(Post, "/practice/cards/{card}", "practice-own-card-change", Write, || to(pages::practice::decks::change_card)),
    Route::new(Get, "/practice/interviews", "interviews", SignedIn, || to(pages::practice::interview::list)),
    Route::new(Post, "/practice/interviews", "interview-start", Write, || to(pages::practice::interview::start)),
    Route::new(Get, "/practice/interviews/{interview}", "interview", SignedIn, || to(pages::practice::interview::show)),
    Route::new(Post, "/practice/interviews/{interview}/delete", "interview-delete", Write, || to(pages::practice::interview::delete)),
    Route::new(Get, "/practice/interviews/{interview}/questions/{question}", "interview-question", SignedIn, || to(pages::practice::interview::question)),
    Route::new(Post, "/practice/interviews/{interview}/questions/{question}", "interview-answer", Write, || to(pages::practice::interview::answer)),
];

#[rustfmt::skip]
static COHORT_PAGES: &[Route] = &[
    Route::new(Get, "/cohorts", "cohorts", SignedIn, || to(pages::cohorts::list)),
    Route::new(Get, "/cohorts/{cohort}", "cohort", SignedIn, || to(pages::cohorts::board::show)),
    Route::new(Get, "/cohorts/{cohort}/board.csv", "cohort-csv", SignedIn, || to(pages::cohorts::export::csv)),
    Route::new(Get, "/cohorts/{cohort}/learners/{person}", "cohort-learner", SignedIn, || to(pages::cohorts::learner::show)),
    Route::new(Get, "/cohorts/{cohort}/requirements/{requirement}", "cohort-requirement", SignedIn, || to(pages::cohorts::requirement::show)),
    Route::new(Get, "/cohorts/{cohort}/set-up", "cohort-set-up", SignedIn, || to(pages::cohorts::set_up::show)),
    Route::new(Post, "/cohorts/{cohort}/set-up", "cohort-set-up-do", Write, || to(pages::cohorts::set_up::submit)),
    Route::new(Post, "/cohorts/{cohort}/copy", "cohort-copy", Admin, || to(pages::cohorts::set_up::copy)),
    Route::new(Get, "/cohorts/{cohort}/plan", "cohort-plan", SignedIn, || to(pages::cohorts::plan::show)),
    Route::new(Post, "/cohorts/{cohort}/plan", "cohort-plan-do", Write, || to(pages::cohorts::plan::submit)),
    Route::new(Get, "/cohorts/{cohort}/members", "cohort-members", SignedIn, || to(pages::cohorts::members::list)),
    Route::new(Post, "/cohorts/{cohort}/members", "cohort-member-add", Write, || to(pages::cohorts::members::add)),
    Route::new(Get, "/queue", "queue", SignedIn, || to(pages::mentoring::queue::mine)),
    Route::new(Get, "/cohorts/{cohort}/queue", "cohort-queue", SignedIn, || to(pages::mentoring::queue::show)),
    Route::new(Post, "/cohorts/{cohort}/queue/{item}/claim", "queue-claim", Write, || to(pages::mentoring::queue::claim)),
    Route::new(Post, "/cohorts/{cohort}/queue/{item}/release", "queue-release", Write, || to(pages::mentoring::queue::release)),
    Route::new(Get, "/cohorts/{cohort}/reviews/{review}", "cohort-review", SignedIn, || to(pages::mentoring::review::show)),
    Route::new(Post, "/cohorts/{cohort}/reviews/{review}", "cohort-review-do", Write, || to(pages::mentoring::review::submit)),
    Route::new(Get, "/cohorts/{cohort}/reviews/{review}/files/{file}", "cohort-review-file", SignedIn, || to(pages::mentoring::review::fetch)),
    Route::new(Post, "/cohorts/{cohort}/reviews/{review}/undo", "cohort-review-undo", Write, || to(pages::mentoring::review::undo)),
    Route::new(Get, "/cohorts/{cohort}/help/{help}", "cohort-help", SignedIn, || to(pages::mentoring::help::show)),
    Route::new(Post, "/cohorts/{cohort}/help/{help}", "cohort-help-do", Write, || to(pages::mentoring::help::answer)),
    Route::new(Get, "/cohorts/{cohort}/assessments", "cohort-assessments", SignedIn, || to(pages::mentoring::assessments::show)),
    Route::new(Post, "/cohorts/{cohort}/assessments", "cohort-assess", Write, || to(pages::mentoring::assessments::record)),
    Route::new(Post, "/cohorts/{cohort}/assessments/{batch}/undo", "cohort-assess-undo", Write, || to(pages::mentoring::assessments::undo)),
    Route::new(Post, "/cohorts/{cohort}/learners/{person}/notes", "mentor-note-add", Write, || to(pages::mentoring::learner::add)),
    Route::new(Post, "/cohorts/{cohort}/learners/{person}/messages", "mentor-message-send", Write, || to(pages::mentoring::learner::write)),
    Route::new(Post, "/cohorts/{cohort}/learners/{person}/notes/{note}/remove", "mentor-note-remove", Write, || to(pages::mentoring::learner::remove)),
    Route::new(Get, "/cohorts/{cohort}/members/{person}", "cohort-member", SignedIn, || to(pages::cohorts::members::show)),
    Route::new(Post, "/cohorts/{cohort}/members/{person}/state", "cohort-member-state", Write, || to(pages::cohorts::members::change_state)),
    Route::new(Post, "/cohorts/{cohort}/members/{person}/terms", "cohort-member-terms", Write, || to(pages::cohorts::members::change_terms)),
    Route::new(Post, "/cohorts/{cohort}/members/{person}/mentor", "cohort-assign", Write, || to(pages::cohorts::members::assign)),
    Route::new(Post, "/cohorts/{cohort}/members/{person}/move", "cohort-member-move", Write, || to(pages::cohorts::members::relocate)),
];

#[rustfmt::skip]
static ENROLMENT_PAGES: &[Route] = &[
    Route::new(Get, "/join/{secret}", "join", Public, || to(pages::enrolment::join::show)),
    Route::new(Post, "/join/{secret}", "join-new", Public, || to(pages::enrolment::join::create)),
    Route::new(Post, "/join/{secret}/member", "join-do", Write, || to(pages::enrolment::join::submit)),
    Route::new(Get, "/cohorts/{cohort}/sharing", "cohort-sharing", SignedIn, || to(pages::enrolment::sharing::show)),
    Route::new(Post, "/cohorts/{cohort}/sharing", "cohort-sharing-do", Write, || to(pages::enrolment::sharing::submit)),
    Route::new(Post, "/cohorts/{cohort}/sharing/paths", "cohort-share-paths", Write, || to(pages::enrolment::sharing::bring)),
    Route::new(Get, "/cohorts/{cohort}/links", "cohort-links", SignedIn, || to(pages::enrolment::links::show)),
    Route::new(Post, "/cohorts/{cohort}/links", "cohort-link-create", Write, || to(pages::enrolment::links::create)),
    Route::new(Post, "/cohorts/{cohort}/links/{link}/revoke", "cohort-link-revoke", Write, || to(pages::enrolment::links::revoke)),
    Route::new(Get, "/cohorts/{cohort}/people", "cohort-people", SignedIn, || to(pages::enrolment::people::show)),
    Route::new(Post, "/cohorts/{cohort}/people", "cohort-people-do", Write, || to(pages::enrolment::people::import)),
    Route::new(Get, "/cohorts/{cohort}/people/runs/{run}", "cohort-people-run", SignedIn, || to(pages::enrolment::people::show_run)),
    Route::new(Post, "/cohorts/{cohort}/people/runs/{run}/cancel", "cohort-people-cancel", Write, || to(pages::enrolment::people::cancel)),
    Route::new(Get, "/cohorts/{cohort}/evidence", "cohort-evidence", SignedIn, || to(pages::enrolment::evidence::show)),
    Route::new(Post, "/cohorts/{cohort}/evidence", "cohort-evidence-do", Write, || to(pages::enrolment::evidence::import)),
    Route::new(Get, "/cohorts/{cohort}/evidence/runs/{run}", "cohort-evidence-run", SignedIn, || to(pages::enrolment::evidence::show_run)),
    Route::new(Post, "/cohorts/{cohort}/evidence/runs/{run}/cancel", "cohort-evidence-cancel", Write, || to(pages::enrolment::evidence::cancel)),
    Route::new(Post, "/cohorts/{cohort}/codes", "cohort-codes", Write, || to(pages::enrolment::people::codes)),
];

#[rustfmt::skip]
static ADMIN_PAGES: &[Route] = &[
    Route::new(Get, "/admin", "admin", Admin, || to(pages::admin::health::show)),
    Route::new(Get, "/admin/people", "admin-people", Admin, || to(pages::admin::people::show)),
    Route::new(Post, "/admin/people/{person}", "admin-person", Admin, || to(pages::admin::people::change)),
    Route::new(Post, "/admin/people/{person}/reset-code", "admin-reset-code", Admin, || to(pages::admin::people::reset_code)),
    Route::new(Post, "/admin/invitations", "admin-invite", Admin, || to(pages::admin::people::invite)),
    Route::new(Post, "/admin/invitations/{invitation}/withdraw", "admin-invitation-withdraw", Admin, || to(pages::admin::people::withdraw)),
    Route::new(Get, "/admin/cohorts", "admin-cohorts", Admin, || to(pages::cohorts::show_admin)),
    Route::new(Post, "/admin/cohorts", "admin-cohort-create", Admin, || to(pages::cohorts::create)),
    Route::new(Get, "/admin/plugins", "admin-plugins", Admin, || to(pages::admin::plugins::show)),
    Route::new(Post, "/admin/plugins", "admin-plugin-install", Admin, || to(pages::admin::install::submit)),
    Route::new(Post, "/admin/plugins/{publisher}/{name}", "admin-plugin", Admin, || to(pages::admin::plugins::switch)),
    Route::new(Get, "/admin/mail", "admin-mail", Admin, || to(pages::admin::mail::show)),
    Route::new(Get, "/admin/jobs", "admin-jobs", Admin, || to(pages::admin::jobs::show)),
    Route::new(Post, "/admin/jobs/{job}", "admin-job", Admin, || to(pages::admin::jobs::ask)),
    Route::new(Get, "/admin/settings", "admin-settings", Admin, || to(pages::admin::settings::show)),
    Route::new(Post, "/admin/settings", "admin-settings-do", Admin, || to(pages::admin::settings::submit)),
    Route::new(Get, "/admin/audit", "admin-audit", Admin, || to(pages::admin::audit::show)),
];
