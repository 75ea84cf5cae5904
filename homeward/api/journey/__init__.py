"""REST: the journey of a case, one router per part of it.

Comes in:  what programs tell about a case's journey.
Goes out:  calls of the cases' own commands, and what the caller may see as JSON.
"""
