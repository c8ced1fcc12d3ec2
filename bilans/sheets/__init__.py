"""An edition in; the sheets of its workbook out, one module for each kind."""
