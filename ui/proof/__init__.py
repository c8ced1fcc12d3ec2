"""Where a figure comes from: a link on each figure of a page, and the dialog that it opens."""
