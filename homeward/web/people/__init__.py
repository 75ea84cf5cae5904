"""Pages about people: list and search, one person, papers and contacts, relatives, "same person?"."""
