"""The page of publics: counts of people by public, age, sex and level in; its blocks out."""
