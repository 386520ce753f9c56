DROP TABLE review_drafts;
ALTER TABLE review_verdicts DROP COLUMN level_name;
ALTER TABLE review_verdicts DROP COLUMN level;
