"""Names of countries and languages, in every language of the interface; working days of countries.

Comes in:  holidays and weekends that an administrator keeps, country by country.
Goes out:  labels, and the last working day of a promise.
"""
