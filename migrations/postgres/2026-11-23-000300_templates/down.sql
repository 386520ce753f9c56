DROP TABLE revision_origins;
DROP TABLE revisions;
