"""The page of facts: what no workbook brings (a committee held, an instalment, a need), entered and listed."""
