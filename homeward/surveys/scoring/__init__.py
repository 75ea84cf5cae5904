"""Scores of answers by a profile that is data: what counts, how much, what a missing answer does.

Pure, but for `commands` and `queries`, which keep profiles.
"""
