"""Ready extracts of a country that is made up: nothing is read through the door."""

import pyarrow as pa
import pyarrow.parquet as pq

from homeward.access.actor import system_actor
from homeward.exchange.demonstration.truth import simulate
from homeward.extracts import files
from homeward.extracts.commands import ask_extract, begin_extract, finish_extract
from homeward.extracts.frames import BY_NAME
from homeward.extracts.queries import directory_of
from homeward.extracts.tests.asked import WHY, evaluator
from homeward.extracts.writing import schema_of


def written(directory, frames):
    """The frames as files, each in one part; their paths by name."""
    made = {}
    for name, frame in frames.items():
        (directory / name).mkdir(parents=True)
        made[name] = (directory / name / "part-00.parquet",)
        table = pa.Table.from_pandas(frame, preserve_index=False).cast(schema_of(BY_NAME[name]))
        pq.write_table(table, made[name][0])
    return made


def ready_extract(actor=evaluator, *, cases=60, seed=1):
    """An extract of a made-up country, ready."""
    extract = ask_extract(actor, why=WHY)
    directory = directory_of(extract.id)
    frames = simulate(seed, cases=cases).frames
    made = written(directory, frames)
    (directory / files.CODEBOOK).write_text("made up")
    manifest = {
        "extract_id": str(extract.id),
        "made_at": "2026-11-22T21:00:00+00:00",
        "code_version": "0" * 16,
        "codebook_sha256": files.digest_of(directory / files.CODEBOOK),
        "frames": {name: described(directory, paths, len(frames[name])) for name, paths in made.items()},
    }
    system = system_actor(actor.organisation_id)
    begin_extract(system, extract_id=extract.id)
    return finish_extract(
        system,
        extract_id=extract.id,
        manifest=manifest,
        manifest_sha256=files.write_manifest(directory, manifest),
        key=bytes(32),
        rows_done=cases,
    )


def described(directory, paths, rows):
    told = [{"name": str(one.relative_to(directory)), "sha256": files.digest_of(one)} for one in paths]
    return {"rows": rows, "files": told}
