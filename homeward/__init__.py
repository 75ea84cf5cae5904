"""Homeward: one case from the first talk abroad to years after return, shared as far as consent allows."""
