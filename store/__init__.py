"""The database, its append-only journal, and the cube that pages and bilans read."""
