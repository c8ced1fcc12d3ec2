"""The page that compares places: figures by territory in; its blocks out."""
