"""What leaves as numbers, and to whom: hidden where it has to be, attacked, written down, then let go.

Comes in:  tables of counts with an audience, what they count, the extract they are made from, and why.
Goes out:  the same tables with small cells and their protectors hidden, or a refusal in plain words.
"""
