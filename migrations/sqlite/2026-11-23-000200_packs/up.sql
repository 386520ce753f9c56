CREATE TABLE plugins (
    plugin TEXT NOT NULL PRIMARY KEY,
    enabled BOOLEAN NOT NULL
);

-- A version is immutable and stays: scorecards name its digest.
CREATE TABLE packs (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plugin TEXT NOT NULL REFERENCES plugins (plugin) ON DELETE RESTRICT,
    version TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('roles', 'scoring', 'both')),
    manifest TEXT NOT NULL,
    size BIGINT NOT NULL,
    active BOOLEAN NOT NULL,
    installed_at BIGINT NOT NULL,
    archive BLOB NOT NULL,
    UNIQUE (plugin, version)
);
-- One pointer a plugin.
CREATE UNIQUE INDEX packs_active ON packs (plugin) WHERE active;

CREATE TABLE pack_stats (
    pack BIGINT NOT NULL PRIMARY KEY REFERENCES packs (id) ON DELETE CASCADE,
    calls BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    fuel_total BIGINT NOT NULL,
    fuel_max BIGINT NOT NULL,
    memory_max BIGINT NOT NULL,
    output_max BIGINT NOT NULL,
    log_lines_max INTEGER NOT NULL,
    micros_total BIGINT NOT NULL,
    micros_max BIGINT NOT NULL,
    last_call_at BIGINT NOT NULL,
    last_error_code TEXT,
    last_error_detail TEXT,
    last_error_at BIGINT
);

CREATE TABLE catalogue_documents (
    pack BIGINT NOT NULL PRIMARY KEY REFERENCES packs (id) ON DELETE CASCADE,
    document TEXT NOT NULL
);
