"""Pages of the reintegration plan: drawing it up, proposing it, showing it to the person, agreeing."""
