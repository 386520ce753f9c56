DROP TABLE evidence_payloads;
DROP TABLE evidence_subjects;
DROP TABLE evidence;
DROP TABLE plans;
DROP TABLE paths;
