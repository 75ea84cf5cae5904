"""Statistics in plain Python, beside `lib`: no record, no database, no settings; imports nothing of ours.

Each function says what goes in (shapes and units), what comes out, what it refuses, and where it is from.
"""
