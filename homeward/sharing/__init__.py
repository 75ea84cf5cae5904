"""What lets a record of a person move between organisations, and the register of what moved.

Comes in:  agreements between organisations, rules for moving data across borders, and for each disclosure a
           ground, a purpose, a necessity and categories; people and cases are opaque ids here.
Goes out:  a decision with every reason against it; a disclosure, its content sealed under the person's key
           and open to the recipient while it is live.

A later stage that must end disclosures of another organisation (consent withdrawn) does so by a trigger
whose function belongs to `homeward_definer`: that role may update `sharing_disclosure`.
"""
