"""The page of deposits: a file in; what was understood of it, its findings, its effect, and the act out."""
