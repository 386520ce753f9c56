DROP TABLE enrolled_accounts;
DROP TABLE cohort_links;
