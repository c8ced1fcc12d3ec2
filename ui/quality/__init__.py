"""The page of quality: what was owed, received, found and corrected in; its cards out."""
