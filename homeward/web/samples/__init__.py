"""Pages of samples: how large, of whom, how far, whom to try next."""
