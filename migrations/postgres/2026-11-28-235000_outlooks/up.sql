-- What digests read of a score: both numbers and what comes next. Absent where the score is older than this column.
ALTER TABLE scorecards ADD COLUMN outlook TEXT;
