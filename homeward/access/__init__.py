"""Who may do what: verbs, roles, the actor, and the one way to run a command.

Comes in:  a membership turned into an `Actor` (organisations).
Goes out:  `@command`, which allows, runs all or nothing, and leaves an audit entry; the database's
           current organisation, by which row-level security shows rows.
"""
