"""Fills in, before settings are read, what nobody set: our own database, secrets and places for files."""

import os

from homeward.config.places import var_directory
from homeward.config.postgres.cluster import Cluster, main_cluster, scratch_cluster
from homeward.config.postgres.passwords import local_secrets
from homeward.config.postgres.prepare import OWNER, own_logins, prepare_own_database
from homeward.config.postgres.server import start

DATABASE = "homeward"
URL_OF_LOGIN = {
    "homeward_app": "HOMEWARD_DATABASE_URL",
    "homeward_sealer": "HOMEWARD_SEALER_DATABASE_URL",
    "homeward_enforcement": "HOMEWARD_ENFORCEMENT_DATABASE_URL",
    "homeward_extracts": "HOMEWARD_EXTRACTS_DATABASE_URL",
}
OTHERS_SECRETS = (
    "HOMEWARD_OWNER_DATABASE_URL",
    "HOMEWARD_BACKUP_DATABASE_URL",
    "HOMEWARD_SEALER_KEY_FILE",
    "HOMEWARD_ENFORCEMENT_SECRET_KEY",
)


def uses_own_database() -> bool:
    """Whether nobody pointed us at another server; asked before the blanks are filled."""
    url = os.environ.get("HOMEWARD_DATABASE_URL", "")
    return not url or os.environ.get("HOMEWARD_OWN_DATABASE") == url


def use_embedded_when_unset() -> None:
    """Name our own database when none is named. The server is not started by this: see ensure_database.

    What a parent process named stands, and what it kept from us stays unknown.
    """
    if not os.environ.get("HOMEWARD_DATABASE_URL"):
        fill_in(main_cluster(), DATABASE)
        fill_in_places("")


def ensure_database() -> bool:
    """Start and prepare our own server if it is ours; True when this call started it."""
    if not uses_own_database():
        return False
    cluster = main_cluster()
    started = start(cluster)
    prepare_own_database(cluster, DATABASE)
    return started


def use_scratch_database(database: str) -> None:
    """For tests: whatever the environment names is put aside, so that no test can reach real data."""
    fill_in(scratch_cluster(), database)
    for name in ("HOMEWARD_DEMO", "HOMEWARD_SEALER_KEY_FILE"):
        os.environ.pop(name, None)
    # Tests that run beside each other do not share files either.
    fill_in_places(f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-")


def application_environment() -> dict[str, str]:
    """For processes that face people: without the other roles' logins and the key that signs seals."""
    hidden = {*URL_OF_LOGIN.values(), *OTHERS_SECRETS} - {"HOMEWARD_DATABASE_URL"}
    return {name: value for name, value in os.environ.items() if name not in hidden}


def enforcement_environment() -> dict[str, str]:
    """For the process of enforcement bodies: its own login and secret, and of ours nothing else at all."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOMEWARD_")}
    own = {name: value for name, value in os.environ.items() if name.startswith("HOMEWARD_ENFORCEMENT_")}
    return {**kept, **own, "DJANGO_SETTINGS_MODULE": "homeward.config.enforcement_settings"}


def fill_in(cluster: Cluster, database: str) -> None:
    secrets = local_secrets()
    for login in own_logins():
        os.environ[URL_OF_LOGIN[login.name]] = cluster.url(login.name, login.password, database)
    os.environ["HOMEWARD_OWNER_DATABASE_URL"] = cluster.url(OWNER, secrets["OWNER_PASSWORD"], database)
    os.environ["HOMEWARD_OWN_DATABASE"] = os.environ["HOMEWARD_DATABASE_URL"]


def fill_in_places(prefix: str) -> None:
    """A test never uses the real keys and files; a person's own choice stands otherwise."""
    defaults = {
        "HOMEWARD_SECRET_KEY": local_secrets()["HOMEWARD_SECRET_KEY"],
        "HOMEWARD_ENFORCEMENT_SECRET_KEY": local_secrets()["HOMEWARD_ENFORCEMENT_SECRET_KEY"],
        "HOMEWARD_KEYS_FILE": str(var_directory() / f"{prefix}keys.json"),
        "HOMEWARD_FILES_DIR": str(var_directory() / f"{prefix}files"),
    }
    for name, value in defaults.items():
        if prefix or not os.environ.get(name):
            os.environ[name] = value
