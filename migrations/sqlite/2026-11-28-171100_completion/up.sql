-- What a cohort asks of who completes it. A cohort without a row takes the lead's word.
CREATE TABLE completion_rules (
    cohort BIGINT NOT NULL PRIMARY KEY REFERENCES cohorts (id) ON DELETE CASCADE,
    readiness INTEGER CHECK (readiness BETWEEN 100 AND 10000),
    measure TEXT NOT NULL CHECK (measure IN ('claimed', 'proven')),
    -- roles with ids of requirements, as JSON
    requirements TEXT NOT NULL,
    word BOOLEAN NOT NULL
) WITHOUT ROWID;

-- What became of a learner. Without their consent a lead sees that it was told, not what.
CREATE TABLE member_outcomes (
    cohort BIGINT NOT NULL,
    account BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('hired', 'study', 'business', 'other', 'unknown')),
    day INTEGER NOT NULL,
    title TEXT,
    employer TEXT,
    -- the learner, or a lead
    recorded_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    recorded_at BIGINT NOT NULL,
    consented_at BIGINT,
    PRIMARY KEY (cohort, account),
    FOREIGN KEY (cohort, account) REFERENCES memberships (cohort, account) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX member_outcomes_recorded_by ON member_outcomes (recorded_by);
