"""In goes a running database with its files, out comes one directory that can prove itself whole.

Keys are never in it: whoever finds a backup can read nothing that is sealed. A copy of the keys has to be
kept somewhere else, and a restore refuses to begin with keys that do not open what it would restore.
"""
