"""Synthèse: a convention in; its objectives, trajectory, returns and decisions, on a page or slide by slide, out."""
