"""Organisations, their offices and teams, and the people who work there.

Comes in:  invitations, sign-ins.
Goes out:  a membership turned into an `Actor`, with which everything above is asked.
"""
