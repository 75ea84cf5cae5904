"""What keeps a person's values closed: one key per person, and sealing at a place.

Comes in:  plain values with the person and the place (table, column, row) they belong to.
Goes out:  sealed bytes to store, and the plain value again for those whom the database shows the
           person's key. Destroying that key erases every value sealed under it, copies included.
"""
