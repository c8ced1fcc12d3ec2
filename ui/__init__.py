"""What users see: figures in; French words, tables, charts and the shell of each page out."""
