"""Answers that have to be asked for: steps in order, four eyes, days to answer, nothing without an owner.

Comes in:  a subject of a later stage, of which only its kind and id are known here, and the steps it needs.
Goes out:  who has to answer now, what was answered and why; the later stage acts on it.
"""
