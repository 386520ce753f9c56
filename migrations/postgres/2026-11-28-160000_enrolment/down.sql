DROP TABLE cohort_links;
