"""A cluster is one data directory with the socket its server answers on."""

import os
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from homeward.config.places import short_hash, var_directory
from homeward.config.postgres.account import reachable_place
from homeward.config.postgres.binaries import Binaries, find_binaries
from homeward.config.postgres.passwords import local_secrets

SUPERUSER = "homeward_superuser"
PORT = 5432
LONGEST_SOCKET = 100  # bytes; the system's limit is 103 (macOS) or 107 (Linux)


@dataclass(frozen=True)
class Cluster:
    """`durable` clusters survive a power cut; the others are for tests and may be thrown away."""

    data: Path
    sockets: Path
    lock: Path
    durable: bool = True

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def url(self, role: str, password: str, database: str) -> str:
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{role}:{quote(password, safe='')}@:{PORT}/{database}?host={host}"

    def superuser_url(self, database: str = "postgres") -> str:
        return self.url(SUPERUSER, local_secrets()["SUPERUSER_PASSWORD"], database)

    def binaries(self) -> Binaries:
        """Those that made the data, or the newest when there is none yet."""
        made_by = self.data / "PG_VERSION"
        return find_binaries(major=int(made_by.read_text()) if made_by.exists() else None)


def main_cluster() -> Cluster:
    """The one that holds people's data."""
    return locate_cluster("postgres", durable=True)


def scratch_cluster() -> Cluster:
    """The one that tests run on."""
    return locate_cluster("test-postgres", durable=False)


def locate_cluster(name: str, *, durable: bool) -> Cluster:
    var = var_directory()
    place = remembered_place(var, name)
    return Cluster(place / name, socket_directory(place, name), var / f"{name}.lock", durable)


def remembered_place(var: Path, name: str) -> Path:
    """`var/`, or the place chosen once because the server's account could not reach `var/`."""
    note = var / f"{name}.location"
    if note.exists():
        return Path(note.read_text().strip())
    if (var / name).exists():
        return var
    place = reachable_place()
    if place == var:
        return var
    if (place / name).exists():
        # Of an earlier installation at this path: not ours to open, nor to throw away.
        place = place.with_name(f"{place.name}-{token_hex(4)}")
        place.mkdir(mode=0o755)
    note.write_text(f"{place}\n")
    return place


def socket_directory(place: Path, name: str) -> Path:
    beside = place / f"{name}-socket"
    if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
        return beside
    return Path("/tmp") / f"homeward-{os.geteuid()}-{short_hash(str(place / name))}"  # noqa: S108 - checked on use
