"""Who did what, when and for which purpose. Append only, sealed afterwards.

Comes in:  plain ids from every command and every sensitive read.
Goes out:  entries for the data protection officer, and a signed chain that shows tampering.
"""
