"""The page of conventions: what was agreed, amended and held in; its blocks out."""
