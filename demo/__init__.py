"""A seed in; workbooks of invented returns, as partners would send them, out."""
