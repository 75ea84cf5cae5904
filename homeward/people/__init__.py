"""Returnees and their families: names, documents, contacts, relations, and finding the same person twice.

Comes in:  what a person tells, or a partner's list says.
Goes out:  the person of a case (cases), never without one of the organisation's own or a case shared with it.
"""
