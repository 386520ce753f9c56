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
    Route::new(Get, "/livez", "livez", Public, |asked| to(asked, health::livez)),
    Route::new(Get, "/readyz", "readyz", Public, |asked| to(asked, health::readyz)),
    Route::new(Get, "/metrics", "metrics", Public, |asked| to(asked, health::metrics)),
    Route::new(Get, "/assets/{hash}/{name}", "asset", Public, |asked| to(asked, assets::serve)),
    Route::new(Get, "/manifest.webmanifest", "manifest", Public, |asked| to(asked, pages::install::manifest)),
    Route::new(Get, "/worker.js", "worker", Public, |asked| to(asked, pages::install::worker)),
    Route::new(Get, "/offline", "offline", Public, |asked| to(asked, pages::install::offline)),
    Route::new(Get, "/favicon.ico", "favicon", Public, |asked| to(asked, assets::favicon)),
];

#[rustfmt::skip]
static ACCOUNT_PAGES: &[Route] = &[
    Route::new(Get, "/", "home", SignedIn, |asked| to(asked, pages::home::show)),
    Route::new(Get, "/login", "login", Public, |asked| to(asked, pages::login::show)),
    Route::new(Post, "/login", "login-do", Public, |asked| to(asked, pages::login::submit)),
    Route::new(Post, "/logout", "logout", SignedIn, |asked| to(asked, pages::login::leave)),
    Route::new(Get, "/setup/{secret}", "setup", Public, |asked| to(asked, pages::join::show_setup)),
    Route::new(Post, "/setup/{secret}", "setup-do", Public, |asked| to(asked, pages::join::submit_setup)),
    Route::new(Get, "/invite/{secret}", "invite", Public, |asked| to(asked, pages::join::show_invite)),
    Route::new(Post, "/invite/{secret}", "invite-do", Public, |asked| to(asked, pages::join::submit_invite)),
    Route::new(Get, "/review/{secret}", "review", Public, |asked| to(asked, pages::review::show)),
    Route::new(Post, "/review/{secret}", "review-do", Public, |asked| to(asked, pages::review::submit)),
    Route::new(Get, "/review/{secret}/files/{file}", "review-file", Public, |asked| to(asked, pages::review::fetch)),
    Route::new(Get, "/reset", "reset", Public, |asked| to(asked, pages::reset::show)),
    Route::new(Post, "/reset", "reset-do", Public, |asked| to(asked, pages::reset::submit)),
    Route::new(Get, "/unsubscribe/{token}", "unsubscribe", Public, |asked| to(asked, pages::unsubscribe::show)),
    Route::new(Post, "/unsubscribe/{token}", "unsubscribe-do", OneClick, |asked| to(asked, pages::unsubscribe::submit)),
    Route::new(Get, "/settings/security", "security", Manage, |asked| to(asked, pages::security::show)),
    Route::new(Post, "/settings/username", "username", Manage, |asked| to(asked, pages::security::rename)),
    Route::new(Post, "/settings/password", "password", Manage, |asked| to(asked, pages::security::change_password)),
    Route::new(Post, "/settings/sessions/{id}/end", "session-revoke", Manage, |asked| to(asked, pages::security::end_session)),
    Route::new(Post, "/settings/tokens", "token-create", Manage, |asked| to(asked, pages::security::create_token)),
    Route::new(Post, "/settings/tokens/{id}/revoke", "token-revoke", Manage, |asked| to(asked, pages::security::revoke_token)),
    Route::new(Get, "/settings/data", "own-data", SignedIn, |asked| to(asked, pages::own_data::show)),
    Route::new(Get, "/settings/export", "own-data-export", Manage, |asked| to(asked, pages::own_data::export)),
    Route::new(Get, "/settings/export/files/{part}", "own-data-files", Manage, |asked| to(asked, pages::own_data::files)),
    Route::new(Get, "/settings/evidence.md", "own-data-markdown", SignedIn, |asked| to(asked, pages::own_data::markdown)),
    Route::new(Get, "/settings/resume.json", "own-data-resume", SignedIn, |asked| to(asked, pages::own_data::resume)),
    Route::new(Post, "/settings/import", "own-data-import", Write, |asked| to(asked, pages::own_data::import)),
    Route::new(Get, "/settings/delete", "delete", Manage, |asked| to(asked, pages::own_data::show_delete)),
    Route::new(Post, "/settings/delete", "delete-do", Manage, |asked| to(asked, pages::own_data::delete)),
];

#[rustfmt::skip]
static LEARNER_PAGES: &[Route] = &[
    Route::new(Get, "/start", "start", SignedIn, |asked| to(asked, pages::start::show)),
    Route::new(Post, "/start", "start-do", Write, |asked| to(asked, pages::start::submit)),
    Route::new(Get, "/path", "my-path", SignedIn, |asked| to(asked, pages::path::mine)),
    Route::new(Get, "/readiness", "my-readiness", SignedIn, |asked| to(asked, pages::readiness::mine)),
    Route::new(Get, "/search", "search", SignedIn, |asked| to(asked, pages::search::show)),
    Route::new(Get, "/roles", "roles", SignedIn, |asked| to(asked, pages::roles::list)),
    Route::new(Get, "/roles/{role:.+}", "role", SignedIn, |asked| to(asked, pages::roles::show)),
    Route::new(Get, "/paths/{path}", "path", SignedIn, |asked| to(asked, pages::map::show)),
    Route::new(Get, "/paths/{path}/list", "path-list", SignedIn, |asked| to(asked, pages::path::show)),
    Route::new(Get, "/paths/{path}/readiness", "readiness", SignedIn, |asked| to(asked, pages::readiness::show)),
    Route::new(Get, "/paths/{path}/settings", "path-settings", SignedIn, |asked| to(asked, pages::start::show_settings)),
    Route::new(Post, "/paths/{path}/settings", "path-settings-do", Write, |asked| to(asked, pages::start::submit_settings)),
    Route::new(Post, "/paths/{path}/rest", "path-rest", Write, |asked| to(asked, pages::start::rest)),
    Route::new(Post, "/paths/{path}/go-on", "path-go-on", Write, |asked| to(asked, pages::start::go_on)),
    Route::new(Get, "/paths/{path}/requirements/{requirement}", "requirement", SignedIn, |asked| to(asked, pages::requirement::show)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/evidence", "requirement-evidence", Write, |asked| to(asked, pages::requirement::record)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/plan", "requirement-plan", Write, |asked| to(asked, pages::requirement::plan::put)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/links", "requirement-links", Write, |asked| to(asked, pages::requirement::plan::add_link)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/links/{link}/remove", "requirement-link-remove", Write, |asked| to(asked, pages::requirement::plan::remove_link)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/minutes", "requirement-minutes", Write, |asked| to(asked, pages::requirement::plan::add_minutes)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/minutes/{day}/remove", "requirement-minutes-remove", Write, |asked| to(asked, pages::requirement::plan::remove_minutes)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/reviews", "requirement-reviews", Write, |asked| to(asked, pages::requirement::reviews::ask)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/reviews/{review}/revoke", "requirement-review-revoke", Write, |asked| to(asked, pages::requirement::reviews::revoke)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/help", "requirement-help", Write, |asked| to(asked, pages::requirement::mentoring::ask)),
    Route::new(Post, "/paths/{path}/requirements/{requirement}/help/{help}/close", "requirement-help-close", Write, |asked| to(asked, pages::requirement::mentoring::close)),
    Route::new(Get, "/paths/{path}/submit", "submission", SignedIn, |asked| to(asked, pages::submission::show)),
    Route::new(Post, "/paths/{path}/submit", "submission-do", Write, |asked| to(asked, pages::submission::submit)),
    Route::new(Get, "/together", "together", SignedIn, |asked| to(asked, pages::together::show)),
    Route::new(Post, "/together/{ask}", "together-do", Write, |asked| to(asked, pages::together::answer)),
    Route::new(Get, "/certificates", "certificates", SignedIn, |asked| to(asked, pages::certificates::show)),
    Route::new(Get, "/ledger", "ledger", SignedIn, |asked| to(asked, pages::ledger::show)),
    Route::new(Get, "/ledger/{entry}/files", "files", SignedIn, |asked| to(asked, pages::files::show)),
    Route::new(Post, "/ledger/{entry}/files", "files-add", Write, |asked| to(asked, pages::files::add)),
    Route::new(Get, "/ledger/{entry}/files/{file}", "file", SignedIn, |asked| to(asked, pages::files::fetch)),
    Route::new(Post, "/ledger/{entry}/files/{file}/remove", "file-remove", Write, |asked| to(asked, pages::files::remove)),
    Route::new(Post, "/ledger/{entry}/retract", "ledger-retract", Write, |asked| to(asked, pages::ledger::retract)),
    Route::new(Get, "/settings", "settings", SignedIn, |asked| to(asked, pages::settings::show)),
    Route::new(Post, "/settings", "settings-do", Write, |asked| to(asked, pages::settings::submit)),
    Route::new(Get, "/settings/digest", "digest", SignedIn, |asked| to(asked, pages::settings::show_digest)),
    Route::new(Post, "/settings/digest", "digest-do", Write, |asked| to(asked, pages::settings::submit_digest)),
    Route::new(Get, "/settings/digest/preview", "digest-preview", SignedIn, |asked| to(asked, pages::settings::preview_html)),
    Route::new(Get, "/settings/digest/preview.txt", "digest-preview-text", SignedIn, |asked| to(asked, pages::settings::preview_text)),
];

#[rustfmt::skip]
static PRACTICE_PAGES: &[Route] = &[
    Route::new(Get, "/practice", "practice", SignedIn, |asked| to(asked, pages::practice::show)),
    Route::new(Post, "/practice/limits", "practice-limits", Write, |asked| to(asked, pages::practice::limits)),
    Route::new(Post, "/practice/finish", "practice-finish", Write, |asked| to(asked, pages::practice::finish)),
    Route::new(Post, "/practice/resume", "practice-resume", Write, |asked| to(asked, pages::practice::resume)),
    Route::new(Get, "/practice/card", "practice-card", SignedIn, |asked| to(asked, pages::practice::card::show)),
    Route::new(Post, "/practice/card/reveal", "practice-reveal", SignedIn, |asked| to(asked, pages::practice::card::reveal)),
    Route::new(Post, "/practice/card/grade", "practice-grade", Write, |asked| to(asked, pages::practice::card::grade)),
    Route::new(Post, "/practice/card/aside", "practice-aside", Write, |asked| to(asked, pages::practice::card::aside)),
    Route::new(Get, "/practice/decks", "practice-decks", SignedIn, |asked| to(asked, pages::practice::decks::show)),
    Route::new(Post, "/practice/decks", "practice-deck-add", Write, |asked| to(asked, pages::practice::decks::add)),
    Route::new(Post, "/practice/decks/preview", "practice-deck-preview", SignedIn, |asked| to(asked, pages::practice::decks::preview)),
    Route::new(Get, "/practice/decks/{deck}", "practice-deck", SignedIn, |asked| to(asked, pages::practice::decks::show_deck)),
    Route::new(Post, "/practice/decks/{deck}", "practice-deck-change", Write, |asked| to(asked, pages::practice::decks::change)),
    Route::new(Post, "/practice/decks/{deck}/cards", "practice-card-add", Write, |asked| to(asked, pages::practice::decks::add_card)),
    Route::new(Get, "/practice/cards/{card}", "practice-own-card", SignedIn, |asked| to(asked, pages::practice::decks::show_card)),
    Route::new(Post, "/practice/cards/{card}", "practice-own-card-change", Write, |asked| to(asked, pages::practice::decks::change_card)),
    Route::new(Get, "/practice/interviews", "interviews", SignedIn, |asked| to(asked, pages::practice::interview::list)),
    Route::new(Post, "/practice/interviews", "interview-start", Write, |asked| to(asked, pages::practice::interview::start)),
    Route::new(Get, "/practice/interviews/{interview}", "interview", SignedIn, |asked| to(asked, pages::practice::interview::show)),
    Route::new(Post, "/practice/interviews/{interview}/delete", "interview-delete", Write, |asked| to(asked, pages::practice::interview::delete)),
    Route::new(Get, "/practice/interviews/{interview}/questions/{question}", "interview-question", SignedIn, |asked| to(asked, pages::practice::interview::question)),
    Route::new(Post, "/practice/interviews/{interview}/questions/{question}", "interview-answer", Write, |asked| to(asked, pages::practice::interview::answer)),
];

#[rustfmt::skip]
static COHORT_PAGES: &[Route] = &[
    Route::new(Get, "/cohorts", "cohorts", SignedIn, |asked| to(asked, pages::cohorts::list)),
    Route::new(Get, "/cohorts/{cohort}", "cohort", SignedIn, |asked| to(asked, pages::cohorts::board::show)),
    Route::new(Get, "/cohorts/{cohort}/board.csv", "cohort-csv", SignedIn, |asked| to(asked, pages::cohorts::export::csv)),
    Route::new(Get, "/cohorts/{cohort}/learners/{person}", "cohort-learner", SignedIn, |asked| to(asked, pages::cohorts::learner::show)),
    Route::new(Get, "/cohorts/{cohort}/requirements/{requirement}", "cohort-requirement", SignedIn, |asked| to(asked, pages::cohorts::requirement::show)),
    Route::new(Get, "/cohorts/{cohort}/set-up", "cohort-set-up", SignedIn, |asked| to(asked, pages::cohorts::set_up::show)),
    Route::new(Post, "/cohorts/{cohort}/set-up", "cohort-set-up-do", Write, |asked| to(asked, pages::cohorts::set_up::submit)),
    Route::new(Post, "/cohorts/{cohort}/copy", "cohort-copy", Admin, |asked| to(asked, pages::cohorts::set_up::copy)),
    Route::new(Get, "/cohorts/{cohort}/plan", "cohort-plan", SignedIn, |asked| to(asked, pages::cohorts::plan::show)),
    Route::new(Post, "/cohorts/{cohort}/plan", "cohort-plan-do", Write, |asked| to(asked, pages::cohorts::plan::submit)),
    Route::new(Get, "/cohorts/{cohort}/members", "cohort-members", SignedIn, |asked| to(asked, pages::cohorts::members::list)),
    Route::new(Post, "/cohorts/{cohort}/members", "cohort-member-add", Write, |asked| to(asked, pages::cohorts::members::add)),
    Route::new(Get, "/queue", "queue", SignedIn, |asked| to(asked, pages::mentoring::queue::mine)),
    Route::new(Get, "/cohorts/{cohort}/queue", "cohort-queue", SignedIn, |asked| to(asked, pages::mentoring::queue::show)),
    Route::new(Post, "/cohorts/{cohort}/queue/{item}/claim", "queue-claim", Write, |asked| to(asked, pages::mentoring::queue::claim)),
    Route::new(Post, "/cohorts/{cohort}/queue/{item}/release", "queue-release", Write, |asked| to(asked, pages::mentoring::queue::release)),
    Route::new(Get, "/cohorts/{cohort}/reviews/{review}", "cohort-review", SignedIn, |asked| to(asked, pages::mentoring::review::show)),
    Route::new(Post, "/cohorts/{cohort}/reviews/{review}", "cohort-review-do", Write, |asked| to(asked, pages::mentoring::review::submit)),
    Route::new(Get, "/cohorts/{cohort}/reviews/{review}/files/{file}", "cohort-review-file", SignedIn, |asked| to(asked, pages::mentoring::review::fetch)),
    Route::new(Post, "/cohorts/{cohort}/reviews/{review}/undo", "cohort-review-undo", Write, |asked| to(asked, pages::mentoring::review::undo)),
    Route::new(Get, "/cohorts/{cohort}/help/{help}", "cohort-help", SignedIn, |asked| to(asked, pages::mentoring::help::show)),
    Route::new(Post, "/cohorts/{cohort}/help/{help}", "cohort-help-do", Write, |asked| to(asked, pages::mentoring::help::answer)),
    Route::new(Get, "/cohorts/{cohort}/assessments", "cohort-assessments", SignedIn, |asked| to(asked, pages::mentoring::assessments::show)),
    Route::new(Post, "/cohorts/{cohort}/assessments", "cohort-assess", Write, |asked| to(asked, pages::mentoring::assessments::record)),
    Route::new(Post, "/cohorts/{cohort}/assessments/{batch}/undo", "cohort-assess-undo", Write, |asked| to(asked, pages::mentoring::assessments::undo)),
    Route::new(Post, "/cohorts/{cohort}/learners/{person}/notes", "mentor-note-add", Write, |asked| to(asked, pages::mentoring::learner::add)),
    Route::new(Post, "/cohorts/{cohort}/learners/{person}/messages", "mentor-message-send", Write, |asked| to(asked, pages::mentoring::learner::write)),
    Route::new(Post, "/cohorts/{cohort}/learners/{person}/notes/{note}/remove", "mentor-note-remove", Write, |asked| to(asked, pages::mentoring::learner::remove)),
    Route::new(Get, "/cohorts/{cohort}/members/{person}", "cohort-member", SignedIn, |asked| to(asked, pages::cohorts::members::show)),
    Route::new(Post, "/cohorts/{cohort}/members/{person}/state", "cohort-member-state", Write, |asked| to(asked, pages::cohorts::members::change_state)),
    Route::new(Post, "/cohorts/{cohort}/members/{person}/terms", "cohort-member-terms", Write, |asked| to(asked, pages::cohorts::members::change_terms)),
    Route::new(Post, "/cohorts/{cohort}/members/{person}/mentor", "cohort-assign", Write, |asked| to(asked, pages::cohorts::members::assign)),
    Route::new(Post, "/cohorts/{cohort}/members/{person}/move", "cohort-member-move", Write, |asked| to(asked, pages::cohorts::members::relocate)),
];

#[rustfmt::skip]
static ENROLMENT_PAGES: &[Route] = &[
    Route::new(Get, "/join/{secret}", "join", Public, |asked| to(asked, pages::enrolment::join::show)),
    Route::new(Post, "/join/{secret}", "join-new", Public, |asked| to(asked, pages::enrolment::join::create)),
    Route::new(Post, "/join/{secret}/member", "join-do", Write, |asked| to(asked, pages::enrolment::join::submit)),
    Route::new(Get, "/cohorts/{cohort}/sharing", "cohort-sharing", SignedIn, |asked| to(asked, pages::enrolment::sharing::show)),
    Route::new(Post, "/cohorts/{cohort}/sharing", "cohort-sharing-do", Write, |asked| to(asked, pages::enrolment::sharing::submit)),
    Route::new(Post, "/cohorts/{cohort}/sharing/paths", "cohort-share-paths", Write, |asked| to(asked, pages::enrolment::sharing::bring)),
    Route::new(Get, "/cohorts/{cohort}/links", "cohort-links", SignedIn, |asked| to(asked, pages::enrolment::links::show)),
    Route::new(Post, "/cohorts/{cohort}/links", "cohort-link-create", Write, |asked| to(asked, pages::enrolment::links::create)),
    Route::new(Post, "/cohorts/{cohort}/links/{link}/revoke", "cohort-link-revoke", Write, |asked| to(asked, pages::enrolment::links::revoke)),
    Route::new(Get, "/cohorts/{cohort}/people", "cohort-people", SignedIn, |asked| to(asked, pages::enrolment::people::show)),
    Route::new(Post, "/cohorts/{cohort}/people", "cohort-people-do", Write, |asked| to(asked, pages::enrolment::people::import)),
    Route::new(Get, "/cohorts/{cohort}/people/runs/{run}", "cohort-people-run", SignedIn, |asked| to(asked, pages::enrolment::people::show_run)),
    Route::new(Post, "/cohorts/{cohort}/people/runs/{run}/cancel", "cohort-people-cancel", Write, |asked| to(asked, pages::enrolment::people::cancel)),
    Route::new(Get, "/cohorts/{cohort}/evidence", "cohort-evidence", SignedIn, |asked| to(asked, pages::enrolment::evidence::show)),
    Route::new(Post, "/cohorts/{cohort}/evidence", "cohort-evidence-do", Write, |asked| to(asked, pages::enrolment::evidence::import)),
    Route::new(Get, "/cohorts/{cohort}/evidence/runs/{run}", "cohort-evidence-run", SignedIn, |asked| to(asked, pages::enrolment::evidence::show_run)),
    Route::new(Post, "/cohorts/{cohort}/evidence/runs/{run}/cancel", "cohort-evidence-cancel", Write, |asked| to(asked, pages::enrolment::evidence::cancel)),
    Route::new(Post, "/cohorts/{cohort}/codes", "cohort-codes", Write, |asked| to(asked, pages::enrolment::people::codes)),
];

#[rustfmt::skip]
static ADMIN_PAGES: &[Route] = &[
    Route::new(Get, "/admin", "admin", Admin, |asked| to(asked, pages::admin::health::show)),
    Route::new(Get, "/admin/people", "admin-people", Admin, |asked| to(asked, pages::admin::people::show)),
    Route::new(Post, "/admin/people/{person}", "admin-person", Admin, |asked| to(asked, pages::admin::people::change)),
    Route::new(Post, "/admin/people/{person}/reset-code", "admin-reset-code", Admin, |asked| to(asked, pages::admin::people::reset_code)),
    Route::new(Post, "/admin/invitations", "admin-invite", Admin, |asked| to(asked, pages::admin::people::invite)),
    Route::new(Post, "/admin/invitations/{invitation}/withdraw", "admin-invitation-withdraw", Admin, |asked| to(asked, pages::admin::people::withdraw)),
    Route::new(Get, "/admin/cohorts", "admin-cohorts", Admin, |asked| to(asked, pages::cohorts::show_admin)),
    Route::new(Post, "/admin/cohorts", "admin-cohort-create", Admin, |asked| to(asked, pages::cohorts::create)),
    Route::new(Get, "/admin/plugins", "admin-plugins", Admin, |asked| to(asked, pages::admin::plugins::show)),
    Route::new(Post, "/admin/plugins", "admin-plugin-install", Admin, |asked| to(asked, pages::admin::install::submit)),
    Route::new(Post, "/admin/plugins/{publisher}/{name}", "admin-plugin", Admin, |asked| to(asked, pages::admin::plugins::switch)),
    Route::new(Get, "/admin/mail", "admin-mail", Admin, |asked| to(asked, pages::admin::mail::show)),
    Route::new(Get, "/admin/jobs", "admin-jobs", Admin, |asked| to(asked, pages::admin::jobs::show)),
    Route::new(Post, "/admin/jobs/{job}", "admin-job", Admin, |asked| to(asked, pages::admin::jobs::ask)),
    Route::new(Get, "/admin/settings", "admin-settings", Admin, |asked| to(asked, pages::admin::settings::show)),
    Route::new(Post, "/admin/settings", "admin-settings-do", Admin, |asked| to(asked, pages::admin::settings::submit)),
    Route::new(Get, "/admin/audit", "admin-audit", Admin, |asked| to(asked, pages::admin::audit::show)),
];
