"""What leaves is hidden, attacked and written down; what would undo an earlier release stays."""

from dataclasses import replace

import pytest
from django.db import transaction
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
from homeward.privacy.releases.knowing import of_subject, written
from homeward.privacy.releases.queries import releases_known_to, visible_releases
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
    assert [(one.audience, one.cells, one.exposed) for one in audited(ines)] == [
        ("donor", 12, 0),
        ("inside", 12, 0),
    ]


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
    assert told_by_audit() == 0


def test_a_filter_beside_an_earlier_one_is_hidden_or_refused():
    first = released(by_sex(60, 80))
    assert None not in first.tables["sex"].values()
    programme = released(by_sex(57, 60, programme="P1"))
    assert programme.tables["sex"][("f",)] is None
    assert told_by_audit() == 0


def test_a_longer_period_of_a_later_extract_does_not_tell_the_month_between():
    released(by_sex(60, 80, period="2026-01/2026-05"))
    later = released(by_sex(63, 95, period="2026-01/2026-06"), extract_id=new_id())
    assert later.tables["sex"][("f",)] is None


def test_a_count_that_changed_by_a_few_is_hidden_in_the_later_release():
    released(by_sex(60, 80))
    later = released(by_sex(67, 95), extract_id=new_id())
    assert later.tables["sex"][("f",)] is None
    assert released(by_sex(67, 95), extract_id=new_id(), audience="ministry").tables["sex"][("f",)] == 67


def test_what_others_were_told_does_not_stop_what_adds_nothing_to_it():
    released(by_sex(60, 80))
    extract_id = new_id()
    released(by_sex(67, 95), extract_id=extract_id, audience="ministry")
    later = released(*in_district(30, 40), extract_id=extract_id, audience="public")
    assert None not in later.tables["district"].values()


def test_a_count_of_a_sealed_group_is_hidden_until_it_changed_by_more():
    sealed = {"sealed": frozenset({("f",)})}
    released(replace(by_sex(45, 80), **sealed))
    assert released(replace(by_sex(57, 110), **sealed), extract_id=new_id()).tables["sex"][("f",)] is None
    assert released(replace(by_sex(66, 140), **sealed), extract_id=new_id()).tables["sex"][("f",)] == 66


def test_what_lies_beside_a_cell_is_held_against_the_last_time_too():
    """Of 18 women more 15 are in one district: the 3 beside it are told by no count that is shown twice."""
    released(by_sex(60, 80), *in_district(40, 50))
    later = released(by_sex(78, 110), *in_district(55, 65), extract_id=new_id())
    assert None in (later.tables["sex"][("f",)], later.tables["district"][("f",)])
    assert told_by_audit() == 0


def test_donors_are_not_shown_what_tells_colleagues_of_a_few():
    inside = released(*in_district(3, 22), audience="inside")
    assert (inside.tables["district"][("m",)], inside.tables["district"][(None,)]) == (None, 25)
    men = Counted("men", ("district",), {("x",): 22, ("y",): 60}, given={"sex": "m"})
    assert released(men).tables["men"][("x",)] is None
    assert told_by_audit() == 0


def test_an_audience_has_one_memory_however_it_is_spelt():
    released(by_sex(60, 80), audience="Donor ", subject="Cases")
    assert released(by_sex(67, 95), extract_id=new_id()).tables["sex"][("f",)] is None
    with acting_as(mira):
        assert len(releases_known_to(mira, "donor", "cases")) == 2
        assert len(releases_known_to(mira, "public", "cases")) == 2
        assert not releases_known_to(mira, "ministry", "cases")


def test_one_cell_has_one_count():
    with pytest.raises(TablesDisagree):
        released(*in_district(60, 80), replace(PLACES, name="all"))


def put_together_by_the_public():
    """Two audiences got what together leaves seven women; who may hold both asks for those seven."""
    assert None not in released(by_sex(24, 60)).tables["sex"].values()
    assert None not in released(*in_district(17, 30), audience="ministry").tables["district"].values()
    return Counted(
        "both", ("district", "sex"), {("x", "f"): 17, ("x", "m"): 30, ("y", "f"): 7, ("y", "m"): 30}
    )


def test_what_nothing_can_hide_is_refused_in_plain_words_and_leaves_no_line():
    asked = put_together_by_the_public()
    with pytest.raises(WouldDisclose):
        released(asked, audience="public")
    with acting_as(ines):
        assert visible_releases(ines).count() == 2


def test_a_choice_without_proof_is_attacked_before_it_leaves(monkeypatch):
    asked = put_together_by_the_public()
    monkeypatch.setattr("homeward.estimators.complementary.PATIENCE", -1)
    with pytest.raises(WouldDisclose):
        released(asked, audience="public", seconds=0)


def test_the_audit_finds_what_was_written_past_the_command():
    first = [by_sex(60, 80), *in_district(40, 50)]
    past_the_command(*first)
    assert told_by_audit() == 0
    past_the_command(by_sex(78, 110), *in_district(55, 65), extract_id=new_id())
    assert [one.exposed > 0 for one in audited(ines)] == [True, True]


def in_district(f, m):
    return [replace(by_sex(f, m, district="x"), name="district")]


def told_by_audit():
    return sum(one.exposed for one in audited(ines))


def past_the_command(*tables, extract_id=EXTRACT):
    every = [of_subject(one, "cases", str(extract_id)) for one in tables]
    with acting_as(mira):
        Release.objects.create(
            organisation_id=mira.organisation_id,
            audience="donor",
            subject="cases",
            extract_id=extract_id,
            tables=[written(one, (), one.cells) for one in every],
            cells_shown=1,
            cells_hidden=0,
        )


def test_the_public_may_hold_what_anybody_outside_got():
    assert has_got("public", "donor")
    assert has_got("donor", "public")
    assert not has_got("donor", "ministry")
    assert not has_got("donor", "inside")
    assert has_got("inside", "donor")
