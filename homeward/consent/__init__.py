"""What a person was asked and answered: for which purpose, whom and what, how it was shown, until when.

Comes in:  a person (people), the notice that was shown, the answer and its evidence.
Goes out:  the ground on which something of the person may be shown to somebody else (sharing), receipts.
"""
