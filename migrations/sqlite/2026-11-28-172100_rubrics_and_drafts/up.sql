-- The level of the role's rubric that a criterion reached, and what it was called then.
ALTER TABLE review_verdicts ADD COLUMN level TEXT;
ALTER TABLE review_verdicts ADD COLUMN level_name TEXT;

-- What a mentor has written of a review that is not given yet; for nobody else.
CREATE TABLE review_drafts (
    request BIGINT NOT NULL REFERENCES review_requests (id) ON DELETE CASCADE,
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- a reply as JSON
    draft TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (request, account)
) WITHOUT ROWID;
CREATE INDEX review_drafts_account ON review_drafts (account);
