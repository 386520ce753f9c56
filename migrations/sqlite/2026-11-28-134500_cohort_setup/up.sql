-- What a school decides for a cohort. A cohort without a row has the domain's defaults.
CREATE TABLE cohort_setups (
    cohort BIGINT NOT NULL PRIMARY KEY REFERENCES cohorts (id) ON DELETE CASCADE,
    -- Monday 1, Tuesday 2, … Sunday 64
    weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
    rule TEXT NOT NULL,
    measure TEXT NOT NULL CHECK (measure IN ('claimed', 'proven')),
    band INTEGER NOT NULL CHECK (band BETWEEN 100 AND 5000),
    silent_after INTEGER CHECK (silent_after BETWEEN 1 AND 60),
    waiting_after INTEGER CHECK (waiting_after BETWEEN 1 AND 60)
) WITHOUT ROWID;

CREATE TABLE cohort_holidays (
    cohort BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (cohort, first_day),
    CHECK (last_day >= first_day)
) WITHOUT ROWID;

CREATE TABLE cohort_roles (
    cohort BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    revision BIGINT NOT NULL REFERENCES revisions (id),
    target_level TEXT NOT NULL,
    chosen TEXT NOT NULL,
    PRIMARY KEY (cohort, role)
) WITHOUT ROWID;
CREATE INDEX cohort_roles_revision ON cohort_roles (revision);

-- Weeks that a lead chose; every other part of a role has the week that the domain suggests.
CREATE TABLE cohort_plan (
    cohort BIGINT NOT NULL,
    role TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('requirement', 'group')),
    item TEXT NOT NULL,
    week INTEGER NOT NULL CHECK (week >= 1),
    PRIMARY KEY (cohort, role, kind, item),
    FOREIGN KEY (cohort, role) REFERENCES cohort_roles (cohort, role) ON DELETE CASCADE
) WITHOUT ROWID;

-- The history of a member: each row holds until the next one's first day.
CREATE TABLE member_spans (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    cohort BIGINT NOT NULL,
    account BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'dropped', 'completed')),
    first_day INTEGER NOT NULL,
    reason TEXT,
    moved_to BIGINT REFERENCES cohorts (id) ON DELETE SET NULL,
    recorded_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    recorded_at BIGINT NOT NULL,
    FOREIGN KEY (cohort, account) REFERENCES memberships (cohort, account) ON DELETE CASCADE
);
CREATE INDEX member_spans_member ON member_spans (cohort, account, id);
CREATE INDEX member_spans_moved_to ON member_spans (moved_to);
CREATE INDEX member_spans_recorded_by ON member_spans (recorded_by);

INSERT INTO member_spans (cohort, account, state, first_day, recorded_at)
    SELECT cohort, account, state, since / 86400000000, since FROM memberships;

-- What of the plan is a learner's own: start, pace, extra days, primary mentor.
CREATE TABLE member_terms (
    cohort BIGINT NOT NULL,
    account BIGINT NOT NULL,
    starts_on INTEGER,
    factor INTEGER NOT NULL CHECK (factor BETWEEN 10 AND 200),
    extension INTEGER NOT NULL CHECK (extension BETWEEN 0 AND 250),
    mentor BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    PRIMARY KEY (cohort, account),
    FOREIGN KEY (cohort, account) REFERENCES memberships (cohort, account) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX member_terms_mentor ON member_terms (mentor);

-- Entries that a learner does not share with a cohort: they do not count there and are not shown.
CREATE TABLE withheld_entries (
    cohort BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    account BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (cohort, account, seq),
    FOREIGN KEY (account, seq) REFERENCES evidence (account, seq) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX withheld_entries_entry ON withheld_entries (account, seq);

-- A path that rests; without a last day until further notice.
CREATE TABLE path_pauses (
    path BIGINT NOT NULL REFERENCES paths (id) ON DELETE CASCADE,
    first_day INTEGER NOT NULL,
    last_day INTEGER,
    PRIMARY KEY (path, first_day),
    CHECK (last_day >= first_day)
) WITHOUT ROWID;
