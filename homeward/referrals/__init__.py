"""Sending a person to a service, and what came of it.

Comes in:  an open case (cases), a service of the directory (services), what may be told (sharing).
Goes out:  an answered referral with its outcome, from which assistance is delivered (assistance).
"""
