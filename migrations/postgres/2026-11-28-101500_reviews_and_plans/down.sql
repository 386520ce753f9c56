DROP TABLE review_verdicts;
DROP TABLE reviews;
DROP TABLE review_requests;
DROP TABLE plan_minutes;
DROP TABLE plan_links;
ALTER TABLE plans DROP COLUMN skipped;
ALTER TABLE evidence_payloads DROP COLUMN follows;
