"""Pages of referrals: finding a service, sending, answering, what came of it, the figures."""
