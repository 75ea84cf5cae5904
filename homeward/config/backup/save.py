"""Saving: the database as of one moment, then the files it speaks of, then the proof."""

import shutil
from datetime import datetime
from pathlib import Path

from homeward.config.backup.manifest import DUMP, FILES, Manifest, hashes_of, key_fingerprints
from homeward.config.backup.proof import definer_functions, migrations, table_proofs
from homeward.config.backup.server import all_seeing_url, open_whole, run_program
from homeward.config.postgres.problems import DatabaseTrouble
from homeward.lib.key_files import KeyRing


def save(directory: Path, files: Path, ring: KeyRing, now: datetime) -> Manifest:
    """Write a backup that appears under its name only when it is whole."""
    if directory.exists() and any(directory.iterdir()):
        raise DatabaseTrouble(f"{directory} is not empty. A backup never writes over another.")
    unfinished = directory.with_name(f"{directory.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700, parents=True)
    told = save_database(unfinished / DUMP, ring, now)
    # Files never change once written, so those the dump speaks of are all here, however long it took.
    save_files(files, unfinished / FILES)
    manifest = Manifest(**{**told.__dict__, "files": hashes_of(unfinished)})
    manifest.write(unfinished)
    if directory.exists():
        directory.rmdir()
    unfinished.rename(directory)
    return manifest


def save_database(dump: Path, ring: KeyRing, now: datetime) -> Manifest:
    """Dump and proof are of the same snapshot, whatever is written meanwhile."""
    url = all_seeing_url()
    with open_whole(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        options = ["--format=custom", "--schema=public", "--extension=*", f"--snapshot={snapshot}"]
        major = connection.info.server_version // 10_000
        run_program("pg_dump", url, [*options, "--file", dump], server_major=major)
        return Manifest(
            made_at=now.isoformat(timespec="seconds"),
            migrations=migrations(connection),
            definer_functions=definer_functions(connection),
            tables=table_proofs(connection),
            keys=key_fingerprints(ring),
        )


def save_files(source: Path, target: Path) -> None:
    """A file that is erased while we copy is simply not in the backup."""
    target.mkdir(mode=0o700)
    for file in sorted(source.rglob("*")) if source.exists() else []:
        copy = target / file.relative_to(source)
        if file.is_dir():
            copy.mkdir(mode=0o700, exist_ok=True)
            continue
        try:
            shutil.copy2(file, copy)
        except FileNotFoundError:
            continue
