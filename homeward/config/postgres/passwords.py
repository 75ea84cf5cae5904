"""Secrets made once for this installation and kept in `var/secrets.env`, readable by its owner alone."""

import os
import secrets
from pathlib import Path

from homeward.config.places import only_one_at_a_time, var_directory

NAMES = (
    "HOMEWARD_SECRET_KEY",
    "HOMEWARD_ENFORCEMENT_SECRET_KEY",
    "SUPERUSER_PASSWORD",
    "OWNER_PASSWORD",
    "APP_PASSWORD",
    "SEALER_PASSWORD",
    "ENFORCEMENT_PASSWORD",
    "EXTRACTS_PASSWORD",
)


def local_secrets() -> dict[str, str]:
    """All secrets by name; missing ones are made now, existing ones never change."""
    file = var_directory() / "secrets.env"
    kept = read_secrets(file)
    if all(name in kept for name in NAMES):
        return kept
    with only_one_at_a_time(file.with_suffix(".lock")):
        kept = read_secrets(file)
        kept |= {name: secrets.token_urlsafe(36) for name in NAMES if name not in kept}
        write_secrets(file, kept)
    return kept


def read_secrets(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    lines = (line.partition("=") for line in file.read_text().splitlines() if "=" in line)
    return {name: value for name, _, value in lines}


def write_secrets(file: Path, kept: dict[str, str]) -> None:
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.writelines(f"{name}={value}\n" for name, value in kept.items())
        out.flush()
        os.fsync(out.fileno())
    new.rename(file)
