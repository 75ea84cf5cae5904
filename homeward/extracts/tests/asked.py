"""Extracts that somebody asked for and that were made, and what is in them."""

from dataclasses import replace

import pyarrow.parquet as pq

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.extracts.commands import ask_extract
from homeward.extracts.making import make_extract
from homeward.extracts.queries import frames_of
from tests.cast import mona as evaluator
from tests.cast import stranger

WHY = "Evaluation of the spring programme"
elsewhere = replace(stranger, role=Role.EVALUATOR)


def made(actor=evaluator, **given):
    """An extract, asked for and made."""
    asked = ask_extract(actor, why=WHY, **given)
    return make_extract(actor, extract_id=asked.id)


def rows(extract, frame, actor=evaluator):
    """The rows of one frame as dicts."""
    with acting_as(actor):
        files = frames_of(actor, extract.id, verified=True).files[frame]
    return [row for one in files for row in pq.read_table(one).to_pylist()]
