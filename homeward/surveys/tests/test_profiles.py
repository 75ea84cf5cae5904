"""Profiles come in from workbooks and JSON with every error told by its row, and never change once in use."""

import io
import json
import random
from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from openpyxl import load_workbook

from homeward.access.acting import acting_as
from homeward.lib.identifiers import new_id
from homeward.lib.problems import EditConflict, NotFound, Refused, WrongState
from homeward.surveys.commands import load_shipped
from homeward.surveys.models import ScoringProfile, Submission
from homeward.surveys.problems import ProfileRefused, TooFewAnswers
from homeward.surveys.queries import questions_of
from homeward.surveys.rules import ProfileState, SubmissionState
from homeward.surveys.scoring.commands import (
    derive_profile,
    discard_profile,
    import_profile,
    load_shipped_profile,
    use_profile,
)
from homeward.surveys.scoring.profile import Way
from homeward.surveys.scoring.queries import get_profile, profiles_in_use, profiles_of, read_terms
from homeward.surveys.scoring.reading import NotAProfile, misfits, read_profile
from homeward.surveys.scoring.shipped import shipped_profile
from homeward.surveys.scoring.tables import as_dict, as_workbook
from tests.cast import frida, nora, rosa, stranger, vera

SHIPPED = shipped_profile("sustainability")


def changed(**parts):
    return json.dumps({**as_dict(SHIPPED), **parts}).encode()


def book_with(sheet, cell, value):
    book = load_workbook(io.BytesIO(as_workbook(SHIPPED)))
    book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def places(content):
    with pytest.raises(NotAProfile) as refused:
        read_profile(content)
    return {(one.sheet, one.row, one.column) for one in refused.value.problems}


def test_a_profile_goes_out_as_workbook_and_json_and_comes_in_the_same():
    assert read_profile(as_workbook(SHIPPED)) == SHIPPED
    assert read_profile(json.dumps(as_dict(SHIPPED)).encode()) == SHIPPED


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a book", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_profile_is_told_once(content):
    with pytest.raises(NotAProfile) as refused:
        read_profile(content)
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "place"),
    [
        ("points", "C3", "much", ("points", 3, "points")),
        ("points", "C3", 1.5, ("points", 3, "points")),
        ("points", "B3", "very_satisfied", ("points", 3, "code")),
        ("points", "A2", "economic/other", ("points", 2, "path")),
        ("items", "B4", "spiritual", ("items", 4, "dimension")),
        ("items", "A5", "economic/economy", ("items", 5, "path")),
        ("items", "C4", -1, ("items", 4, "weight")),
        ("items", "D4", "sideways", ("items", 4, "way")),
        ("items", "H4", "zero", ("items", 4, "not_applicable")),
        ("items", "E4", 3, None),
        ("missing", "B2", "zero", ("missing", 2, "treatment")),
        ("missing", "A2", None, ("missing", 2, "kind")),
        ("dimensions", "C2", 2, ("dimensions", 2, "minimum_coverage")),
        ("bands", "B2", 0.1, ("bands", 2, "begins")),
        ("bands", "B4", 0.2, ("bands", 2, "begins")),
        ("profile", "B4", None, ("profile", 4, "value")),
        ("profile", "B5", "no", ("profile", 6, "value")),
        ("profile", "B7", "yesterday", ("profile", 7, "value")),
    ],
)
def test_every_error_of_a_workbook_is_told_by_sheet_row_and_column(sheet, cell, value, place):
    content = book_with(sheet, cell, value)
    if place:
        assert place in places(content)
    else:
        assert read_profile(content).items[2].least == 3  # a limit alone means nothing; points count


def test_an_official_profile_says_who_verified_it_and_when():
    told = {"is_provisional": False, "verified_by": "Mira Verified", "verified_on": "2026-03-12"}
    profile = read_profile(changed(**told))
    assert (profile.is_provisional, profile.verified_on) == (False, date(2026, 3, 12))


def test_parts_that_are_not_there_are_named():
    assert places(changed(items=[], missing={})) == {("items", None, ""), ("missing", None, "")}


@pytest.fixture
def instrument(cast):
    return load_shipped(rosa, name="sustainability").instrument


def test_the_shipped_profile_fits_the_shipped_form(instrument):
    with acting_as(rosa):
        form = instrument.versions.get()
        asked = questions_of(form)
    assert misfits(SHIPPED, asked) == []
    # what is asked and not scored is said, with the reason
    scored = {one.path for one in SHIPPED.items} | set(SHIPPED.left_out)
    assert {one.path for one in asked if one.choices} - scored == {"willing"}


def test_only_who_keeps_instruments_brings_profiles_in(instrument):
    for actor in (nora, frida, stranger):
        with pytest.raises(Refused):
            import_profile(actor, instrument_id=instrument.id, content=changed())
    with pytest.raises(NotFound):
        import_profile(vera, instrument_id=instrument.id, content=changed())


def test_questions_and_answers_that_the_form_does_not_have_are_told(instrument):
    given = as_dict(SHIPPED)
    given["items"][0] |= {"path": "economic/wealth"}
    given["items"][1]["points"] = {"never": 1, "mostly": 0.5}
    given["items"][2] = {"path": "economic/credit", "dimension": "economic", "least": 0, "most": 5}
    with pytest.raises(ProfileRefused) as refused:
        import_profile(rosa, instrument_id=instrument.id, content=json.dumps(given).encode())
    assert [one.row for one in refused.value.problems] == [1, 2, 2, 3]
    with pytest.raises(ProfileRefused):
        import_profile(rosa, instrument_id=instrument.id, content=changed(instrument="other"))


def test_a_profile_in_use_never_changes_and_the_one_before_is_retired(instrument):
    first = load_shipped_profile(rosa, name="sustainability")
    assert load_shipped_profile(rosa, name="sustainability").id == first.id
    draft = import_profile(rosa, instrument_id=instrument.id, content=changed(title="Second"))
    assert (draft.number, draft.state) == (2, ProfileState.DRAFT)
    with acting_as(nora):
        assert profiles_in_use(nora)[instrument.id].id == first.id
    with pytest.raises(EditConflict):
        use_profile(rosa, profile_id=draft.id, expected_version=7)
    used = use_profile(rosa, profile_id=draft.id, expected_version=draft.version)
    with pytest.raises(WrongState):
        discard_profile(rosa, profile_id=used.id, expected_version=used.version)
    with acting_as(rosa):
        assert [one.state for one in profiles_of(rosa, instrument.id)] == ["in_use", "retired"]
        assert read_terms(get_profile(rosa, used.id)).title == "Second"
        for change in ({"terms": {}}, {"title": "x"}, {"verified_by": "me"}, {"state": "draft"}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                ScoringProfile.objects.filter(id=used.id).update(**change)


def test_a_draft_is_seen_by_who_keeps_it_and_can_be_thrown_away(instrument):
    draft = import_profile(rosa, instrument_id=instrument.id, content=changed())
    with acting_as(vera), pytest.raises(NotFound):
        get_profile(vera, draft.id)
    discard_profile(rosa, profile_id=draft.id, expected_version=1)
    with acting_as(rosa), pytest.raises(NotFound):
        get_profile(rosa, draft.id)


def answered_by(number, form, chance):
    """Submissions of as many people, each with one trait behind all answers."""
    for _person in range(number):
        trait = chance.gauss(0.5, 0.25)
        answers = {}
        for one in SHIPPED.items:
            wanted = trait + chance.gauss(0, 0.2)
            wanted = wanted if one.way == Way.UP else 1 - wanted
            answers[one.path] = min(one.points, key=lambda code: abs(one.points[code] - wanted))  # noqa: B023
        yield Submission(
            organisation_id=rosa.organisation_id,
            form=form,
            instance_id=f"uuid:{new_id()}",
            received_by_id=nora.user_id,
            body=b"sealed",
            sha256=b"digest",
            size_bytes=6,
            answers=answers,
            state=SubmissionState.COMPLETE,
        )


def test_weights_from_own_answers_are_a_draft_that_nothing_uses(instrument):
    with pytest.raises(WrongState):
        derive_profile(rosa, instrument_id=instrument.id)
    used = load_shipped_profile(rosa, name="sustainability")
    with pytest.raises(TooFewAnswers):
        derive_profile(rosa, instrument_id=instrument.id)
    with acting_as(rosa):
        chance = random.Random(5)  # noqa: S311
        Submission.objects.bulk_create(answered_by(240, instrument.versions.get(), chance))
    with pytest.raises(Refused):
        derive_profile(nora, instrument_id=instrument.id)
    draft = derive_profile(rosa, instrument_id=instrument.id)
    assert (draft.state, draft.is_provisional, draft.number) == (ProfileState.DRAFT, True, 2)
    assert draft.derivation["forms"] == 240
    assert draft.derivation["begun_from"] == str(used.id)
    assert draft.derivation["dimensions"]["economic"]["ordinal_alpha"] > 0.8
    with acting_as(rosa):
        assert profiles_in_use(rosa)[instrument.id].id == used.id
        assert len({one.weight for one in read_terms(draft).items}) > 20
