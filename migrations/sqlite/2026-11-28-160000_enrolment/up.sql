-- Links with which people join a cohort, each as often as it has places. One that is over stays: it says who let whom in.
CREATE TABLE cohort_links (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    cohort BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    standing TEXT NOT NULL CHECK (standing IN ('learner', 'mentor')),
    places INTEGER NOT NULL CHECK (places >= 1),
    taken INTEGER NOT NULL DEFAULT 0,
    created_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    CHECK (taken BETWEEN 0 AND places)
);
CREATE INDEX cohort_links_cohort ON cohort_links (cohort);
CREATE INDEX cohort_links_created_by ON cohort_links (created_by);

-- Accounts that a cohort made from a file: until their people come in, its leads hand out one-time codes for them.
CREATE TABLE enrolled_accounts (
    account BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    cohort BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE
);
CREATE INDEX enrolled_accounts_cohort ON enrolled_accounts (cohort);
