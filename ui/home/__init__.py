"""The home page: a convention in; its blocks out."""
