DROP TABLE mentor_notes;
DROP TABLE assessments;
DROP TABLE help_claims;
DROP TABLE help_requests;
DROP TABLE review_claims;
ALTER TABLE reviews DROP COLUMN returned;
