"""REST: referrals, as who sends them and as who answers them."""
