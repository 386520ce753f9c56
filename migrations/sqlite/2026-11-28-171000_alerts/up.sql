-- What a lead is told of without looking; a kind without a limit is off. A cohort without a row is told of nothing.
CREATE TABLE alert_settings (
    cohort BIGINT NOT NULL PRIMARY KEY REFERENCES cohorts (id) ON DELETE CASCADE,
    silent INTEGER CHECK (silent BETWEEN 1 AND 60),
    behind INTEGER CHECK (behind BETWEEN 100 AND 10000),
    waiting INTEGER CHECK (waiting BETWEEN 1 AND 60),
    lapsing INTEGER CHECK (lapsing BETWEEN 1 AND 180),
    quiet INTEGER NOT NULL CHECK (quiet BETWEEN 1 AND 90),
    -- grows with every change: what was looked at by the settings of before is not kept
    version BIGINT NOT NULL,
    -- the last day at whose end it was looked
    looked_through INTEGER
) WITHOUT ROWID;

-- One row an event, for ever: it is raised once. No text, so that nothing is told that the cohort may not see any more.
CREATE TABLE cohort_alerts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    cohort BIGINT NOT NULL,
    account BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('silent', 'behind', 'waiting', 'lapsing')),
    event TEXT NOT NULL,
    figure INTEGER NOT NULL CHECK (figure >= 0),
    day INTEGER NOT NULL,
    -- the cohort's day
    raised_on INTEGER NOT NULL,
    raised_at BIGINT NOT NULL,
    over_on INTEGER,
    dismissed_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    dismissed_at BIGINT,
    UNIQUE (cohort, account, kind, event),
    FOREIGN KEY (cohort, account) REFERENCES memberships (cohort, account) ON DELETE CASCADE
);
CREATE INDEX cohort_alerts_raised_at ON cohort_alerts (cohort, raised_at);
CREATE INDEX cohort_alerts_dismissed_by ON cohort_alerts (dismissed_by);

-- Mentors have a digest of their own. SQLite changes no constraint in place.
CREATE TABLE outbox_before AS SELECT * FROM outbox;
DROP TABLE outbox;
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    recipient BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('learner', 'mentor', 'message')),
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
    kind TEXT NOT NULL CHECK (kind IN ('learner', 'mentor')),
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
