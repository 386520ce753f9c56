-- What a mentor writes to a learner; it goes by mail.
CREATE TABLE mentor_messages (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    cohort BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    learner BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    by_account BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    by_name TEXT NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- it has its row in the outbox
    planned BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX mentor_messages_learner ON mentor_messages (learner, cohort);
CREATE INDEX mentor_messages_cohort ON mentor_messages (cohort);
CREATE INDEX mentor_messages_by_account ON mentor_messages (by_account);
CREATE INDEX mentor_messages_unplanned ON mentor_messages (at) WHERE NOT planned;

-- Its rows in the outbox are of a kind of their own. SQLite changes no constraint in place.
CREATE TABLE outbox_before AS SELECT * FROM outbox;
DROP TABLE outbox;
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    recipient BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('learner', 'message')),
    period TEXT NOT NULL,
    message_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'skipped', 'dead')),
    due_at BIGINT NOT NULL,
    retry_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    fence BIGINT NOT NULL DEFAULT 0,
    lease_owner TEXT,
    -- by the database's clock; everything else by the servers'
    lease_until BIGINT,
    -- the claim that handed the letter to the mail server last
    handed_off_fence BIGINT,
    ambiguous BOOLEAN NOT NULL DEFAULT FALSE,
    sent_at BIGINT,
    reason TEXT,
    created_at BIGINT NOT NULL,
    -- one mail a recipient, kind and period
    UNIQUE (recipient, kind, period),
    CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
);
INSERT INTO outbox SELECT * FROM outbox_before;
DROP TABLE outbox_before;
CREATE INDEX outbox_state_retry_at ON outbox (state, retry_at);
CREATE INDEX outbox_lease_owner ON outbox (lease_owner);
