"""Pages of following up: an officer's week, a visit, who goes where, the monitor of rounds."""
