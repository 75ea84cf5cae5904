"""Who is due for a visit or a survey, every attempt to reach them, and losing and finding contact.

Comes in:  an arrived case (cases), the rounds of its programme (programmes), filled forms (surveys).
Goes out:  visits made, linked by an opaque key to what was answered (outcomes); contact lost and found.
"""
