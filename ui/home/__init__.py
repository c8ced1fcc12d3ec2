"""Accueil: the conventions in; the table of what stands, came and waits of each out."""
