"""How people are doing, from what they answered: scores by a profile, round by round.

Comes in:  filled forms that belong to a visit; scoring profiles.
Goes out:  one row for each visit that was scored: three dimensions, a composite, the coverage of each, the
           reasons where there is none, and the versions of form and profile; a person's picture over time.

Scores are worked out, never written by hand: the same answers and the same profile give them again.
"""
