DROP TABLE tokens;
DROP TABLE sessions;
DROP TABLE erasures;
DROP TABLE accounts;
