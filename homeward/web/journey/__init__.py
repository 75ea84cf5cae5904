"""Pages of the journey: from the first talk over application, travel and arrival to closing.

The case file includes `sections_for` and offers `next_actions`; every page here leads back to the page
named `case` (argument `case_id`).
"""
