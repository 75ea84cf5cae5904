"""A country that does not exist: deterministic people and cases of any number, with the mess real lists have.

Comes in:  how many cases, a seed, a day that counts as today.
Goes out:  rows loaded in bulk under the policies, for the demonstration, the tests and the benchmarks.
"""
