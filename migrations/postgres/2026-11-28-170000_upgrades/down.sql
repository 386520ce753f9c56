DROP TABLE path_upgrades;
DROP TABLE cohort_upgrades;
