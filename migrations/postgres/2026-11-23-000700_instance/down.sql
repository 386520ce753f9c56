DROP TABLE idempotency_keys;
DROP TABLE audit;
DROP TABLE instance_version;
DROP TABLE instance_secrets;
DROP TABLE instance_settings;
