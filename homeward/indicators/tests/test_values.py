"""A table of values: asked for, reckoned, frozen; hidden cells tell nothing; broken series are not joined."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.extracts.rules import ExtractState
from homeward.indicators import jobs
from homeward.indicators.commands import begin_framework_version, begin_table, compute_table, write_values
from homeward.indicators.models import IndicatorTable, IndicatorValue
from homeward.indicators.queries import (
    TOTAL,
    ValueFilters,
    counts_of,
    get_table,
    indicators_of,
    series_of,
    values_of,
)
from homeward.indicators.rules import CRASHED_AFTER
from homeward.indicators.tests.agreed import a_draft, a_table, an_extract, defined, drafter, in_force, written
from homeward.indicators.tests.framed import case, month
from homeward.indicators.tests.framed import written as frames_of_rows
from homeward.lib.problems import NotFound, Refused, WrongState
from tests.cast import mira, nora, rosa

pytestmark = pytest.mark.usefixtures("cast")
worker = system_actor(drafter.organisation_id)
SEXES = ["female"] * 3 + ["male"] * 30 + ["other"] * 8


def reckoned(version, directory, extract=None):
    """A ready table of that version over 41 arrivals, 11 of them forced."""
    extract = extract or an_extract(drafter)
    table = a_table(version, extract)
    rows = [
        case(
            number,
            sex=sex,
            arrived_month=month("2025-06"),
            return_basis="forced" if number >= 30 else "voluntary",
        )
        for number, sex in enumerate(SEXES)
    ]
    frames = frames_of_rows(directory, extract.id, cases=rows)
    run_id = begin_table(worker, table_id=table.id).run_id
    return jobs.written(worker, table, run_id, frames, jobs.reckoned(indicators_of(version), frames))


def test_only_who_evaluates_asks_and_only_for_what_is_agreed_and_ready():
    version, extract = in_force(a_draft()), an_extract(drafter)
    for actor in (nora, rosa):
        with pytest.raises(Refused):
            a_table(version, extract, actor)
    with pytest.raises(NotFound):
        a_table(version, extract, mira)
    with pytest.raises(WrongState):
        a_table(version, an_extract(drafter, state=ExtractState.EXPIRED))
    with pytest.raises(WrongState):
        a_table(a_draft(code="OTHER"), extract)


def test_a_table_is_its_organisations_and_frozen_when_ready(tmp_path):
    table = reckoned(in_force(a_draft()), tmp_path)
    assert (table.state, table.done, table.troubles) == ("ready", 1, {})
    with acting_as(mira), pytest.raises(NotFound):
        get_table(mira, table.id)
    with acting_as(drafter):
        assert table.rows
        with pytest.raises(DatabaseError), transaction.atomic():
            IndicatorTable.objects.filter(id=table.id).update(rows=0)
        assert IndicatorValue.objects.filter(table=table).delete()[0] == 0
    with pytest.raises(WrongState):
        begin_table(worker, table_id=table.id)


def test_hidden_cells_tell_nothing_and_only_releases_count_them(tmp_path):
    table = reckoned(in_force(a_draft()), tmp_path)
    wanted = ValueFilters(
        indicator="OUT-1", period="", country="", programme="", partner="", age_band="", group=""
    )
    with acting_as(rosa):
        told = {one.sex: one for one in values_of(rosa, table.id, wanted)}
    assert (told[""].n, told[""].value) == (41, pytest.approx(11 / 41))
    assert told[""].low < told[""].value < told[""].high
    assert {(told[sex].n, told[sex].value, told[sex].shown) for sex in ("female", "other")} == {
        (None, None, "hidden")
    }
    with acting_as(drafter):
        counted = {one["sex"]: one["n"] for one in counts_of(drafter, table.id, wanted)}
    assert counted == {"": 41, "female": 3, "male": 30, "other": 8}
    with acting_as(rosa), pytest.raises(Refused):
        list(counts_of(rosa, table.id))


def test_values_are_joined_over_versions_only_as_far_as_definitions_allow(tmp_path):
    first = in_force(a_draft(defined("OUT-1"), defined("OUT-2"), defined("OUT-3")))
    reckoned(first, tmp_path)
    draft = begin_framework_version(drafter, framework_id=first.framework_id)
    bridged = {"kind": "bridged", "factor": 2.0, "rule": "Twice as many were asked"}
    broken = {"kind": "broken", "rule": "Others are counted now"}
    second = in_force(
        written(
            draft,
            defined("OUT-1", comparability={"kind": "same"}),
            defined("OUT-2", measure="contact_lost", comparability=bridged),
            defined("OUT-3", measure="contact_lost", comparability=broken),
        )
    )
    reckoned(second, tmp_path)
    with acting_as(rosa):
        same, bridged_too, apart = (
            series_of(rosa, first.framework_id, code, TOTAL) for code in ("OUT-1", "OUT-2", "OUT-3")
        )
    assert [len(one) for one in (same, bridged_too, apart)] == [1, 1, 2]
    assert apart[1].broken == "Others are counted now"
    assert (apart[0].points[0].value, apart[1].points[0].value) == (pytest.approx(11 / 41), 0)


def test_an_extract_that_is_not_as_it_was_written_makes_a_failed_table():
    table = a_table(in_force(a_draft()), an_extract(drafter))
    assert jobs.computed(worker, table.id).state == "failed"


def test_of_two_that_reckon_the_same_table_one_writes():
    table = a_table(in_force(a_draft()), an_extract(drafter))
    first = begin_table(worker, table_id=table.id)
    with pytest.raises(WrongState):
        begin_table(worker, table_id=table.id)
    with acting_as(worker):
        IndicatorTable.objects.filter(id=table.id).update(active_at=now() - 2 * CRASHED_AFTER)
    second = begin_table(worker, table_id=table.id)
    with pytest.raises(WrongState):
        write_values(worker, table_id=table.id, run_id=first.run_id, code="OUT-1", values=[])
    assert write_values(worker, table_id=table.id, run_id=second.run_id, code="OUT-1", values=[]).done == 1


def test_a_table_waits_for_its_extract():
    version = in_force(a_draft())
    table = a_table(version, an_extract(drafter, state=ExtractState.MAKING))
    assert jobs.computed(worker, table.id).state == "asked"


def test_an_indicator_that_cannot_be_reckoned_leaves_the_others(tmp_path):
    version = in_force(a_draft(defined("OUT-1"), defined("OUT-2", measure="contact_lost")))
    frames = frames_of_rows(tmp_path, cases=[case(1, arrived_month=month("2025-06"))])
    gone = [replace(one, measure="gone") if one.code == "OUT-1" else one for one in indicators_of(version)]
    (first, _, trouble), _second = jobs.reckoned(gone, frames)
    assert (first, trouble) == ("OUT-1", "KeyError")


def test_a_job_that_comes_twice_does_nothing(tmp_path):
    table = reckoned(in_force(a_draft()), tmp_path)
    jobs.compute_indicator_table(str(worker.organisation_id), str(table.id))
    with acting_as(drafter):
        assert get_table(drafter, table.id).finished_at == table.finished_at
    with pytest.raises(Refused):
        compute_table(nora, version_id=table.version_id, extract_id=table.extract_id)
