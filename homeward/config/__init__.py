"""Settings, addresses, schedule and command line; imported by nobody."""
