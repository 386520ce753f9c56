-- PostgreSQL keeps long values aside, so nothing has to move here.
SELECT 1;
