"""Programmes a person can apply to.

Comes in:  who funds and runs a programme, where, from when.
Goes out:  the programme that an application (cases) names.
"""
