"""The page of definitions: the catalogue and the conventions in, what each figure means, searchable, out."""
