-- Files that were handed in with work.
CREATE TABLE attachments (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    account BIGINT NOT NULL,
    entry INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg', 'text')),
    size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 10485760),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    added_at BIGINT NOT NULL,
    FOREIGN KEY (account, entry) REFERENCES evidence (account, seq) ON DELETE CASCADE
);
CREATE INDEX attachments_entry ON attachments (account, entry);

-- Their bytes, apart, so that nothing that lists files walks over them.
CREATE TABLE attachment_contents (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES attachments (id) ON DELETE CASCADE,
    content BLOB NOT NULL
);
