"""What is handed to people: figures with their tables, reports, and recommendations with what was done.

In: findings, indicators and counts of one extract, which keep their own bounds of how many people stand
behind a number. Out: drawings with a description, frozen files in which every number says where it comes
from, handed over by a person who writes down to whom.
"""
