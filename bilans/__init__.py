"""Figures in; a frozen edition of the bilan, and its files, out."""
