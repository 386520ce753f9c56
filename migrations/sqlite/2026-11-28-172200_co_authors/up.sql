-- Who made a piece of work together with the learner who handed it in.
CREATE TABLE co_authors (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    account BIGINT NOT NULL,
    entry INTEGER NOT NULL,
    person BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('asked', 'confirmed', 'declined')),
    asked_at BIGINT NOT NULL,
    answered_at BIGINT,
    -- the person's own entry, once they confirmed
    own_entry INTEGER,
    FOREIGN KEY (account, entry) REFERENCES evidence (account, seq) ON DELETE CASCADE,
    UNIQUE (account, entry, person),
    CHECK (account <> person),
    CHECK ((own_entry IS NOT NULL) = (state = 'confirmed'))
);
CREATE INDEX co_authors_person ON co_authors (person, own_entry);
