"""Questions asked of frozen frames, answered as findings that say how much is known.

In: a spec (what is asked, fixed beforehand) and a frame of pseudonymous rows. Out: a `Finding`: numbers,
the checks they kept or failed, the strength of the evidence and a sentence in three languages.
"""
