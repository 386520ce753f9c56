DROP TABLE member_outcomes;
DROP TABLE completion_rules;
