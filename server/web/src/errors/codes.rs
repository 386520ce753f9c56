//! The one table of stable codes. A code never changes its meaning; its words are the message `error-<code>` with hyphens.

/// Code and status. Fields' codes stand here too: they are shown beside their field, under the status of the whole.
pub const CODES: &[(&str, u16)] = &[
    // who is asking
    ("sign_in_needed", 401),
    ("wrong_credentials", 401),
    ("token_not_valid", 401),
    ("not_allowed", 403),
    ("scope_too_small", 403),
    ("from_another_site", 403),
    ("too_many_attempts", 429),
    // what was asked
    ("not_there", 404),
    ("wrong_method", 405),
    ("body_malformed", 400),
    ("body_too_large", 413),
    ("body_too_slow", 408),
    ("body_wrong_type", 415),
    ("query_malformed", 400),
    ("cursor_malformed", 400),
    ("fields_wrong", 422),
    ("field_unknown", 422),
    ("field_missing", 422),
    ("field_malformed", 422),
    ("idempotency_key_malformed", 400),
    ("idempotency_key_reused", 422),
    ("idempotency_key_used", 409),
    ("conflict", 409),
    ("constraint_broken", 422),
    // names
    ("name_empty", 422),
    ("name_too_long", 422),
    ("name_bad_characters", 422),
    ("username_malformed", 422),
    ("username_taken", 409),
    ("mail_malformed", 422),
    ("cohort_name_taken", 409),
    // accounts
    ("password_too_short", 422),
    ("password_too_long", 422),
    ("password_wrong", 422),
    ("passwords_differ", 422),
    ("zone_unknown", 422),
    ("language_unknown", 422),
    ("theme_unknown", 422),
    ("invitation_used", 409),
    ("invitation_gone", 404),
    ("expiry_past", 422),
    ("account_is_own", 409),
    ("last_admin", 409),
    ("username_differs", 422),
    ("set_by_configuration", 422),
    ("code_wrong", 422),
    // own data
    ("import_not_ours", 422),
    ("import_newer", 422),
    // paths
    ("level_unknown", 422),
    ("level_empty", 422),
    ("requirement_unknown", 422),
    ("target_day_past", 422),
    ("target_day_too_far", 422),
    ("hours_out_of_range", 422),
    ("chosen_unknown", 422),
    ("rule_unknown", 422),
    ("role_unknown", 422),
    ("path_exists", 409),
    ("too_many_known", 422),
    // the ledger
    ("already_retracted", 409),
    ("bad_characters", 422),
    ("certification_needs_certificate", 422),
    ("day_in_future", 422),
    ("day_malformed", 422),
    ("day_too_early", 422),
    ("entry_twice", 422),
    ("expires_before_issue", 422),
    ("kind_missing", 422),
    ("kind_not_offered", 422),
    ("missing", 422),
    ("no_such_entry", 404),
    ("not_for_this_kind", 422),
    ("only_certifications", 422),
    ("only_criteria", 422),
    ("out_of_range", 422),
    ("retracts_a_retraction", 409),
    ("step_missing", 422),
    ("step_unexpected", 422),
    ("step_unknown", 422),
    ("subject_malformed", 422),
    ("subject_twice", 422),
    ("subject_unknown", 422),
    ("too_long", 422),
    ("too_many", 422),
    ("trust_not_given", 422),
    ("url_malformed", 422),
    ("renews_another", 422),
    // reviews
    ("days_out_of_range", 422),
    ("only_submissions", 422),
    ("review_answered", 409),
    ("review_gone", 404),
    ("review_own", 403),
    ("too_many_reviews", 409),
    // plans
    ("day_is_full", 422),
    ("doing_and_skipped", 422),
    ("too_many_links", 422),
    // templates and packs
    ("revision_differs", 409),
    ("pack_refused", 422),
    ("pack_differs", 409),
    // practice
    ("card_answered", 409),
    ("topic_unknown", 422),
    ("file_too_large", 422),
    ("file_not_text", 422),
    ("file_empty", 422),
    ("too_many_rows", 422),
    ("too_many_cards", 422),
    ("grade_unknown", 422),
    ("mark_unknown", 422),
    // digests
    ("schedule_malformed", 422),
    ("unsubscribe_not_valid", 404),
    // machines
    ("internal", 500),
];

/// The status of a code; 422 for one that is not in the table, which a test forbids.
pub fn status_of(code: &str) -> u16 {
    CODES.iter().find(|(known, _)| *known == code).map_or(422, |(_, status)| *status)
}

/// The message key of a code: `username_taken` is `error-username-taken`.
pub fn message_key(code: &str) -> String {
    format!("error-{}", code.replace('_', "-"))
}
