DROP TABLE outbox;
DROP TABLE digest_schedules;
