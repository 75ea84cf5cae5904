"""The person's own voice: a page of their own, their questions, their complaints.

Comes in:  a case; a link and a code that a caseworker hands over; what the person asks and complains of.
Goes out:  an actor who sees one case and nothing else; questions for the lead, complaints for whoever is
           not complained of.
"""
