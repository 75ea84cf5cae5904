"""Pages of reports: made, read through, let go, handed over; templates; the register of recommendations."""
