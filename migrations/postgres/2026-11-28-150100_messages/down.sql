DELETE FROM outbox WHERE kind = 'message';
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('learner'));
DROP TABLE mentor_messages;
