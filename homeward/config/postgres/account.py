"""PostgreSQL refuses to run as root; root therefore runs it under an account that is already there."""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from homeward.config.places import short_hash, var_directory
from homeward.config.postgres.problems import DatabaseTrouble

SAFE_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """The account to run the server under, or None when it may simply be the current one."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in SAFE_ACCOUNTS:
        if name in known:
            return Account(name, known[name].pw_uid, known[name].pw_gid)
    raise DatabaseTrouble(
        "PostgreSQL does not run as root, and there is neither a 'postgres' nor a 'nobody' account to run it "
        "under. Run this as an ordinary user, or set HOMEWARD_DATABASE_URL to an existing server."
    )


def run_as_server(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    account = server_account()
    return subprocess.run(  # noqa: S603 - every caller names the program by its full path
        [str(part) for part in command],
        cwd="/",
        env={**clean_environment(), **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def clean_environment() -> dict[str, str]:
    """The environment without PG… variables meant for some other server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def give_to_server(path: Path) -> None:
    account = server_account()
    if account:
        os.chown(path, account.uid, account.gid)


def server_may_write_in(directory: Path) -> bool:
    """Tried for real: permissions of every parent, read-only mounts and foreign file systems all count."""
    try:
        directory.mkdir(mode=0o755, parents=True, exist_ok=True)
        probe = directory / f".probe-{os.getpid()}"
        probe.mkdir(mode=0o700)
    except OSError:
        return False
    try:
        give_to_server(probe)
        tried = run_as_server(["/bin/sh", "-c", ': > "$1/file" && rm "$1/file"', "sh", probe])
        return tried.returncode == 0
    except OSError:
        return False
    finally:
        probe.rmdir()


def reachable_place() -> Path:
    """`var/`; where the server's account cannot reach that, a directory of its own under /var/lib."""
    var = var_directory()
    if server_account() is None or server_may_write_in(var):
        return var
    elsewhere = Path("/var/lib/homeward") / short_hash(str(var))
    if not server_may_write_in(elsewhere):
        raise DatabaseTrouble(f"Neither {var} nor {elsewhere} can hold the database's files.")
    return elsewhere
