"""The counts of the cube in; what a committee may be shown of them, the same for every request, out."""
