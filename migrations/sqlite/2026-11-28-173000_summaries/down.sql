DROP TABLE summary_consents;
DROP TABLE summary_links;
