"""The reintegration plan: the person's goals in their own words, and what is done for each.

Comes in:  what the person wants, what a programme entitles them to, what those who approve answered.
Goes out:  the agreed lines that assistance (assistance) delivers; the days on which planning began and the
           plan was agreed (cases).
"""
