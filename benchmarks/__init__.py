"""Measures of speed, run by hand; nothing of the product imports them."""
