"""Only the owner of the tables migrates; everything else happens as the application's role."""


class OwnerMigrates:
    """Sends migrations to the alias `owner` and all reading and writing to `default`."""

    def db_for_read(self, model: type, **hints: object) -> str:
        return "default"

    def db_for_write(self, model: type, **hints: object) -> str:
        return "default"

    def allow_relation(self, first: object, second: object, **hints: object) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db == "owner"
