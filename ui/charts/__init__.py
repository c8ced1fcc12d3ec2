"""Figures in; Plotly charts out: pure functions, each with its own module."""
