"""Instruments filled on pages: by an officer, by the person on their own page, or to try a form out."""
