"""The journey of a workbook: bytes in; observations, paths and findings out, then one transaction into the store."""
