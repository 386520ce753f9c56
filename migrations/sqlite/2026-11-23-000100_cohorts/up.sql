CREATE TABLE cohorts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    name TEXT NOT NULL UNIQUE,
    starts_on INTEGER NOT NULL,
    ends_on INTEGER NOT NULL,
    zone TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE memberships (
    cohort BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    standing TEXT NOT NULL CHECK (standing IN ('learner', 'mentor', 'lead')),
    state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'dropped', 'completed')),
    since BIGINT NOT NULL,
    PRIMARY KEY (cohort, account)
);
CREATE INDEX memberships_account ON memberships (account);

-- A used invitation stays for a while: it says who invited whom.
CREATE TABLE invitations (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    kind TEXT NOT NULL CHECK (kind IN ('first-admin', 'invite')),
    name TEXT,
    mail TEXT,
    is_admin BOOLEAN NOT NULL,
    cohort BIGINT REFERENCES cohorts (id) ON DELETE CASCADE,
    standing TEXT CHECK (standing IN ('learner', 'mentor', 'lead')),
    created_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    used_at BIGINT,
    CHECK ((cohort IS NULL) = (standing IS NULL))
);
CREATE INDEX invitations_used_at ON invitations (used_at, expires_at);
