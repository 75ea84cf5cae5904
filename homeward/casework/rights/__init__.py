"""A person's data over every table: what is found, copied, erased, kept for how long.

Comes in:  a person, and one rule for each table that says something about people.
Goes out:  a copy that is complete, an erasure that is complete, and what retention rules would take.
"""
