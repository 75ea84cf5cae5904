"""The step form of a new application: one group of questions a page, saved as it goes.

The person and the case exist after the first step; stopping and coming back loses nothing.
"""
