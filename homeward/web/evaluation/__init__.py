"""Pages of evaluation: questions registered beforehand, and the card of each answer."""
