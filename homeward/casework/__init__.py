"""Acts on a whole file and questions across stages, where one stage must not know of the other.

Comes in:  people and their cases.
Goes out:  known people with their cases; merges that the timelines of all cases concerned tell.
"""
