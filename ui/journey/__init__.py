"""The page of the funnel: figures of a path in; its blocks out."""
