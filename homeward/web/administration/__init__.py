"""Pages of an administrator: the organisation, its offices and teams, members, partners, programs."""
