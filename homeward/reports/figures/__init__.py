"""Figures: numbers in, a drawing with its table, its source line and words for those who cannot see it out.

Pure: nothing here reads a database, and nothing is measured but what is given.
"""
