"""Pages for people: one module per stage; they compose what the stages' queries and commands offer."""
