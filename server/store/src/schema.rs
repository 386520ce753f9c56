//! Tables, in words that fit both databases. The migrations are the truth; a test selects every column.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    accounts (id) {
        id -> BigInt,
        public_id -> Binary,
        username -> Text,
        name -> Text,
        mail -> Nullable<Text>,
        language -> Nullable<Text>,
        zone -> Text,
        theme -> Text,
        is_admin -> Bool,
        disabled -> Bool,
        password_hash -> Nullable<Text>,
        created_at -> BigInt,
        erased_at -> Nullable<BigInt>,
        ledger_seq -> Integer,
    }
}

table! {
    erasures (public_id) {
        public_id -> Binary,
        at -> BigInt,
    }
}

table! {
    reset_codes (account) {
        account -> BigInt,
        code_hash -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        tries_left -> Integer,
    }
}

table! {
    sessions (id) {
        id -> BigInt,
        account -> BigInt,
        token_hash -> Binary,
        created_at -> BigInt,
        last_seen_at -> BigInt,
        expires_at -> BigInt,
        user_agent -> Text,
        address -> Text,
    }
}

table! {
    tokens (id) {
        id -> BigInt,
        account -> BigInt,
        public_id -> Binary,
        name -> Text,
        token_hash -> Binary,
        scope -> Text,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        last_used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

table! {
    cohorts (id) {
        id -> BigInt,
        public_id -> Binary,
        name -> Text,
        starts_on -> Integer,
        ends_on -> Integer,
        zone -> Text,
        created_at -> BigInt,
    }
}

table! {
    memberships (cohort, account) {
        cohort -> BigInt,
        account -> BigInt,
        standing -> Text,
        state -> Text,
        since -> BigInt,
    }
}

table! {
    cohort_setups (cohort) {
        cohort -> BigInt,
        weekdays -> Integer,
        rule -> Text,
        measure -> Text,
        band -> Integer,
        silent_after -> Nullable<Integer>,
        waiting_after -> Nullable<Integer>,
    }
}

table! {
    cohort_holidays (cohort, first_day) {
        cohort -> BigInt,
        first_day -> Integer,
        last_day -> Integer,
        name -> Text,
    }
}

table! {
    cohort_roles (cohort, role) {
        cohort -> BigInt,
        role -> Text,
        position -> Integer,
        revision -> BigInt,
        target_level -> Text,
        chosen -> Text,
    }
}

table! {
    cohort_plan (cohort, role, kind, item) {
        cohort -> BigInt,
        role -> Text,
        kind -> Text,
        item -> Text,
        week -> Integer,
    }
}

table! {
    member_spans (id) {
        id -> BigInt,
        cohort -> BigInt,
        account -> BigInt,
        state -> Text,
        first_day -> Integer,
        reason -> Nullable<Text>,
        moved_to -> Nullable<BigInt>,
        recorded_by -> Nullable<BigInt>,
        recorded_at -> BigInt,
    }
}

table! {
    member_terms (cohort, account) {
        cohort -> BigInt,
        account -> BigInt,
        starts_on -> Nullable<Integer>,
        factor -> Integer,
        extension -> Integer,
        mentor -> Nullable<BigInt>,
    }
}

table! {
    withheld_entries (cohort, account, seq) {
        cohort -> BigInt,
        account -> BigInt,
        seq -> Integer,
    }
}

table! {
    path_pauses (path, first_day) {
        path -> BigInt,
        first_day -> Integer,
        last_day -> Nullable<Integer>,
    }
}

table! {
    cohort_links (id) {
        id -> BigInt,
        public_id -> Binary,
        cohort -> BigInt,
        token_hash -> Binary,
        standing -> Text,
        places -> Integer,
        taken -> Integer,
        created_by -> Nullable<BigInt>,
        created_at -> BigInt,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

table! {
    summary_links (id) {
        id -> BigInt,
        public_id -> Binary,
        cohort -> BigInt,
        learner -> Nullable<BigInt>,
        label -> Text,
        token_hash -> Binary,
        created_by -> Nullable<BigInt>,
        created_at -> BigInt,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

table! {
    summary_consents (link, account) {
        link -> BigInt,
        account -> BigInt,
        given_at -> BigInt,
    }
}

table! {
    enrolled_accounts (account) {
        account -> BigInt,
        cohort -> BigInt,
    }
}

table! {
    invitations (id) {
        id -> BigInt,
        public_id -> Binary,
        token_hash -> Binary,
        kind -> Text,
        name -> Nullable<Text>,
        mail -> Nullable<Text>,
        is_admin -> Bool,
        cohort -> Nullable<BigInt>,
        standing -> Nullable<Text>,
        created_by -> Nullable<BigInt>,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_by -> Nullable<BigInt>,
        used_at -> Nullable<BigInt>,
    }
}

table! {
    plugins (plugin) {
        plugin -> Text,
        enabled -> Bool,
    }
}

table! {
    packs (id) {
        id -> BigInt,
        plugin -> Text,
        version -> Text,
        digest -> Text,
        kind -> Text,
        manifest -> Text,
        size -> BigInt,
        active -> Bool,
        installed_at -> BigInt,
        archive -> Binary,
    }
}

table! {
    pack_stats (pack) {
        pack -> BigInt,
        calls -> BigInt,
        failures -> BigInt,
        fuel_total -> BigInt,
        fuel_max -> BigInt,
        memory_max -> BigInt,
        output_max -> BigInt,
        log_lines_max -> Integer,
        micros_total -> BigInt,
        micros_max -> BigInt,
        last_call_at -> BigInt,
        last_error_code -> Nullable<Text>,
        last_error_detail -> Nullable<Text>,
        last_error_at -> Nullable<BigInt>,
    }
}

table! {
    catalogue_documents (pack) {
        pack -> BigInt,
        document -> Text,
    }
}

table! {
    revisions (id) {
        id -> BigInt,
        role -> Text,
        version -> Text,
        hash -> Text,
        origin -> Text,
        created_at -> BigInt,
        canonical -> Text,
    }
}

table! {
    revision_origins (revision, origin) {
        revision -> BigInt,
        origin -> Text,
    }
}

table! {
    paths (id) {
        id -> BigInt,
        public_id -> Binary,
        account -> BigInt,
        revision -> BigInt,
        target_level -> Text,
        target_day -> Nullable<Integer>,
        hours_week -> Integer,
        chosen -> Text,
        rule -> Text,
        cohort -> Nullable<BigInt>,
        started_on -> Integer,
        created_at -> BigInt,
    }
}

table! {
    plans (path, requirement) {
        path -> BigInt,
        requirement -> Text,
        doing -> Bool,
        note -> Nullable<Text>,
        updated_at -> BigInt,
        skipped -> Bool,
    }
}

table! {
    plan_links (path, requirement, position) {
        path -> BigInt,
        requirement -> Text,
        position -> Integer,
        title -> Text,
        url -> Text,
    }
}

table! {
    plan_minutes (path, requirement, day) {
        path -> BigInt,
        requirement -> Text,
        day -> Integer,
        minutes -> Integer,
    }
}

table! {
    co_authors (id) {
        id -> BigInt,
        public_id -> Binary,
        account -> BigInt,
        entry -> Integer,
        person -> BigInt,
        state -> Text,
        asked_at -> BigInt,
        answered_at -> Nullable<BigInt>,
        own_entry -> Nullable<Integer>,
    }
}

table! {
    attachments (id) {
        id -> BigInt,
        public_id -> Binary,
        account -> BigInt,
        entry -> Integer,
        name -> Text,
        kind -> Text,
        size -> Integer,
        sha256 -> Binary,
        added_at -> BigInt,
    }
}

table! {
    attachment_contents (id) {
        id -> BigInt,
        content -> Binary,
    }
}

table! {
    review_requests (id) {
        id -> BigInt,
        public_id -> Binary,
        account -> BigInt,
        entry -> Integer,
        token_hash -> Nullable<Binary>,
        reviewer -> Text,
        message -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

table! {
    reviews (id) {
        id -> BigInt,
        request -> BigInt,
        version -> Integer,
        by_account -> Nullable<BigInt>,
        by_name -> Text,
        comment -> Nullable<Text>,
        at -> BigInt,
        entry -> Integer,
        returned -> Bool,
    }
}

table! {
    review_verdicts (review, position) {
        review -> BigInt,
        position -> Integer,
        kind -> Text,
        subject -> Text,
        verdict -> Text,
        comment -> Nullable<Text>,
        level -> Nullable<Text>,
        level_name -> Nullable<Text>,
    }
}

table! {
    review_drafts (request, account) {
        request -> BigInt,
        account -> BigInt,
        draft -> Text,
        saved_at -> BigInt,
    }
}

table! {
    evidence (account, seq) {
        account -> BigInt,
        seq -> Integer,
        public_id -> Binary,
        kind -> Text,
        trust -> Text,
        day -> Integer,
        recorded_at -> BigInt,
        expires_on -> Nullable<Integer>,
        retracts -> Nullable<Integer>,
        recall_share -> Nullable<Integer>,
        recall_stability -> Nullable<Integer>,
    }
}

table! {
    evidence_subjects (account, seq, position) {
        account -> BigInt,
        seq -> Integer,
        position -> Integer,
        kind -> Text,
        subject -> Text,
        step -> Nullable<Text>,
    }
}

table! {
    evidence_origins (account, seq) {
        account -> BigInt,
        seq -> Integer,
        origin -> Binary,
    }
}

table! {
    evidence_payloads (account, seq) {
        account -> BigInt,
        seq -> Integer,
        title -> Nullable<Text>,
        note -> Nullable<Text>,
        url -> Nullable<Text>,
        issuer -> Nullable<Text>,
        number -> Nullable<Text>,
        issued_on -> Nullable<Integer>,
        minutes -> Nullable<Integer>,
        by_name -> Nullable<Text>,
        redacted_at -> Nullable<BigInt>,
        follows -> Nullable<Integer>,
    }
}

table! {
    scorecards (id) {
        id -> BigInt,
        path -> BigInt,
        revision -> BigInt,
        rule_digest -> Text,
        settings_hash -> Binary,
        ledger_seq -> Integer,
        today -> Integer,
        claimed -> Integer,
        proven -> Integer,
        made_at -> BigInt,
        fuel -> Nullable<BigInt>,
        mentored -> Bool,
        target_level -> Text,
        settings -> Text,
        chosen -> Text,
        outlook -> Nullable<Text>,
        score -> Text,
    }
}

table! {
    digest_schedules (account, kind) {
        account -> BigInt,
        kind -> Text,
        rule -> Text,
        next_at -> Nullable<BigInt>,
        next_period -> Nullable<Text>,
        unsubscribed -> Bool,
    }
}

table! {
    outbox (id) {
        id -> BigInt,
        recipient -> BigInt,
        kind -> Text,
        period -> Text,
        message_id -> Text,
        state -> Text,
        due_at -> BigInt,
        retry_at -> BigInt,
        attempts -> Integer,
        fence -> BigInt,
        lease_owner -> Nullable<Text>,
        lease_until -> Nullable<BigInt>,
        handed_off_fence -> Nullable<BigInt>,
        ambiguous -> Bool,
        sent_at -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        created_at -> BigInt,
    }
}

table! {
    instance_settings (key) {
        key -> Text,
        value -> Text,
    }
}

table! {
    instance_secrets (name) {
        name -> Text,
        secret -> Binary,
    }
}

table! {
    instance_version (id) {
        id -> Integer,
        version -> BigInt,
    }
}

table! {
    audit (id) {
        id -> BigInt,
        at -> BigInt,
        actor -> Nullable<BigInt>,
        actor_name -> Text,
        act -> Text,
        subject -> Text,
        detail -> Text,
        request_id -> Nullable<Text>,
    }
}

table! {
    idempotency_keys (account, key) {
        account -> BigInt,
        key -> Text,
        fingerprint -> Binary,
        status -> Integer,
        body -> Text,
        at -> BigInt,
    }
}

table! {
    question_decks (pack, deck) {
        pack -> BigInt,
        deck -> Text,
        document -> Text,
    }
}

table! {
    practice_decks (id) {
        id -> BigInt,
        public_id -> Binary,
        account -> BigInt,
        name -> Text,
        created_at -> BigInt,
    }
}

table! {
    practice_cards (id) {
        id -> BigInt,
        public_id -> Binary,
        deck -> BigInt,
        front -> Text,
        back -> Text,
        topic -> Nullable<Text>,
    }
}

table! {
    practice_states (account, card) {
        account -> BigInt,
        card -> Text,
        phase -> Nullable<Text>,
        stability -> Nullable<Integer>,
        difficulty -> Nullable<Integer>,
        reps -> Integer,
        lapses -> Integer,
        reviewed_on -> Nullable<Integer>,
        due_on -> Nullable<Integer>,
        due_at -> Nullable<BigInt>,
        suspended -> Bool,
        leech -> Bool,
        buried_until -> Nullable<Integer>,
    }
}

table! {
    practice_reviews (id) {
        id -> BigInt,
        account -> BigInt,
        card -> Text,
        day -> Integer,
        at -> BigInt,
        grade -> Text,
        phase -> Text,
        elapsed_days -> Integer,
        stability -> Integer,
    }
}

table! {
    practice_settings (account) {
        account -> BigInt,
        new_a_day -> Integer,
        reviews_a_day -> Integer,
    }
}

table! {
    practice_unsettled (account, topic) {
        account -> BigInt,
        topic -> Text,
        at -> BigInt,
    }
}

table! {
    interviews (id) {
        id -> BigInt,
        public_id -> Binary,
        account -> BigInt,
        minutes -> Integer,
        started_at -> BigInt,
    }
}

table! {
    interview_questions (interview, position) {
        interview -> BigInt,
        position -> Integer,
        topic -> Text,
        question -> Text,
        covers -> Text,
        opened_at -> Nullable<BigInt>,
        answered_at -> Nullable<BigInt>,
        notes -> Nullable<Text>,
        mark -> Nullable<Text>,
    }
}

table! {
    review_claims (request) {
        request -> BigInt,
        account -> BigInt,
        until -> BigInt,
    }
}

table! {
    help_requests (id) {
        id -> BigInt,
        public_id -> Binary,
        path -> BigInt,
        requirement -> Text,
        words -> Text,
        asked_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        answer -> Nullable<Text>,
        answered_by -> Nullable<BigInt>,
        answered_name -> Nullable<Text>,
    }
}

table! {
    help_claims (request) {
        request -> BigInt,
        account -> BigInt,
        until -> BigInt,
    }
}

table! {
    assessments (account, seq) {
        account -> BigInt,
        seq -> Integer,
        batch -> Binary,
        kind -> Text,
        cohort -> Nullable<BigInt>,
        by_account -> Nullable<BigInt>,
        at -> BigInt,
    }
}

table! {
    mentor_messages (id) {
        id -> BigInt,
        public_id -> Binary,
        cohort -> BigInt,
        learner -> BigInt,
        by_account -> Nullable<BigInt>,
        by_name -> Text,
        words -> Text,
        at -> BigInt,
        planned -> Bool,
    }
}

table! {
    mentor_notes (id) {
        id -> BigInt,
        public_id -> Binary,
        cohort -> BigInt,
        learner -> BigInt,
        by_account -> Nullable<BigInt>,
        by_name -> Text,
        words -> Text,
        at -> BigInt,
    }
}

table! {
    cohort_upgrades (id) {
        id -> BigInt,
        cohort -> BigInt,
        role -> Text,
        from_revision -> BigInt,
        to_revision -> BigInt,
        aims_before -> Text,
        aims_after -> Text,
        weeks_before -> Text,
        at -> BigInt,
    }
}

table! {
    path_upgrades (id) {
        id -> BigInt,
        path -> BigInt,
        cohort_upgrade -> Nullable<BigInt>,
        from_revision -> BigInt,
        to_revision -> BigInt,
        aims_before -> Text,
        aims_after -> Text,
        at -> BigInt,
    }
}

joinable!(sessions -> accounts (account));
joinable!(tokens -> accounts (account));
joinable!(memberships -> accounts (account));
joinable!(cohort_links -> cohorts (cohort));
joinable!(summary_consents -> summary_links (link));
joinable!(enrolled_accounts -> accounts (account));
joinable!(digest_schedules -> accounts (account));
joinable!(packs -> plugins (plugin));
joinable!(catalogue_documents -> packs (pack));
joinable!(question_decks -> packs (pack));
joinable!(practice_cards -> practice_decks (deck));
joinable!(interview_questions -> interviews (interview));
joinable!(revision_origins -> revisions (revision));
joinable!(scorecards -> paths (path));
joinable!(plan_minutes -> paths (path));
joinable!(reviews -> review_requests (request));
joinable!(attachment_contents -> attachments (id));
joinable!(scorecards -> revisions (revision));
joinable!(paths -> revisions (revision));
joinable!(help_requests -> paths (path));
joinable!(review_claims -> review_requests (request));
joinable!(review_drafts -> review_requests (request));
joinable!(help_claims -> help_requests (request));
joinable!(alert_settings -> cohorts (cohort));
joinable!(cohort_alerts -> accounts (account));

allow_tables_to_appear_in_same_query!(accounts, sessions);
allow_tables_to_appear_in_same_query!(accounts, tokens);
allow_tables_to_appear_in_same_query!(accounts, memberships);
allow_tables_to_appear_in_same_query!(cohort_links, cohorts);
allow_tables_to_appear_in_same_query!(summary_consents, summary_links);
allow_tables_to_appear_in_same_query!(enrolled_accounts, accounts);
allow_tables_to_appear_in_same_query!(co_authors, memberships);
allow_tables_to_appear_in_same_query!(evidence, memberships);
allow_tables_to_appear_in_same_query!(evidence_origins, memberships);
allow_tables_to_appear_in_same_query!(evidence_subjects, memberships);
allow_tables_to_appear_in_same_query!(review_requests, memberships);
allow_tables_to_appear_in_same_query!(reviews, memberships);
allow_tables_to_appear_in_same_query!(accounts, digest_schedules);
allow_tables_to_appear_in_same_query!(plugins, packs, catalogue_documents, question_decks);
allow_tables_to_appear_in_same_query!(practice_cards, practice_decks);
allow_tables_to_appear_in_same_query!(interviews, interview_questions);
allow_tables_to_appear_in_same_query!(revision_origins, revisions);
allow_tables_to_appear_in_same_query!(accounts, evidence, evidence_origins, withheld_entries);
allow_tables_to_appear_in_same_query!(scorecards, paths, revisions);
allow_tables_to_appear_in_same_query!(plan_minutes, paths);
allow_tables_to_appear_in_same_query!(reviews, review_requests);
allow_tables_to_appear_in_same_query!(attachments, attachment_contents);
allow_tables_to_appear_in_same_query!(evidence, evidence_payloads);
allow_tables_to_appear_in_same_query!(help_requests, help_claims, paths);
allow_tables_to_appear_in_same_query!(help_requests, memberships);
allow_tables_to_appear_in_same_query!(help_claims, memberships);
allow_tables_to_appear_in_same_query!(paths, memberships);
allow_tables_to_appear_in_same_query!(review_claims, review_requests);
allow_tables_to_appear_in_same_query!(review_drafts, review_requests);
allow_tables_to_appear_in_same_query!(review_claims, memberships);
allow_tables_to_appear_in_same_query!(evidence, review_requests);
allow_tables_to_appear_in_same_query!(evidence, reviews);
allow_tables_to_appear_in_same_query!(alert_settings, cohorts);
allow_tables_to_appear_in_same_query!(cohort_alerts, accounts);

table! {
    alert_settings (cohort) {
        cohort -> BigInt,
        silent -> Nullable<Integer>,
        behind -> Nullable<Integer>,
        waiting -> Nullable<Integer>,
        lapsing -> Nullable<Integer>,
        quiet -> Integer,
        version -> BigInt,
        looked_through -> Nullable<Integer>,
    }
}

table! {
    cohort_alerts (id) {
        id -> BigInt,
        public_id -> Binary,
        cohort -> BigInt,
        account -> BigInt,
        kind -> Text,
        event -> Text,
        figure -> Integer,
        day -> Integer,
        raised_on -> Integer,
        raised_at -> BigInt,
        over_on -> Nullable<Integer>,
        dismissed_by -> Nullable<BigInt>,
        dismissed_at -> Nullable<BigInt>,
    }
}

table! {
    completion_rules (cohort) {
        cohort -> BigInt,
        readiness -> Nullable<Integer>,
        measure -> Text,
        requirements -> Text,
        word -> Bool,
    }
}

table! {
    member_outcomes (cohort, account) {
        cohort -> BigInt,
        account -> BigInt,
        kind -> Text,
        day -> Integer,
        title -> Nullable<Text>,
        employer -> Nullable<Text>,
        recorded_by -> Nullable<BigInt>,
        recorded_at -> BigInt,
        consented_at -> Nullable<BigInt>,
    }
}
