-- Immutable, and never purged: paths and scorecards pin them.
CREATE TABLE revisions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    role TEXT NOT NULL,
    version TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    canonical TEXT NOT NULL,
    UNIQUE (role, version)
);

-- Everyone who offers the same revision; it is on offer while one of them is.
CREATE TABLE revision_origins (
    revision BIGINT NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
    origin TEXT NOT NULL,
    PRIMARY KEY (revision, origin)
);
