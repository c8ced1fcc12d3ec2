"""The page of the accompagnement global: figures of a year in; its blocks out."""
