DELETE FROM outbox WHERE kind = 'mentor';
DELETE FROM digest_schedules WHERE kind = 'mentor';
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
CREATE TABLE digest_schedules_before AS SELECT * FROM digest_schedules;
DROP TABLE digest_schedules;
CREATE TABLE digest_schedules (
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('learner')),
    rule TEXT NOT NULL,
    next_at BIGINT,
    next_period TEXT,
    unsubscribed BOOLEAN NOT NULL,
    PRIMARY KEY (account, kind),
    CHECK ((next_at IS NULL) = (next_period IS NULL))
);
INSERT INTO digest_schedules SELECT * FROM digest_schedules_before;
DROP TABLE digest_schedules_before;
CREATE INDEX digest_schedules_next_at ON digest_schedules (next_at);
DROP TABLE cohort_alerts;
DROP TABLE alert_settings;
