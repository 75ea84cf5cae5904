"""Pages of indicators: frameworks, a version with its way to force, one indicator with its values."""
