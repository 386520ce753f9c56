DROP TABLE co_authors;
