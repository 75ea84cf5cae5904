"""Indicators: what is counted how, agreed in versions of a framework, and what came of it.

Comes in:  definitions that partners comment on and named people validate; the frames of an extract.
Goes out:  a table of values for each framework version and extract, with n, coverage, interval and what
           is hidden because too few people stand behind it; series that join only what may be joined.

`rules` says what a definition is and what may be done with a version, `definitions` reads and checks one,
`declared` names the measures; `measures` reckons them over frames, and only the worker loads it.
"""
