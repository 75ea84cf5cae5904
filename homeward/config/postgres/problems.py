"""What can go wrong with the database that the person at the keyboard can put right."""


class DatabaseTrouble(Exception):
    """The message says what to do about it."""
