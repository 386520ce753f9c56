//! The part of the table below `/api/v1`.

use crate::api::listed;
use crate::route::Access::{Admin, Manage, Public, SignedIn, Write};
use crate::route::Verb::{Delete, Get, Patch, Post, Put};
use crate::route::{Doc, Route, any_json, params, schema, to};
use crate::{api, openapi};

#[rustfmt::skip]
pub(super) static API: &[Route] = &[
    Route::api(Get, "/api/v1/openapi.json", "api-document", Public, |asked| to(asked, openapi::document),
        Doc::new("about", "This document").gives(200, any_json)),
    Route::api(Get, "/api/v1/schemas/role-template.json", "api-template-schema", Public, |asked| to(asked, api::roles::schema),
        Doc::new("about", "The JSON Schema of role templates").gives(200, any_json)),

    Route::api(Get, "/api/v1/session", "api-session", SignedIn, |asked| to(asked, api::session::show),
        Doc::new("account", "Who is asking, and what they may do").gives(200, schema::<api::session::MeJson>)),
    Route::api(Post, "/api/v1/session", "api-session-begin", Public, |asked| to(asked, api::session::begin),
        Doc::new("account", "Sign in with a password: sets the cookie").takes(schema::<api::session::Credentials>)),
    Route::api(Delete, "/api/v1/session", "api-session-end", SignedIn, |asked| to(asked, api::session::end),
        Doc::new("account", "Sign out")),
    Route::api(Patch, "/api/v1/profile", "api-profile", Write, |asked| to(asked, api::session::set_profile),
        Doc::new("account", "Change name, mail, language, zone or theme").takes(schema::<api::session::ProfileChange>)),
    Route::api(Put, "/api/v1/password", "api-password", Manage, |asked| to(asked, api::session::set_password),
        Doc::new("account", "Change the password; all other sessions end").takes(schema::<api::session::PasswordChange>)),
    Route::api(Put, "/api/v1/username", "api-username", Manage, |asked| to(asked, api::session::set_username),
        Doc::new("account", "Change the username").takes(schema::<api::session::UsernameChange>)),
    Route::api(Get, "/api/v1/sessions", "api-sessions", Manage, |asked| to(asked, api::session::list),
        Doc::new("account", "Where one is signed in").gives(200, listed::<api::session::SessionJson>)),
    Route::api(Delete, "/api/v1/sessions/{session}", "api-session-revoke", Manage, |asked| to(asked, api::session::revoke),
        Doc::new("account", "End a session")),
    Route::api(Get, "/api/v1/tokens", "api-tokens", Manage, |asked| to(asked, api::tokens::list),
        Doc::new("account", "Tokens for programs, newest first").gives(200, listed::<api::tokens::TokenJson>)),
    Route::api(Post, "/api/v1/tokens", "api-token-create", Manage, |asked| to(asked, api::tokens::create),
        Doc::new("account", "Make a token; its secret is shown here only").takes(schema::<api::tokens::NewToken>)
            .gives(201, schema::<api::tokens::MadeToken>)),
    Route::api(Delete, "/api/v1/tokens/{token}", "api-token-revoke", Manage, |asked| to(asked, api::tokens::revoke),
        Doc::new("account", "Revoke a token")),

    Route::api(Get, "/api/v1/export", "api-export", Manage, |asked| to(asked, api::own_data::export),
        Doc::new("account", "Everything of one's own, as one document").gives(200, any_json)),
    Route::api(Get, "/api/v1/resume", "api-resume", SignedIn, |asked| to(asked, api::own_data::resume),
        Doc::new("account", "The ledger in the JSON Resume format").gives(200, any_json)),
    Route::api(Post, "/api/v1/import", "api-import", Write, |asked| to(asked, api::own_data::import),
        Doc::new("account", "Bring a document that was exported; with dry_run only say what would come")
            .query(params::<api::own_data::ImportQuery>).takes(any_json).gives(200, schema::<crate::services::own_data::Report>).once()),
    Route::api(Get, "/api/v1/export/files/{part}", "api-export-files", Manage, |asked| to(asked, api::own_data::files),
        Doc::new("account", "Files of one's own work, as archives (tar) of some 48 MB, from 1 on until none is there")),
    Route::api(Post, "/api/v1/import/files", "api-import-files", Write, |asked| to(asked, api::own_data::import_files),
        Doc::new("account", "Bring such an archive, once the document has brought the work").takes_bytes()
            .gives(200, schema::<crate::services::own_data::Report>).once()),
    Route::api(Delete, "/api/v1/account", "api-account-erase", Manage, |asked| to(asked, api::own_data::erase),
        Doc::new("account", "Erase the account").takes(schema::<api::own_data::Farewell>)),
    Route::api(Post, "/api/v1/password/reset", "api-password-reset", Public, |asked| to(asked, api::own_data::reset),
        Doc::new("account", "Set a new password with a one-time code").takes(schema::<api::own_data::CodeUse>)),

    Route::api(Get, "/api/v1/roles", "api-roles", SignedIn, |asked| to(asked, api::roles::list),
        Doc::new("roles", "The newest revision of every role").gives(200, listed::<api::roles::RoleJson>)),
    Route::api(Get, "/api/v1/roles/{role:.+}/readiness", "api-role-readiness", SignedIn, |asked| to(asked, api::roles::readiness),
        Doc::new("roles", "How ready one is for each level of a role, whether one follows it or not").gives(200, listed::<api::roles::LevelReadinessJson>)),
    Route::api(Get, "/api/v1/roles/{role:.+}", "api-role", SignedIn, |asked| to(asked, api::roles::show),
        Doc::new("roles", "A role with its whole document").gives(200, schema::<api::roles::RoleDocumentJson>)),
    Route::api(Get, "/api/v1/search", "api-search", SignedIn, |asked| to(asked, api::search::find),
        Doc::new("roles", "Search requirements, one's own notes, the catalogue and what to learn from")
            .query(params::<api::search::SearchQuery>).gives(200, listed::<api::search::FoundJson>)),
    Route::api(Get, "/api/v1/subjects", "api-subjects", SignedIn, |asked| to(asked, api::subjects::search),
        Doc::new("roles", "Search the catalogue").query(params::<api::subjects::SubjectQuery>)
            .gives(200, listed::<api::subjects::SubjectJson>)),

    Route::api(Get, "/api/v1/today", "api-today", SignedIn, |asked| to(asked, api::today::show),
        Doc::new("paths", "What is next, what is due, and what the week held").gives(200, schema::<api::today::TodayJson>)),
    Route::api(Get, "/api/v1/paths", "api-paths", SignedIn, |asked| to(asked, api::paths::list),
        Doc::new("paths", "One's own paths, oldest first").gives(200, listed::<api::paths::PathJson>)),
    Route::api(Post, "/api/v1/paths", "api-path-create", Write, |asked| to(asked, api::paths::create),
        Doc::new("paths", "Start a path").takes(schema::<api::paths::NewPath>).gives(201, schema::<api::paths::PathJson>).once()),
    Route::api(Get, "/api/v1/paths/{path}", "api-path", SignedIn, |asked| to(asked, api::paths::show),
        Doc::new("paths", "A path, and where every requirement stands").gives(200, schema::<api::paths::PathStateJson>)),
    Route::api(Patch, "/api/v1/paths/{path}", "api-path-update", Write, |asked| to(asked, api::paths::update),
        Doc::new("paths", "Change target, hours, chosen members or rule").takes(schema::<api::paths::PathChange>)
            .gives(200, schema::<api::paths::PathJson>).once()),
    Route::api(Get, "/api/v1/paths/{path}/readiness", "api-readiness", SignedIn, |asked| to(asked, api::readiness::show),
        Doc::new("paths", "The score with its receipts and its history").query(params::<api::readiness::HistoryQuery>)
            .gives(200, schema::<api::readiness::ReadinessJson>)),
    Route::api(Get, "/api/v1/paths/{path}/map", "api-map", SignedIn, |asked| to(asked, api::map::show),
        Doc::new("paths", "The map of a path's role, laid out").gives(200, schema::<api::map::MapJson>)),
    // A question, not a write: POST because it may name every requirement of a role, in a body; reading tokens may ask.
    Route::api(Post, "/api/v1/paths/{path}/what-if", "api-what-if", SignedIn, |asked| to(asked, api::what_if::ask),
        Doc::new("paths", "Readiness as it would be with requirements finished; stores nothing").takes(schema::<api::what_if::WhatIfQuestion>)
            .gives(200, schema::<api::what_if::WhatIfJson>)),
    Route::api(Get, "/api/v1/paths/{path}/requirements/{requirement}", "api-requirement", SignedIn, |asked| to(asked, api::paths::requirement),
        Doc::new("paths", "One requirement and its evidence").gives(200, schema::<api::paths::RequirementDetailJson>)),
    Route::api(Put, "/api/v1/paths/{path}/requirements/{requirement}/plan", "api-plan", Write, |asked| to(asked, api::plans::set),
        Doc::new("paths", "What the learner plans with a requirement").takes(schema::<api::plans::PlanJson>)
            .gives(200, schema::<api::plans::PlanJson>).once()),
    Route::api(Post, "/api/v1/paths/{path}/requirements/{requirement}/links", "api-plan-link-add", Write, |asked| to(asked, api::plans::add_link),
        Doc::new("paths", "Keep a link of one's own beside a requirement").takes(schema::<api::plans::NewLink>)
            .gives(201, schema::<api::plans::LinkJson>).once()),
    Route::api(Delete, "/api/v1/paths/{path}/requirements/{requirement}/links/{link}", "api-plan-link-remove", Write, |asked| to(asked, api::plans::remove_link),
        Doc::new("paths", "Take such a link away")),
    Route::api(Post, "/api/v1/paths/{path}/requirements/{requirement}/minutes", "api-plan-minutes-add", Write, |asked| to(asked, api::plans::add_minutes),
        Doc::new("paths", "Add minutes spent on a day; answers with the day's sum").takes(schema::<api::plans::NewMinutes>)
            .gives(201, schema::<api::plans::MinutesJson>).once()),
    Route::api(Delete, "/api/v1/paths/{path}/requirements/{requirement}/minutes/{day}", "api-plan-minutes-remove", Write, |asked| to(asked, api::plans::remove_minutes),
        Doc::new("paths", "Take the minutes of a day away")),
    Route::api(Get, "/api/v1/learners/{learner}/paths/{path}", "api-learner-path", SignedIn, |asked| to(asked, api::paths::show_of),
        Doc::new("paths", "A learner's path, for mentors of its cohort").gives(200, schema::<api::paths::PathStateJson>)),
    Route::api(Get, "/api/v1/learners/{learner}/paths/{path}/readiness", "api-learner-readiness", SignedIn, |asked| to(asked, api::readiness::show_of),
        Doc::new("paths", "A learner's score, for mentors of the path's cohort").query(params::<api::readiness::HistoryQuery>)
            .gives(200, schema::<api::readiness::ReadinessJson>)),

    Route::api(Get, "/api/v1/evidence", "api-evidence", SignedIn, |asked| to(asked, api::evidence::list),
        Doc::new("evidence", "The ledger, newest first").query(params::<api::evidence::EvidenceQuery>)
            .gives(200, listed::<api::evidence::EvidenceJson>)),
    Route::api(Post, "/api/v1/evidence", "api-evidence-add", Write, |asked| to(asked, api::evidence::add),
        Doc::new("evidence", "Record evidence").takes(schema::<api::evidence::OfferJson>)
            .gives(201, schema::<api::evidence::EvidenceJson>).once()),
    Route::api(Get, "/api/v1/evidence/{entry}", "api-evidence-show", SignedIn, |asked| to(asked, api::evidence::show),
        Doc::new("evidence", "One entry").gives(200, schema::<api::evidence::EvidenceJson>)),
    Route::api(Post, "/api/v1/evidence/{entry}/retraction", "api-evidence-retract", Write, |asked| to(asked, api::evidence::retract),
        Doc::new("evidence", "Take an entry out of the count").takes(schema::<api::evidence::Retraction>)
            .gives(201, schema::<api::evidence::EvidenceJson>).once()),
    Route::api(Delete, "/api/v1/evidence/{entry}/text", "api-evidence-redact", Write, |asked| to(asked, api::evidence::redact),
        Doc::new("evidence", "Blank what was written; no score changes")),

    Route::api(Get, "/api/v1/certificates", "api-certificates", SignedIn, |asked| to(asked, api::certificates::list),
        Doc::new("evidence", "Certificates with their state, soonest end first").gives(200, listed::<api::certificates::CertificateJson>)),
    Route::api(Get, "/api/v1/evidence/{entry}/reviews", "api-entry-reviews", SignedIn, |asked| to(asked, api::reviews::list_of),
        Doc::new("reviews", "Who was asked to review a submission, and what they said").gives(200, listed::<api::reviews::ReviewJson>)),
    Route::api(Post, "/api/v1/evidence/{entry}/reviews", "api-review-ask", Write, |asked| to(asked, api::reviews::ask),
        Doc::new("reviews", "Ask somebody outside by a link, which is shown here only").takes(schema::<api::reviews::NewReview>)
            .gives(201, schema::<api::reviews::MadeReview>)),
    Route::api(Get, "/api/v1/evidence/{entry}/attachments", "api-attachments", SignedIn, |asked| to(asked, api::attachments::list),
        Doc::new("evidence", "Files of a submission").gives(200, listed::<api::attachments::AttachmentJson>)),
    Route::api(Post, "/api/v1/evidence/{entry}/attachments", "api-attachment-add", Write, |asked| to(asked, api::attachments::add),
        Doc::new("evidence", "Hand in a file with a submission: the body is the file; its kind follows from its bytes")
            .query(params::<api::attachments::NameQuery>).takes_bytes().gives(201, schema::<api::attachments::AttachmentJson>).once()),
    Route::api(Get, "/api/v1/evidence/{entry}/attachments/{file}", "api-attachment", SignedIn, |asked| to(asked, api::attachments::fetch),
        Doc::new("evidence", "The bytes of a file")),
    Route::api(Delete, "/api/v1/evidence/{entry}/attachments/{file}", "api-attachment-remove", Write, |asked| to(asked, api::attachments::remove),
        Doc::new("evidence", "Take a file away that nobody has judged")),
    Route::api(Get, "/api/v1/co-authorships", "api-co-authorships", SignedIn, |asked| to(asked, api::co_authors::list),
        Doc::new("evidence", "Work that one is asked whether one made it too").gives(200, listed::<api::co_authors::CoAuthorshipJson>)),
    Route::api(Post, "/api/v1/co-authorships/{ask}/confirmation", "api-co-author-confirm", Write, |asked| to(asked, api::co_authors::confirm),
        Doc::new("evidence", "Say that one made it too: it becomes an entry of one's own").gives(201, schema::<api::evidence::EvidenceJson>).once()),
    Route::api(Post, "/api/v1/co-authorships/{ask}/refusal", "api-co-author-decline", Write, |asked| to(asked, api::co_authors::decline),
        Doc::new("evidence", "Say that one did not make it").once()),
    Route::api(Get, "/api/v1/reviews", "api-reviews", SignedIn, |asked| to(asked, api::reviews::list),
        Doc::new("reviews", "One's own requests for reviews, newest first").query(params::<api::PageQuery>)
            .gives(200, listed::<api::reviews::ReviewJson>)),
    Route::api(Delete, "/api/v1/reviews/{review}", "api-review-revoke", Write, |asked| to(asked, api::reviews::revoke),
        Doc::new("reviews", "End a link that is not answered yet")),
    Route::api(Get, "/api/v1/review/{secret}", "api-review", Public, |asked| to(asked, api::reviews::asked),
        Doc::new("reviews", "What a reviewer is asked; the link's secret is all that it takes").gives(200, schema::<api::reviews::AskedReview>)),
    Route::api(Get, "/api/v1/review/{secret}/attachments/{file}", "api-review-attachment", Public, |asked| to(asked, api::attachments::fetch_by_link),
        Doc::new("reviews", "The bytes of a file of the work that a link shows")),
    Route::api(Post, "/api/v1/review/{secret}", "api-review-answer", Public, |asked| to(asked, api::reviews::answer),
        Doc::new("reviews", "Answer a review, once").takes(schema::<api::reviews::ReviewReply>)),
    Route::api(Get, "/api/v1/practice", "api-practice", SignedIn, |asked| to(asked, api::practice::show),
        Doc::new("practice", "What is due, topic by topic, and the day's limits").gives(200, schema::<api::practice::PracticeJson>)),
    Route::api(Get, "/api/v1/practice/cards", "api-practice-cards", SignedIn, |asked| to(asked, api::practice::cards),
        Doc::new("practice", "The cards to be asked now, in their order, with their answers").query(params::<api::practice::CardsQuery>)
            .gives(200, listed::<api::practice::CardJson>)),
    Route::api(Patch, "/api/v1/practice/cards", "api-practice-card", Write, |asked| to(asked, api::practice::put_aside),
        Doc::new("practice", "Bury a card until tomorrow, suspend it, or take it back").takes(schema::<api::practice::CardChange>)
            .gives(200, schema::<api::practice::CardStateJson>).once()),
    Route::api(Post, "/api/v1/practice/answers", "api-practice-answer", Write, |asked| to(asked, api::practice::answer),
        Doc::new("practice", "Grade a card").takes(schema::<api::practice::AnswerJson>)
            .gives(201, schema::<api::practice::CardStateJson>).once()),
    Route::api(Post, "/api/v1/practice/sessions", "api-practice-finish", Write, |asked| to(asked, api::practice::finish),
        Doc::new("practice", "End a session: what was practised counts in the ledger").gives(201, schema::<api::practice::FinishedJson>).once()),
    Route::api(Put, "/api/v1/practice/limits", "api-practice-limits", Write, |asked| to(asked, api::practice::set_limits),
        Doc::new("practice", "Set how many cards a day are asked").takes(schema::<api::practice::LimitsJson>)
            .gives(200, schema::<api::practice::LimitsJson>).once()),
    Route::api(Get, "/api/v1/practice/decks", "api-decks", SignedIn, |asked| to(asked, api::decks::list),
        Doc::new("practice", "One's own decks, oldest first").gives(200, listed::<api::decks::DeckJson>)),
    Route::api(Post, "/api/v1/practice/decks", "api-deck-add", Write, |asked| to(asked, api::decks::add),
        Doc::new("practice", "Make a deck of CSV or of Anki's text export").takes(schema::<api::decks::NewDeck>)
            .gives(201, schema::<api::decks::DeckJson>).once()),
    Route::api(Post, "/api/v1/practice/decks/preview", "api-deck-preview", SignedIn, |asked| to(asked, api::decks::preview),
        Doc::new("practice", "The fate of every row; nothing is stored").takes(schema::<api::decks::NewDeck>)
            .gives(200, schema::<api::decks::PreviewJson>)),
    Route::api(Get, "/api/v1/practice/decks/{deck}", "api-deck", SignedIn, |asked| to(asked, api::decks::show),
        Doc::new("practice", "One of one's own decks with its cards").gives(200, schema::<api::decks::DeckCardsJson>)),
    Route::api(Patch, "/api/v1/practice/decks/{deck}", "api-deck-rename", Write, |asked| to(asked, api::decks::rename),
        Doc::new("practice", "Rename a deck").takes(schema::<api::decks::DeckChange>).gives(200, schema::<api::decks::DeckJson>).once()),
    Route::api(Delete, "/api/v1/practice/decks/{deck}", "api-deck-delete", Write, |asked| to(asked, api::decks::delete),
        Doc::new("practice", "Delete a deck with its cards")),
    Route::api(Post, "/api/v1/practice/decks/{deck}/cards", "api-own-card-add", Write, |asked| to(asked, api::decks::add_card),
        Doc::new("practice", "Add a card to a deck").takes(schema::<api::decks::OwnCardText>)
            .gives(201, schema::<api::decks::OwnCardJson>).once()),
    Route::api(Put, "/api/v1/practice/cards/{card}", "api-own-card-set", Write, |asked| to(asked, api::decks::set_card),
        Doc::new("practice", "Rewrite a card of one's own").takes(schema::<api::decks::OwnCardText>)
            .gives(200, schema::<api::decks::OwnCardJson>).once()),
    Route::api(Delete, "/api/v1/practice/cards/{card}", "api-own-card-delete", Write, |asked| to(asked, api::decks::delete_card),
        Doc::new("practice", "Delete a card of one's own")),
    Route::api(Get, "/api/v1/practice/interviews", "api-interviews", SignedIn, |asked| to(asked, api::interviews::list),
        Doc::new("practice", "Mock interviews, newest first").gives(200, listed::<api::interviews::InterviewJson>)),
    Route::api(Post, "/api/v1/practice/interviews", "api-interview-start", Write, |asked| to(asked, api::interviews::start),
        Doc::new("practice", "Start a mock interview").takes(schema::<api::interviews::NewInterviewJson>)
            .gives(201, schema::<api::interviews::InterviewJson>).once()),
    Route::api(Get, "/api/v1/practice/interviews/{interview}", "api-interview", SignedIn, |asked| to(asked, api::interviews::show),
        Doc::new("practice", "A mock interview with notes and marks").gives(200, schema::<api::interviews::InterviewJson>)),
    Route::api(Post, "/api/v1/practice/interviews/{interview}/questions/{question}", "api-interview-answer", Write, |asked| to(asked, api::interviews::answer),
        Doc::new("practice", "Answer a question with notes, a mark, or both").takes(schema::<api::interviews::InterviewAnswer>)
            .gives(200, schema::<api::interviews::InterviewJson>).once()),
    Route::api(Delete, "/api/v1/practice/interviews/{interview}", "api-interview-delete", Write, |asked| to(asked, api::interviews::delete),
        Doc::new("practice", "Delete a mock interview with its notes")),

    Route::api(Get, "/api/v1/digest", "api-digest", SignedIn, |asked| to(asked, api::digests::show),
        Doc::new("digests", "When the digest is sent").gives(200, schema::<api::digests::ScheduleJson>)),
    Route::api(Put, "/api/v1/digest", "api-digest-set", Write, |asked| to(asked, api::digests::set),
        Doc::new("digests", "Set when the digest is sent").takes(schema::<api::digests::RuleJson>)
            .gives(200, schema::<api::digests::ScheduleJson>).once()),
    Route::api(Get, "/api/v1/digest/preview", "api-digest-preview", SignedIn, |asked| to(asked, api::digests::preview),
        Doc::new("digests", "The digest as it would be sent next").gives(200, schema::<api::digests::PreviewJson>)),
    Route::api(Get, "/api/v1/digest/outbox", "api-digest-outbox", SignedIn, |asked| to(asked, api::digests::outbox),
        Doc::new("digests", "One's own mails, newest first").gives(200, listed::<api::digests::OutboxJson>)),

    Route::api(Get, "/api/v1/admin/people", "api-people", Admin, |asked| to(asked, api::admin::people),
        Doc::new("admin", "Who has an account").query(params::<api::admin::PeopleQuery>).gives(200, listed::<api::admin::PersonJson>)),
    Route::api(Patch, "/api/v1/admin/people/{person}", "api-person-change", Admin, |asked| to(asked, api::admin::change_person),
        Doc::new("admin", "Disable or enable an account, make it an admin or not").takes(schema::<api::admin::PersonChange>)),
    Route::api(Post, "/api/v1/admin/people/{person}/reset-code", "api-reset-code", Admin, |asked| to(asked, api::admin::reset_code),
        Doc::new("admin", "A one-time code for a new password; it is shown here only").gives(201, schema::<api::admin::MadeResetCode>)),
    Route::api(Get, "/api/v1/admin/invitations", "api-invitations", Admin, |asked| to(asked, api::admin::open_invitations),
        Doc::new("admin", "Invitations that are open").gives(200, listed::<api::admin::InvitationJson>)),
    Route::api(Post, "/api/v1/admin/invitations", "api-invite", Admin, |asked| to(asked, api::admin::invite),
        Doc::new("admin", "Invite somebody; the link is shown here only").takes(schema::<api::admin::NewInvitation>)
            .gives(201, schema::<api::admin::MadeInvitation>)),
    Route::api(Delete, "/api/v1/admin/invitations/{invitation}", "api-invitation-revoke", Admin, |asked| to(asked, api::admin::revoke_invitation),
        Doc::new("admin", "Take an invitation back")),
    Route::api(Get, "/api/v1/admin/plugins", "api-plugins", Admin, |asked| to(asked, api::admin::plugins),
        Doc::new("admin", "Installed plugins with the figures of their calls").gives(200, listed::<api::admin::PluginJson>)),
    Route::api(Post, "/api/v1/admin/plugins", "api-plugin-install", Admin, |asked| to(asked, api::admin::install),
        Doc::new("admin", "Install a pack: the body is the file").takes_bytes().gives(201, schema::<api::admin::InstalledPlugin>)),
    Route::api(Patch, "/api/v1/admin/plugins/{plugin:.+}", "api-plugin-change", Admin, |asked| to(asked, api::admin::change_plugin),
        Doc::new("admin", "Switch a plugin on or off, or to another installed version").takes(schema::<api::admin::PluginChange>)),
    Route::api(Get, "/api/v1/admin/mail", "api-mail", Admin, |asked| to(asked, api::admin::mail),
        Doc::new("admin", "Where mail goes, and how much").gives(200, schema::<api::admin::MailJson>)),
    Route::api(Get, "/api/v1/admin/mail/outbox", "api-outbox", Admin, |asked| to(asked, api::admin::outbox),
        Doc::new("admin", "Everybody's mails, newest first").query(params::<api::admin::MailQuery>)
            .gives(200, listed::<api::digests::OutboxJson>)),
    Route::api(Get, "/api/v1/admin/doctor", "api-doctor", Admin, |asked| to(asked, api::admin::doctor),
        Doc::new("admin", "What is wrong in the set-up and how to mend it").gives(200, schema::<api::admin::DoctorJson>)),
    Route::api(Get, "/api/v1/admin/jobs", "api-jobs", Admin, |asked| to(asked, api::upkeep::jobs),
        Doc::new("admin", "System jobs as they noted themselves").gives(200, listed::<api::upkeep::JobJson>)),
    Route::api(Post, "/api/v1/admin/jobs/{job}/run", "api-job-run", Admin, |asked| to(asked, api::upkeep::run),
        Doc::new("admin", "Wish that a job runs in the next round")),
    Route::api(Get, "/api/v1/admin/settings", "api-settings", Admin, |asked| to(asked, api::upkeep::settings),
        Doc::new("admin", "What admins change while the server runs").gives(200, schema::<api::upkeep::SettingsJson>)),
    Route::api(Patch, "/api/v1/admin/settings", "api-settings-change", Admin, |asked| to(asked, api::upkeep::change_settings),
        Doc::new("admin", "Change the instance's name or the notice at the door").takes(schema::<api::upkeep::SettingsChange>)),
    Route::api(Get, "/api/v1/admin/audit", "api-audit", Admin, |asked| to(asked, api::admin::audit),
        Doc::new("admin", "Who did what, newest first").query(params::<api::admin::AuditQuery>).gives(200, listed::<api::admin::AuditJson>)),
];

#[rustfmt::skip]
pub(super) static COHORT_API: &[Route] = &[
    Route::api(Get, "/api/v1/cohorts", "api-cohorts", SignedIn, |asked| to(asked, api::cohorts::list),
        Doc::new("cohorts", "Cohorts that one belongs to; for admins all").gives(200, listed::<api::cohorts::CohortJson>)),
    Route::api(Post, "/api/v1/cohorts", "api-cohort-create", Admin, |asked| to(asked, api::cohorts::create),
        Doc::new("cohorts", "Make a cohort").takes(schema::<api::cohorts::NewCohort>)
            .gives(201, schema::<api::cohorts::CohortJson>).once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}", "api-cohort", SignedIn, |asked| to(asked, api::cohorts::show),
        Doc::new("cohorts", "A cohort and its set-up, for its mentors and leads").gives(200, schema::<api::cohorts::SetUpJson>)),
    Route::api(Put, "/api/v1/cohorts/{cohort}", "api-cohort-change", Write, |asked| to(asked, api::cohorts::change),
        Doc::new("cohorts", "Replace name, dates and set-up").takes(schema::<api::cohorts::SetUpWish>)
            .gives(200, schema::<api::cohorts::SetUpJson>).once()),
    Route::api(Post, "/api/v1/cohorts/{cohort}/copy", "api-cohort-copy", Admin, |asked| to(asked, api::cohorts::copy),
        Doc::new("cohorts", "Make the next batch: the same set-up, without people").takes(schema::<api::cohorts::NewCohort>)
            .gives(201, schema::<api::cohorts::CohortJson>).once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/board", "api-cohort-board", SignedIn, |asked| to(asked, api::cohorts::board::show),
        Doc::new("cohorts", "Everything on the board of a role, filtered and ordered").query(params::<api::cohorts::board::BoardQuery>)
            .gives(200, schema::<api::cohorts::board::BoardJson>)),
    Route::api(Get, "/api/v1/cohorts/{cohort}/learners/{person}", "api-cohort-learner", SignedIn, |asked| to(asked, api::cohorts::board::learner),
        Doc::new("cohorts", "A learner as the cohort sees them").query(params::<api::cohorts::plan::RoleQuery>)
            .gives(200, schema::<api::cohorts::board::LearnerJson>)),
    Route::api(Get, "/api/v1/cohorts/{cohort}/requirements/{requirement}", "api-cohort-requirement", SignedIn, |asked| to(asked, api::cohorts::board::requirement),
        Doc::new("cohorts", "Where a cohort’s learners stand in a requirement").query(params::<api::cohorts::plan::RoleQuery>)
            .gives(200, listed::<api::cohorts::board::AskedJson>)),
    Route::api(Get, "/api/v1/cohorts/{cohort}/plan", "api-cohort-plan", SignedIn, |asked| to(asked, api::cohorts::plan::show),
        Doc::new("cohorts", "The week of each part of a role").query(params::<api::cohorts::plan::RoleQuery>)
            .gives(200, schema::<api::cohorts::plan::PlanJson>)),
    Route::api(Put, "/api/v1/cohorts/{cohort}/plan", "api-cohort-plan-change", Write, |asked| to(asked, api::cohorts::plan::change),
        Doc::new("cohorts", "Replace the weeks that were chosen; other parts follow the suggestion").takes(schema::<api::cohorts::plan::PlanWish>).once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/members", "api-cohort-members", SignedIn, |asked| to(asked, api::cohorts::members::list),
        Doc::new("cohorts", "Members with their history and terms").gives(200, listed::<api::cohorts::members::MemberJson>)),
    Route::api(Post, "/api/v1/cohorts/{cohort}/members", "api-cohort-member-add", Write, |asked| to(asked, api::cohorts::members::add),
        Doc::new("cohorts", "Add somebody who has an account, or give a member another standing").takes(schema::<api::cohorts::members::NewMember>)
            .gives(201, schema::<api::cohorts::members::MemberJson>).once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/members/{person}", "api-cohort-member", SignedIn, |asked| to(asked, api::cohorts::members::show),
        Doc::new("cohorts", "One member").gives(200, schema::<api::cohorts::members::MemberJson>)),
    Route::api(Post, "/api/v1/cohorts/{cohort}/members/{person}/state", "api-cohort-member-state", Write, |asked| to(asked, api::cohorts::members::change_state),
        Doc::new("cohorts", "Pause a member, let them go, complete, or come back").takes(schema::<api::cohorts::members::StateChange>)
            .gives(200, schema::<api::cohorts::members::MemberJson>).once()),
    Route::api(Put, "/api/v1/cohorts/{cohort}/members/{person}/terms", "api-cohort-member-terms", Write, |asked| to(asked, api::cohorts::members::change_terms),
        Doc::new("cohorts", "A learner’s own start, hours factor and extension").takes(schema::<api::cohorts::members::TermsJson>)
            .gives(200, schema::<api::cohorts::members::MemberJson>).once()),
    Route::api(Put, "/api/v1/cohorts/{cohort}/members/{person}/mentor", "api-cohort-assign", Write, |asked| to(asked, api::cohorts::members::assign),
        Doc::new("cohorts", "A learner’s primary mentor, or none").takes(schema::<api::cohorts::members::MentorJson>)
            .gives(200, schema::<api::cohorts::members::MemberJson>).once()),
    Route::api(Post, "/api/v1/cohorts/{cohort}/members/{person}/move", "api-cohort-member-move", Write, |asked| to(asked, api::cohorts::members::relocate),
        Doc::new("cohorts", "Take a learner to another cohort; path, evidence and reviews go along").takes(schema::<api::cohorts::members::MoveJson>).once()),
    Route::api(Get, "/api/v1/queue", "api-queue", SignedIn, |asked| to(asked, api::mentoring::everywhere),
        Doc::new("mentoring", "What waits in all cohorts that one guides; one's own learners first, then the oldest").gives(200, listed::<api::mentoring::WaitingJson>)),
    Route::api(Get, "/api/v1/cohorts/{cohort}/queue", "api-cohort-queue", SignedIn, |asked| to(asked, api::mentoring::queue),
        Doc::new("mentoring", "What waits in one cohort").gives(200, listed::<api::mentoring::WaitingJson>)),
    Route::api(Put, "/api/v1/cohorts/{cohort}/queue/{item}/claim", "api-queue-claim", Write, |asked| to(asked, api::mentoring::claim),
        Doc::new("mentoring", "Take something up, or go on having it: nobody else does until then").gives(200, schema::<api::mentoring::ClaimJson>).once()),
    Route::api(Delete, "/api/v1/cohorts/{cohort}/queue/{item}/claim", "api-queue-release", Write, |asked| to(asked, api::mentoring::release),
        Doc::new("mentoring", "Give something back").once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/reviews/{review}", "api-mentor-review", SignedIn, |asked| to(asked, api::mentoring::review),
        Doc::new("mentoring", "Work or a certificate to review").gives(200, schema::<api::mentoring::MentorReviewJson>)),
    Route::api(Get, "/api/v1/cohorts/{cohort}/reviews/{review}/attachments/{file}", "api-mentor-attachment", SignedIn, |asked| to(asked, api::attachments::fetch_of_review),
        Doc::new("mentoring", "The bytes of a file of the work, or of a version before")),
    Route::api(Post, "/api/v1/cohorts/{cohort}/reviews/{review}/answer", "api-mentor-review-answer", Write, |asked| to(asked, api::mentoring::answer),
        Doc::new("mentoring", "Accept it or send it back, criterion by criterion").takes(schema::<api::mentoring::NewReview>)
            .gives(201, schema::<api::reviews::AnswerJson>).once()),
    Route::api(Put, "/api/v1/cohorts/{cohort}/reviews/{review}/draft", "api-review-draft", Write, |asked| to(asked, api::mentoring::save_draft),
        Doc::new("mentoring", "Keep what one has of a review so far, for oneself").takes(schema::<api::mentoring::NewDraft>).once()),
    Route::api(Delete, "/api/v1/cohorts/{cohort}/reviews/{review}/draft", "api-review-draft-discard", Write, |asked| to(asked, api::mentoring::discard_draft),
        Doc::new("mentoring", "Throw away what one has of a review so far")),
    Route::api(Delete, "/api/v1/cohorts/{cohort}/reviews/{review}/answer", "api-mentor-review-undo", Write, |asked| to(asked, api::mentoring::undo),
        Doc::new("mentoring", "Take one's review back, or as lead another's: what came of it is retracted").once()),
    Route::api(Get, "/api/v1/paths/{path}/help", "api-path-help", SignedIn, |asked| to(asked, api::mentoring::helps),
        Doc::new("mentoring", "What one asked the mentors about a path, newest first").gives(200, listed::<api::mentoring::HelpJson>)),
    Route::api(Post, "/api/v1/paths/{path}/help", "api-path-help-ask", Write, |asked| to(asked, api::mentoring::ask_help),
        Doc::new("mentoring", "Ask the mentors about a requirement: I am stuck").takes(schema::<api::mentoring::NewHelp>)
            .gives(201, schema::<api::mentoring::HelpJson>).once()),
    Route::api(Delete, "/api/v1/paths/{path}/help/{help}", "api-path-help-close", Write, |asked| to(asked, api::mentoring::close_help),
        Doc::new("mentoring", "Close a question; it stays readable")),
    Route::api(Get, "/api/v1/cohorts/{cohort}/help/{help}", "api-help", SignedIn, |asked| to(asked, api::mentoring::help),
        Doc::new("mentoring", "What a learner is stuck with").gives(200, schema::<api::mentoring::HelpJson>)),
    Route::api(Post, "/api/v1/cohorts/{cohort}/help/{help}/answer", "api-help-answer", Write, |asked| to(asked, api::mentoring::answer_help),
        Doc::new("mentoring", "Answer who is stuck").takes(schema::<api::mentoring::WordsJson>)
            .gives(201, schema::<api::mentoring::HelpJson>).once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/assessments", "api-assessments", SignedIn, |asked| to(asked, api::mentoring::assessments),
        Doc::new("mentoring", "What was seen of learners without a submission, newest first").gives(200, listed::<api::mentoring::AssessmentsJson>)),
    Route::api(Post, "/api/v1/cohorts/{cohort}/assessments", "api-assess", Write, |asked| to(asked, api::mentoring::assess),
        Doc::new("mentoring", "Record what was seen of one or many learners: everybody's entry, or nobody's").takes(schema::<api::mentoring::NewAssessments>)
            .gives(201, schema::<api::mentoring::MadeAssessments>).once()),
    Route::api(Delete, "/api/v1/cohorts/{cohort}/assessments/{batch}", "api-assess-undo", Write, |asked| to(asked, api::mentoring::undo_assessments),
        Doc::new("mentoring", "Take an act back: a retraction for everybody").once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/learners/{person}/notes", "api-mentor-notes", SignedIn, |asked| to(asked, api::mentoring::notes),
        Doc::new("mentoring", "What mentors noted of a learner").gives(200, listed::<api::mentoring::NoteJson>)),
    Route::api(Post, "/api/v1/cohorts/{cohort}/learners/{person}/notes", "api-mentor-note-add", Write, |asked| to(asked, api::mentoring::add_note),
        Doc::new("mentoring", "Note something of a learner; the learner sees it on no page, and gets it with their data").takes(schema::<api::mentoring::WordsJson>)
            .gives(201, schema::<api::mentoring::NoteJson>).once()),
    Route::api(Get, "/api/v1/cohorts/{cohort}/learners/{person}/messages", "api-mentor-messages", SignedIn, |asked| to(asked, api::mentoring::messages),
        Doc::new("mentoring", "What mentors wrote to a learner").gives(200, listed::<api::mentoring::NoteJson>)),
    Route::api(Post, "/api/v1/cohorts/{cohort}/learners/{person}/messages", "api-mentor-message-send", Write, |asked| to(asked, api::mentoring::send_message),
        Doc::new("mentoring", "Write to a learner by mail").takes(schema::<api::mentoring::WordsJson>)
            .gives(201, schema::<api::mentoring::NoteJson>).once()),
    Route::api(Delete, "/api/v1/cohorts/{cohort}/learners/{person}/notes/{note}", "api-mentor-note-remove", Write, |asked| to(asked, api::mentoring::remove_note),
        Doc::new("mentoring", "Remove a note, one's own or as lead another's")),
    Route::api(Get, "/api/v1/paths/{path}/pauses", "api-path-pauses", SignedIn, |asked| to(asked, api::cohorts::pauses::list),
        Doc::new("paths", "When a path rested").gives(200, listed::<api::cohorts::pauses::PauseJson>)),
    Route::api(Post, "/api/v1/paths/{path}/pauses", "api-path-rest", Write, |asked| to(asked, api::cohorts::pauses::add),
        Doc::new("paths", "Let a path rest: no digest, and the target moves").takes(schema::<api::cohorts::pauses::NewPause>)
            .gives(201, schema::<api::cohorts::pauses::PauseJson>).once()),
    Route::api(Post, "/api/v1/paths/{path}/go-on", "api-path-go-on", Write, |asked| to(asked, api::cohorts::pauses::end),
        Doc::new("paths", "End the pause of a path").gives(200, listed::<api::cohorts::pauses::PauseJson>).once()),
];
