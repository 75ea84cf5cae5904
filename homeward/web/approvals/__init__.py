"""Pages of what is asked for approval: what waits, what it is about, the answer."""
