-- Sent back for more work; what was met counts all the same.
ALTER TABLE reviews ADD COLUMN returned BOOLEAN NOT NULL DEFAULT FALSE;

-- A mentor has taken a request up; nobody else does until then.
CREATE TABLE review_claims (
    request BIGINT NOT NULL PRIMARY KEY REFERENCES review_requests (id) ON DELETE CASCADE,
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    until BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX review_claims_account ON review_claims (account);

-- “I am stuck”: a learner asks the mentors of the path's cohort about a requirement.
CREATE TABLE help_requests (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    path BIGINT NOT NULL REFERENCES paths (id) ON DELETE CASCADE,
    requirement TEXT NOT NULL,
    words TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    -- closed by the learner, or answered
    ended_at BIGINT,
    answer TEXT,
    answered_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    answered_name TEXT,
    CHECK ((answer IS NULL) = (answered_name IS NULL)),
    CHECK (answer IS NULL OR ended_at IS NOT NULL)
);
CREATE INDEX help_requests_path ON help_requests (path, requirement);
CREATE INDEX help_requests_answered_by ON help_requests (answered_by);
-- one that is open, a requirement
CREATE UNIQUE INDEX help_requests_open ON help_requests (path, requirement) WHERE ended_at IS NULL;

CREATE TABLE help_claims (
    request BIGINT NOT NULL PRIMARY KEY REFERENCES help_requests (id) ON DELETE CASCADE,
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    until BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX help_claims_account ON help_claims (account);

-- Who recorded an assessment, and for which cohort. Those of one act have one batch.
CREATE TABLE assessments (
    account BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    batch BLOB NOT NULL CHECK (length(batch) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('oral', 'attendance', 'checkpoint')),
    cohort BIGINT REFERENCES cohorts (id) ON DELETE SET NULL,
    by_account BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account, seq),
    FOREIGN KEY (account, seq) REFERENCES evidence (account, seq) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX assessments_cohort ON assessments (cohort, at);
CREATE INDEX assessments_batch ON assessments (batch);
CREATE INDEX assessments_by_account ON assessments (by_account);

-- What mentors write for each other about a learner.
CREATE TABLE mentor_notes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    cohort BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    learner BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    by_account BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    by_name TEXT NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX mentor_notes_learner ON mentor_notes (learner, cohort);
CREATE INDEX mentor_notes_cohort ON mentor_notes (cohort);
CREATE INDEX mentor_notes_by_account ON mentor_notes (by_account);
