"""People like this: what became of comparable returnees after 6 and 12 months, never of one person.

Comes in:  a ready extract, which an evaluator publishes for the colleagues of the organisation.
Goes out:  a frozen table of groups of people, and the one group that a profile stands in.
"""
