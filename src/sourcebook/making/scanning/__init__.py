"""Many documents read at once: what the readers find, as tables in Parquet."""
