"""Where an installation keeps what it makes: `var/` beside the code, or where HOMEWARD_VAR_DIR says."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def project_directory() -> Path:
    """The checkout, or the current directory when Homeward is installed as a package."""
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "pyproject.toml").exists() else Path.cwd()


def var_directory() -> Path:
    chosen = os.environ.get("HOMEWARD_VAR_DIR")
    directory = Path(chosen).resolve() if chosen else project_directory() / "var"
    directory.mkdir(mode=0o755, parents=True, exist_ok=True)
    return directory


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


@contextmanager
def only_one_at_a_time(lock: Path) -> Iterator[None]:
    """Hold `lock` across processes; it is let go by the system even when this process is killed."""
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
