"""Documents and pictures, encrypted on disk under names that say nothing.

Comes in:  bytes of a few safe types, told by their content, up to 20 MB; pictures are drawn anew.
Goes out:  the bytes again, for those who see the case, always as a download that runs nothing.
"""
