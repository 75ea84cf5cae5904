"""What a difference assistance made: comparisons of two groups, adjusted for what is known about both.

Every function takes a `Study` and gives an `Effect`: the two means that were compared, their difference, and
each person's share in its error, from which errors by person, cluster or stratum follow.
"""
