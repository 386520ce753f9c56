-- Links to a summary for a sponsor, of one learner or of a whole cohort. One that is over stays: it says what was asked.
CREATE TABLE summary_links (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    cohort BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    learner BIGINT REFERENCES accounts (id) ON DELETE CASCADE,
    -- whom it is for
    label TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX summary_links_cohort ON summary_links (cohort);
CREATE INDEX summary_links_learner ON summary_links (learner);
CREATE INDEX summary_links_created_by ON summary_links (created_by);

-- Learners who consent to be in it. A consent that was taken back is no row.
CREATE TABLE summary_consents (
    link BIGINT NOT NULL REFERENCES summary_links (id) ON DELETE CASCADE,
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (link, account)
) WITHOUT ROWID;
CREATE INDEX summary_consents_account ON summary_consents (account);
