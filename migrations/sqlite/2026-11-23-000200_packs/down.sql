DROP TABLE catalogue_documents;
DROP TABLE pack_stats;
DROP TABLE packs;
DROP TABLE plugins;
