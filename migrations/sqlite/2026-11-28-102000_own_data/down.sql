DROP TABLE evidence_origins;
DROP TABLE reset_codes;
