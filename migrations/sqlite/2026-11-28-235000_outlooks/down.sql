ALTER TABLE scorecards DROP COLUMN outlook;
