"""Pages of telephones: an officer's own, and those of all colleagues for who looks after them."""
