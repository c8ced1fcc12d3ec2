"""An edition in; the sheet that a committee holds (HTML: the page « Bilans » and its print) out."""
