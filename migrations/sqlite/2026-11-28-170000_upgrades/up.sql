-- Revisions that a cohort took over, or the set-up that its paths were brought to, as long as that can be undone. What
-- the role was before, and what became of it; weeks as they were before.
CREATE TABLE cohort_upgrades (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    cohort BIGINT NOT NULL,
    role TEXT NOT NULL,
    from_revision BIGINT NOT NULL REFERENCES revisions (id),
    to_revision BIGINT NOT NULL REFERENCES revisions (id),
    aims_before TEXT NOT NULL,
    aims_after TEXT NOT NULL,
    weeks_before TEXT NOT NULL,
    at BIGINT NOT NULL,
    FOREIGN KEY (cohort, role) REFERENCES cohort_roles (cohort, role) ON DELETE CASCADE
);
CREATE INDEX cohort_upgrades_role ON cohort_upgrades (cohort, role, id);
CREATE INDEX cohort_upgrades_from ON cohort_upgrades (from_revision);
CREATE INDEX cohort_upgrades_to ON cohort_upgrades (to_revision);

-- The same of a path; with a cohort's where that took it along.
CREATE TABLE path_upgrades (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    path BIGINT NOT NULL REFERENCES paths (id) ON DELETE CASCADE,
    cohort_upgrade BIGINT REFERENCES cohort_upgrades (id) ON DELETE CASCADE,
    from_revision BIGINT NOT NULL REFERENCES revisions (id),
    to_revision BIGINT NOT NULL REFERENCES revisions (id),
    aims_before TEXT NOT NULL,
    aims_after TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX path_upgrades_path ON path_upgrades (path, id);
CREATE INDEX path_upgrades_cohort_upgrade ON path_upgrades (cohort_upgrade);
CREATE INDEX path_upgrades_from ON path_upgrades (from_revision);
CREATE INDEX path_upgrades_to ON path_upgrades (to_revision);
