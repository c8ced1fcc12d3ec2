"""Counts of the cube in; figures with numerator, denominator, value and state out."""
