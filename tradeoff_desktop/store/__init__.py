"""The only SQL: one table of records on one laptop."""
