"""Forms come in as versions, are published, and never change again."""

import pytest
from django.db import ProgrammingError, transaction

from homeward.access.acting import acting_as
from homeward.lib.privacy_classes import PrivacyClass
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused, WrongState
from homeward.surveys.commands import (
    add_form_file,
    add_instrument,
    discard_form,
    publish_form,
    retire_form,
    set_privacy,
    upload_form,
)
from homeward.surveys.forms.making import FormFile
from homeward.surveys.models import FormFile as KeptFile
from homeward.surveys.models import InstrumentVersion
from homeward.surveys.problems import CodeTaken, FormRefused
from homeward.surveys.queries import (
    file_of,
    files_of,
    form_of,
    get_version,
    missing_files,
    published_forms,
    questions_of,
)
from homeward.surveys.rules import FormState
from homeward.surveys.tests.books import HOUSEHOLD, workbook
from tests.cast import karim, nora, rosa, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")


def instrument(actor=rosa, **settings):
    return add_instrument(actor, file=workbook(**settings))


def published(actor=rosa, **settings):
    draft = instrument(actor, **settings)
    return publish_form(actor, version_id=draft.id, expected_version=draft.version)


def test_only_who_keeps_instruments_brings_forms_in():
    for actor in (nora, karim, stranger):
        with pytest.raises(Refused):
            add_instrument(actor, file=workbook())


def test_only_the_organisation_of_an_instrument_changes_it():
    draft = instrument()
    for act, given in (
        (upload_form, {"instrument_id": draft.instrument_id, "file": workbook()}),
        (publish_form, {"version_id": draft.id, "expected_version": 1}),
        (discard_form, {"version_id": draft.id, "expected_version": 1}),
        (retire_form, {"version_id": draft.id}),
    ):
        with pytest.raises(NotFound):
            act(vera, **given)


def test_a_draft_is_not_known_to_partners_and_a_published_form_is():
    draft = instrument()
    with acting_as(vera), pytest.raises(NotFound):
        get_version(vera, draft.id)
    publish_form(rosa, version_id=draft.id, expected_version=1)
    with acting_as(vera):
        assert get_version(vera, draft.id).title == "Household"
        assert [one.instrument.code for one in published_forms(vera)] == ["household"]


def test_a_workbook_that_is_no_form_leaves_nothing():
    with pytest.raises(FormRefused) as refused:
        add_instrument(rosa, file=workbook((*HOUSEHOLD, {"type": "text", "name": "village"})))
    assert refused.value.problems[0].row == 16
    with acting_as(rosa):
        assert not InstrumentVersion.objects.exists()


def test_a_code_is_of_one_instrument_alone():
    instrument()
    with pytest.raises(CodeTaken):
        instrument(vera)


def test_another_form_or_the_same_version_is_refused_with_the_place():
    first = published(version="2026-01")
    for settings, column in (({"form_id": "other"}, "form_id"), ({"version": "2026-01"}, "version")):
        with pytest.raises(FormRefused) as refused:
            upload_form(rosa, instrument_id=first.instrument_id, file=workbook(**settings))
        assert refused.value.problems[0].column == column


def test_a_published_form_and_its_files_never_change():
    version = published()
    with pytest.raises(WrongState):
        set_privacy(rosa, version_id=version.id, expected_version=version.version, privacy={})
    with acting_as(rosa):
        forms, files = InstrumentVersion.objects.filter(id=version.id), KeptFile.objects.filter(form=version)
        for act in (
            lambda: forms.update(xform="<other/>"),
            lambda: forms.update(questions=[]),
            lambda: forms.update(state="draft"),
            lambda: forms.delete(),
            lambda: files.update(content=b""),
            lambda: files.delete(),
        ):
            with pytest.raises(ProgrammingError, match="never change"), transaction.atomic():
                act()


def test_the_next_version_takes_the_place_of_the_one_before():
    first = published()
    draft = upload_form(rosa, instrument_id=first.instrument_id, file=workbook())
    assert (draft.number, draft.form_version) == (2, "2")
    second = publish_form(rosa, version_id=draft.id, expected_version=1, what_changed="A word")
    with acting_as(nora):
        assert [one.id for one in published_forms(nora)] == [second.id]
        assert form_of(nora, "household").id == second.id
        assert form_of(nora, "household", "1").state == FormState.RETIRED


def test_uploading_again_takes_the_place_of_the_draft():
    draft = instrument()
    again = upload_form(rosa, instrument_id=draft.instrument_id, file=workbook())
    assert again.number == 1
    discard_form(rosa, version_id=again.id, expected_version=1)
    with acting_as(rosa):
        assert not InstrumentVersion.objects.exists()


def test_a_form_is_published_when_its_files_are_there():
    rows = (*HOUSEHOLD, {"type": "select_one_from_file places.csv", "name": "p", "label::English (en)": "P"})
    draft = add_instrument(rosa, file=workbook(rows))
    with pytest.raises(Invalid, match=r"places\.csv"):
        publish_form(rosa, version_id=draft.id, expected_version=1)
    given = FormFile("places.csv", b"name,label\na,A\n")
    draft = add_form_file(rosa, version_id=draft.id, expected_version=1, file=given)
    version = publish_form(rosa, version_id=draft.id, expected_version=draft.version)
    with acting_as(vera):
        assert missing_files(vera, version) == []
        assert [one.name for one in files_of(vera, version.id)] == ["places.csv"]
        assert bytes(file_of(vera, version.id, "places.csv").content) == given.content


def test_how_private_an_answer_is_can_be_said_in_the_draft():
    draft = instrument()
    with pytest.raises(EditConflict):
        set_privacy(rosa, version_id=draft.id, expected_version=9, privacy={})
    with pytest.raises(Invalid):
        set_privacy(rosa, version_id=draft.id, expected_version=1, privacy={"nowhere": PrivacyClass.PUBLIC})
    draft = set_privacy(
        rosa, version_id=draft.id, expected_version=1, privacy={"works": PrivacyClass.INTERNAL}
    )
    said = {one.path: one.privacy for one in questions_of(draft)}
    assert said["works"] == PrivacyClass.INTERNAL
    assert said["village"] == PrivacyClass.SENSITIVE
