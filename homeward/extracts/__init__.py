"""The one door across the privacy line: frozen, versioned, pseudonymous frames for evaluation.

Comes in:  who asks, why, and for which period; rows as the asking organisation may see them, read by
           a database login that cannot select a name, a birth date or a note.
Goes out:  Parquet files by frame, with a manifest (digests, counts, columns, code version, who asked and
           why) and a codebook; the rows of one extract cannot be joined with those of another unless two
           people agreed.

`frames` says what leaves; the codebook, the manifest and the tests are made from it. `making` and what it
imports compute; pages and programs read what is stored of an extract and never load it.
"""
