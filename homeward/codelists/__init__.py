"""Names of countries and languages, in every language of the interface."""
