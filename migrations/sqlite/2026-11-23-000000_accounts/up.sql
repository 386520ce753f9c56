-- Rows of accounts are never deleted: an erased one stays as a tombstone, so that what others wrote keeps its shape.
CREATE TABLE accounts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    username TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    mail TEXT,
    language TEXT,
    zone TEXT NOT NULL,
    theme TEXT NOT NULL CHECK (theme IN ('system', 'light', 'dark')),
    is_admin BOOLEAN NOT NULL,
    disabled BOOLEAN NOT NULL,
    password_hash TEXT,
    created_at BIGINT NOT NULL,
    erased_at BIGINT,
    ledger_seq INTEGER NOT NULL DEFAULT 0 CHECK (ledger_seq >= 0)
);

-- By public id and not by key, so that it can be replayed on a restored backup.
CREATE TABLE erasures (
    public_id BLOB NOT NULL PRIMARY KEY CHECK (length(public_id) = 16),
    at BIGINT NOT NULL
);

CREATE TABLE sessions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account);
CREATE INDEX sessions_expires_at ON sessions (expires_at);

CREATE TABLE tokens (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write', 'admin')),
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX tokens_account ON tokens (account);
