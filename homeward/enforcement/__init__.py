"""The pages of enforcement bodies: sign in, see the notices made for one's own body, sign out.

A process, a login of the database and addresses of its own. It knows no model, no key and no other page: what
comes in are rows of a few functions of the database, whose columns are named in `database.py` one by one.
"""
