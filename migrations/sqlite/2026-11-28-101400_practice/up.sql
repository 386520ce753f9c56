-- Decks of questions that packs bring, as validation left them.
CREATE TABLE question_decks (
    pack BIGINT NOT NULL REFERENCES packs (id) ON DELETE CASCADE,
    deck TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (pack, deck)
) WITHOUT ROWID;

CREATE TABLE practice_decks (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX practice_decks_account ON practice_decks (account);

CREATE TABLE practice_cards (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    deck BIGINT NOT NULL REFERENCES practice_decks (id) ON DELETE CASCADE,
    front TEXT NOT NULL,
    back TEXT NOT NULL,
    topic TEXT
);
CREATE INDEX practice_cards_deck ON practice_cards (deck);

-- What a learner remembers of a card, shipped or own: cards are known by a written key, so that a deck may go and come back.
CREATE TABLE practice_states (
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
    card TEXT NOT NULL,
    phase TEXT CHECK (phase IN ('learning', 'review', 'relearning')),
    stability INTEGER CHECK (stability >= 1),
    difficulty INTEGER CHECK (difficulty >= 0),
    reps INTEGER NOT NULL CHECK (reps >= 0),
    lapses INTEGER NOT NULL CHECK (lapses >= 0),
    reviewed_on INTEGER,
    due_on INTEGER,
    due_at BIGINT,
    suspended BOOLEAN NOT NULL,
    leech BOOLEAN NOT NULL,
    buried_until INTEGER,
    PRIMARY KEY (account, card),
    CHECK ((phase IS NULL) = (stability IS NULL)),
    CHECK ((phase IS NULL) = (difficulty IS NULL)),
    CHECK ((phase IS NULL) = (reviewed_on IS NULL)),
    CHECK ((phase IS NULL) = (due_on IS NULL AND due_at IS NULL))
) WITHOUT ROWID;

-- Every answer, append-only.
CREATE TABLE practice_reviews (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
    card TEXT NOT NULL,
    day INTEGER NOT NULL,
    at BIGINT NOT NULL,
    grade TEXT NOT NULL CHECK (grade IN ('again', 'hard', 'good', 'easy')),
    phase TEXT NOT NULL CHECK (phase IN ('new', 'learning', 'review', 'relearning')),
    elapsed_days INTEGER NOT NULL CHECK (elapsed_days >= 0),
    stability INTEGER NOT NULL CHECK (stability >= 1)
);
CREATE INDEX practice_reviews_account ON practice_reviews (account, day);

CREATE TABLE practice_settings (
    account BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE RESTRICT,
    new_a_day INTEGER NOT NULL CHECK (new_a_day >= 0),
    reviews_a_day INTEGER NOT NULL CHECK (reviews_a_day >= 0)
);

-- Topics that were practised since the ledger last said how they stand.
CREATE TABLE practice_unsettled (
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
    topic TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account, topic)
) WITHOUT ROWID;
CREATE INDEX practice_unsettled_at ON practice_unsettled (at);

CREATE TABLE interviews (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    started_at BIGINT NOT NULL
);
CREATE INDEX interviews_account ON interviews (account);

-- Questions are copied, so that an interview can be read again when its deck has changed.
CREATE TABLE interview_questions (
    interview BIGINT NOT NULL REFERENCES interviews (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 1),
    topic TEXT NOT NULL,
    question TEXT NOT NULL,
    covers TEXT NOT NULL,
    opened_at BIGINT,
    answered_at BIGINT,
    notes TEXT,
    mark TEXT CHECK (mark IN ('missed', 'partly', 'good')),
    PRIMARY KEY (interview, position)
) WITHOUT ROWID;
