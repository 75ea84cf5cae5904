"""The case: opening, counselling, applying, travelling, arriving, closing; who leads and who takes part.

Comes in:  a person (people), a programme to apply to (programmes).
Goes out:  a case that always has one lead, a stage derived from its facts, and a timeline;
           a listing row for every organisation that may see it.
"""
