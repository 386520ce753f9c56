-- The number of the entry that this one renews or reviews.
ALTER TABLE evidence_payloads ADD COLUMN follows INTEGER;

ALTER TABLE plans ADD COLUMN skipped BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE plan_links (
    path BIGINT NOT NULL REFERENCES paths (id) ON DELETE CASCADE,
    requirement TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (path, requirement, position)
) WITHOUT ROWID;

-- Time spent, a row a local day.
CREATE TABLE plan_minutes (
    path BIGINT NOT NULL REFERENCES paths (id) ON DELETE CASCADE,
    requirement TEXT NOT NULL,
    day INTEGER NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    PRIMARY KEY (path, requirement, day)
) WITHOUT ROWID;

-- Somebody is asked to look at one submission. The token is the secret of an expiring link, for people without an
-- account; a request without one is for somebody who signs in.
CREATE TABLE review_requests (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    account BIGINT NOT NULL,
    entry INTEGER NOT NULL,
    token_hash BLOB UNIQUE CHECK (length(token_hash) = 32),
    reviewer TEXT NOT NULL,
    message TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    FOREIGN KEY (account, entry) REFERENCES evidence (account, seq) ON DELETE CASCADE,
    CHECK ((token_hash IS NULL) = (expires_at IS NULL))
);
CREATE INDEX review_requests_entry ON review_requests (account, entry);

-- What was answered. An outside reviewer answers once; a second look is another version.
CREATE TABLE reviews (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    request BIGINT NOT NULL REFERENCES review_requests (id) ON DELETE CASCADE,
    version INTEGER NOT NULL CHECK (version >= 1),
    by_account BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    by_name TEXT NOT NULL,
    comment TEXT,
    at BIGINT NOT NULL,
    -- the learner's entry that it became
    entry INTEGER NOT NULL,
    UNIQUE (request, version)
);
CREATE INDEX reviews_by_account ON reviews (by_account);

CREATE TABLE review_verdicts (
    review BIGINT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('skill', 'criterion', 'certification', 'topic')),
    subject TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('met', 'not-met', 'cannot-say')),
    comment TEXT,
    PRIMARY KEY (review, position)
) WITHOUT ROWID;
