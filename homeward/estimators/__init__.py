"""Pure statistics: arrays in, frozen values out; no record, no database, no settings, nothing of ours.

Each function says what goes in (shapes and units), what comes out, what it refuses, and where it is from.
"""
