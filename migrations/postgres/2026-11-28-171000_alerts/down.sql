DELETE FROM outbox WHERE kind = 'mentor';
DELETE FROM digest_schedules WHERE kind = 'mentor';
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('learner', 'message'));
ALTER TABLE digest_schedules DROP CONSTRAINT digest_schedules_kind_check;
ALTER TABLE digest_schedules ADD CONSTRAINT digest_schedules_kind_check CHECK (kind IN ('learner'));
DROP TABLE cohort_alerts;
DROP TABLE alert_settings;
