DROP TABLE path_pauses;
DROP TABLE withheld_entries;
DROP TABLE member_terms;
DROP TABLE member_spans;
DROP TABLE cohort_plan;
DROP TABLE cohort_roles;
DROP TABLE cohort_holidays;
DROP TABLE cohort_setups;
