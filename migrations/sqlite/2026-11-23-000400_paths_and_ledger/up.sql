CREATE TABLE paths (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
    revision BIGINT NOT NULL REFERENCES revisions (id) ON DELETE RESTRICT,
    target_level TEXT NOT NULL,
    target_day INTEGER,
    hours_week INTEGER NOT NULL CHECK (hours_week >= 0),
    chosen TEXT NOT NULL,
    rule TEXT NOT NULL,
    cohort BIGINT REFERENCES cohorts (id) ON DELETE SET NULL,
    started_on INTEGER NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX paths_account ON paths (account);
CREATE INDEX paths_cohort ON paths (cohort);

CREATE TABLE plans (
    path BIGINT NOT NULL REFERENCES paths (id) ON DELETE CASCADE,
    requirement TEXT NOT NULL,
    doing BOOLEAN NOT NULL,
    note TEXT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (path, requirement)
) WITHOUT ROWID;

-- The facts of the ledger: append-only, clustered by learner, all that scoring reads.
CREATE TABLE evidence (
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
    seq INTEGER NOT NULL CHECK (seq >= 1),
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('claim', 'link', 'submission', 'review', 'assessment', 'certificate', 'experience', 'recall', 'retraction')),
    trust TEXT NOT NULL CHECK (trust IN ('claimed', 'linked', 'peer', 'mentor', 'verified')),
    day INTEGER NOT NULL,
    recorded_at BIGINT NOT NULL,
    expires_on INTEGER,
    retracts INTEGER,
    recall_share INTEGER CHECK (recall_share BETWEEN 0 AND 10000),
    recall_stability INTEGER CHECK (recall_stability >= 0),
    PRIMARY KEY (account, seq),
    UNIQUE (account, retracts),
    -- deferred to the end of the statement, so that an erasure can take a whole ledger
    FOREIGN KEY (account, retracts) REFERENCES evidence (account, seq),
    CHECK ((kind = 'retraction') = (retracts IS NOT NULL)),
    CHECK (retracts < seq),
    CHECK ((recall_share IS NULL) = (recall_stability IS NULL))
) WITHOUT ROWID;

-- What each entry was about, frozen when it was recorded.
CREATE TABLE evidence_subjects (
    account BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('skill', 'criterion', 'certification', 'topic')),
    subject TEXT NOT NULL,
    step TEXT CHECK (step IN ('aware', 'working', 'independent', 'leading')),
    PRIMARY KEY (account, seq, position),
    FOREIGN KEY (account, seq) REFERENCES evidence (account, seq) ON DELETE CASCADE
) WITHOUT ROWID;

-- What people wrote: can be blanked without touching a fact.
CREATE TABLE evidence_payloads (
    account BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    title TEXT,
    note TEXT,
    url TEXT,
    issuer TEXT,
    number TEXT,
    issued_on INTEGER,
    minutes INTEGER,
    by_name TEXT,
    redacted_at BIGINT,
    PRIMARY KEY (account, seq),
    FOREIGN KEY (account, seq) REFERENCES evidence (account, seq) ON DELETE CASCADE
) WITHOUT ROWID;
