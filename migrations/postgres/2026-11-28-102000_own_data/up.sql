-- A short code that an admin hands over, with which a person sets a new password; one an account, gone once it is used.
CREATE TABLE reset_codes (
    account BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    -- a code is short enough to be guessed from a plain hash
    code_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries_left INTEGER NOT NULL CHECK (tries_left >= 0)
);
CREATE INDEX reset_codes_expires_at ON reset_codes (expires_at);

-- The id that an imported entry had where it was recorded, so that it is imported once.
CREATE TABLE evidence_origins (
    account BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    origin BYTEA NOT NULL CHECK (length(origin) = 16),
    PRIMARY KEY (account, seq),
    UNIQUE (account, origin),
    FOREIGN KEY (account, seq) REFERENCES evidence (account, seq) ON DELETE CASCADE
);
