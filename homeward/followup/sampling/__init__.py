"""Samples: whom of a round to ask, how many, and how far that got. Built on `homeward/estimators`."""
