-- Back behind the score.
ALTER TABLE scorecards RENAME TO scorecards_before;
CREATE TABLE scorecards (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    path BIGINT NOT NULL REFERENCES paths (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL REFERENCES revisions (id) ON DELETE RESTRICT,
    rule_digest TEXT NOT NULL,
    -- SHA-256 over settings, target level, chosen, mentored and the projection's version
    settings_hash BLOB NOT NULL CHECK (length(settings_hash) = 32),
    ledger_seq INTEGER NOT NULL CHECK (ledger_seq >= 0),
    today INTEGER NOT NULL,
    claimed INTEGER NOT NULL CHECK (claimed BETWEEN 0 AND 10000),
    proven INTEGER NOT NULL CHECK (proven BETWEEN 0 AND claimed),
    made_at BIGINT NOT NULL,
    fuel BIGINT,
    mentored BOOLEAN NOT NULL,
    target_level TEXT NOT NULL,
    settings TEXT NOT NULL,
    chosen TEXT NOT NULL,
    score TEXT NOT NULL,
    outlook TEXT,
    UNIQUE (path, revision, rule_digest, settings_hash, ledger_seq, today)
);
INSERT INTO scorecards (id, path, revision, rule_digest, settings_hash, ledger_seq, today, claimed, proven, made_at, fuel, mentored, target_level,
    settings, chosen, score, outlook)
SELECT id, path, revision, rule_digest, settings_hash, ledger_seq, today, claimed, proven, made_at, fuel, mentored, target_level,
    settings, chosen, score, outlook
FROM scorecards_before;
DROP TABLE scorecards_before;
CREATE INDEX scorecards_path_today ON scorecards (path, today, id, claimed, proven);
