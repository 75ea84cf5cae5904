"""What leaves is hidden, attacked and written down; what would undo an earlier release stays."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.estimators.linked_cells import Counted
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Invalid, Refused
from homeward.privacy.models import Release
from homeward.privacy.problems import TablesDisagree, WouldDisclose
from homeward.privacy.releases.auditing import audited
from homeward.privacy.releases.commands import release_tables
from homeward.privacy.releases.queries import visible_releases
from homeward.privacy.releases.rules import has_got
from tests.cast import nora, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
mira = replace(nora, role=Role.EVALUATOR)
ines = replace(nora, role=Role.DATA_PROTECTION_OFFICER)
BOTH = {("x", "f"): 3, ("x", "m"): 50, ("y", "f"): 40, ("y", "m"): 60, ("z", "f"): 30, ("z", "m"): 70}
PLACES = Counted("places", ("district", "sex"), BOTH)
EXTRACT = new_id()


def released(*tables, audience="donor", extract_id=EXTRACT, actor=mira, **given):
    given = {"subject": "cases", "why": "Quarterly report", **given}
    return release_tables(actor, tables=tables, audience=audience, extract_id=extract_id, **given)


def by_sex(f, m, **given):
    return Counted("sex", ("sex",), {("f",): f, ("m",): m}, given=given)


def test_who_keeps_cases_releases_nothing():
    with pytest.raises(Refused):
        released(PLACES, actor=nora)
    with pytest.raises(Refused), acting_as(mira):
        visible_releases(mira)


def test_a_release_says_what_it_is_for():
    with pytest.raises(Invalid):
        released(PLACES, why="Report")
    with pytest.raises(Invalid):
        released(subject="cases")


def test_small_cells_leave_hidden_and_the_log_says_so():
    found = released(PLACES, recipient="The donor", made_from={"code": "1"})
    assert found.tables["places"][("x", "f")] is None
    assert found.tables["places"][(None, None)] == 253
    assert not found.is_shown("places", ("x", "f"))
    with acting_as(ines):
        (kept,) = visible_releases(ines)
    assert kept.id == found.id
    assert kept.cells_hidden == sum(count is None for count in found.tables["places"].values())
    assert kept.cells_shown + kept.cells_hidden == 12
    assert [(one.cells, one.exposed) for one in audited(ines)] == [(12, 0)]


def test_another_organisation_sees_nothing_of_it_and_nobody_changes_it():
    released(PLACES)
    other = replace(stranger, role=Role.DATA_PROTECTION_OFFICER)
    with acting_as(other):
        assert not list(visible_releases(other))
    with acting_as(mira), pytest.raises(ProgrammingError), transaction.atomic():
        Release.objects.update(audience="public")


def test_what_was_hidden_is_not_told_by_the_next_release_of_the_same_extract():
    first = released(PLACES)
    hidden = [at for at, count in first.tables["places"].items() if count is None]
    again = released(replace(PLACES, name="again"))
    assert [at for at, count in again.tables["again"].items() if count is None] == hidden
    assert [one.exposed for one in audited(ines)] == [0]


def test_a_filter_beside_an_earlier_one_is_hidden_or_refused():
    first = released(by_sex(60, 80))
    assert None not in first.tables["sex"].values()
    programme = released(by_sex(57, 60, programme="P1"))
    assert programme.tables["sex"][("f",)] is None
    assert [one.exposed for one in audited(ines)] == [0]


def test_a_longer_period_of_a_later_extract_does_not_tell_the_month_between():
    released(by_sex(60, 80, period="2026-01/2026-05"))
    later = released(by_sex(63, 95, period="2026-01/2026-06"), extract_id=new_id())
    assert later.tables["sex"][("f",)] is None


def test_a_count_that_changed_by_a_few_is_hidden_in_the_later_release():
    released(by_sex(60, 80))
    later = released(by_sex(63, 95), extract_id=new_id())
    assert later.tables["sex"][("f",)] is None
    assert released(by_sex(63, 95), extract_id=new_id(), audience="ministry").tables["sex"][("f",)] == 63


def test_what_nothing_can_hide_is_refused_in_plain_words_and_leaves_no_line():
    released(by_sex(60, 80, district="x"), replace(by_sex(100, 120), name="all"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    everything = Counted("all", ("sex",), {("f",): 60, ("m",): 80, ("o",): 0})
    with pytest.raises((TablesDisagree, WouldDisclose)):
        released(Counted("sex", ("sex",), {("f",): 60, ("m",): 81}, given={"district": "x"}), everything)
    with acting_as(ines):
        assert visible_releases(ines).count() == 1


def test_the_public_may_hold_what_anybody_outside_got():
    assert has_got("public", "donor")
    assert has_got("donor", "public")
    assert not has_got("donor", "ministry")
    assert not has_got("donor", "inside")
    assert has_got("inside", "donor")
