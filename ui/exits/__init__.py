"""The page of exits: figures of those who left a path in; its blocks out."""
