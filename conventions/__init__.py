"""What was agreed, as pure values: measures, indicators, conventions, territories and periods."""
