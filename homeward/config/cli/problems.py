"""What stops a subcommand before it has begun."""


class NotReady(Exception):
    """Something outside Homeward has to be put right first; the message says what."""
