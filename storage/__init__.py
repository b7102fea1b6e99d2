"""The database, the only place that speaks SQL. `storage.store.SqlStore` is what the house is given."""
