"""The history of the schema: one set of migrations for both dialects and both databases."""
