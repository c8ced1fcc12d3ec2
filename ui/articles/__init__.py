"""The page that reads a convention article by article: its blocks in, tables and bars out."""
