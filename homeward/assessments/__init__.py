"""Assessments: versioned step forms about a person, sealed, and the profile that follows from them.

Comes in:  answers given step by step; what partners' lists say of vulnerability.
Goes out:  what is known of a person, by whom and since when; proposals of flags that a person confirms, and
           that then bring the gates before travel into being (cases).
"""
