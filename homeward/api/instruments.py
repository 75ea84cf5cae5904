"""REST: instruments and their forms."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Field, File, Form, Router, Schema, UploadedFile

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.fields import ANY
from homeward.api.operations import creates, hands_over, reads, receives
from homeward.surveys import commands, queries
from homeward.surveys.exporting import lines_of
from homeward.surveys.forms.making import FormFile
from homeward.surveys.forms.questions import as_json
from homeward.surveys.rules import Checked, FormState

router = Router(tags=["instruments"])
MOST = 500


class InstrumentOut(Schema):
    """What is asked under one code, through all its versions."""

    id: UUID
    organisation_id: UUID
    code: str
    title: str


class InstrumentFormOut(Schema):
    """One version; a published one never changes."""

    id: UUID
    instrument_id: UUID
    organisation_id: UUID
    number: int
    state: FormState
    form_version: str
    title: str
    languages: list[str]
    checked: Checked
    is_encrypted: bool
    what_changed: str
    published_at: datetime | None
    version: int


class WholeFormOut(InstrumentFormOut):
    """One version with what it asks: path, kind, labels by language, choices, logic, privacy class."""

    asks: list[dict[str, Any]]
    missing_files: list[str]


class FormIn(Schema):
    what_changed: Annotated[str, Field(max_length=1000, pattern=ANY)] = ""


class AskedFromNowIn(FormIn):
    expected_version: Annotated[int, Field(ge=1, le=1_000_000_000)]


@reads(router, "", Action.INSTRUMENT_VIEW, list[InstrumentOut])
def list_instruments(request: HttpRequest) -> object:
    """Instruments on this installation by title; at most 500."""
    return queries.known_instruments(actor_of(request))[:MOST]


@receives(router, "", Action.INSTRUMENT_EDIT, InstrumentFormOut)
def add_instrument(request: HttpRequest, file: File[UploadedFile]) -> object:
    """Begin an instrument from a workbook (XLSForm); its form is a draft."""
    return commands.add_instrument(actor_of(request), file=_given(file))


@reads(router, "/{uuid:instrument_id}/forms", Action.INSTRUMENT_VIEW, list[InstrumentFormOut])
def list_forms(request: HttpRequest, instrument_id: UUID) -> object:
    """The versions of an instrument, newest first."""
    actor = actor_of(request)
    return queries.versions_of(actor, queries.get_instrument(actor, instrument_id).id)[:MOST]


@receives(router, "/{uuid:instrument_id}/forms", Action.INSTRUMENT_EDIT, InstrumentFormOut)
def upload_form(
    request: HttpRequest, instrument_id: UUID, about: Form[FormIn], file: File[UploadedFile]
) -> object:
    """Bring a workbook in as the next version, in place of a draft that is there."""
    return commands.upload_form(
        actor_of(request), instrument_id=instrument_id, file=_given(file), what_changed=about.what_changed
    )


@reads(router, "/forms/{uuid:version_id}", Action.INSTRUMENT_VIEW, WholeFormOut)
def view_form(request: HttpRequest, version_id: UUID) -> object:
    """One version with all it asks."""
    actor = actor_of(request)
    one = queries.get_version(actor, version_id)
    told = {name: getattr(one, name) for name in InstrumentFormOut.model_fields}
    asks = as_json(queries.questions_of(one))
    return {**told, "asks": asks, "missing_files": queries.missing_files(actor, one)}


@creates(router, "/forms/{uuid:version_id}/publication", Action.INSTRUMENT_PUBLISH, InstrumentFormOut)
def publish_form(request: HttpRequest, version_id: UUID, body: AskedFromNowIn) -> object:
    """Let a form be asked from now on; it never changes again."""
    return commands.publish_form(actor_of(request), version_id=version_id, **body.dict())


@creates(router, "/forms/{uuid:version_id}/retirement", Action.INSTRUMENT_PUBLISH, InstrumentFormOut)
def retire_form(request: HttpRequest, version_id: UUID) -> object:
    """Offer a form no longer; what is filled already is still received."""
    return commands.retire_form(actor_of(request), version_id=version_id)


@hands_over(router, "/forms/{uuid:version_id}/answers", Action.SUBMISSION_EXPORT)
def export_answers(request: HttpRequest, version_id: UUID) -> StreamingHttpResponse:
    """What stands of one version as CSV, written while it is read; that it was brought out is on record."""
    actor = actor_of(request)
    form = queries.form_to_export(actor, version_id)
    pieces = lines_of(actor, form.id, queries.questions_of(form))
    disposition = f'attachment; filename="answers-{form.number}.csv"'
    kind = "text/csv; charset=utf-8"
    return StreamingHttpResponse(pieces, content_type=kind, headers={"Content-Disposition": disposition})


def _given(file: UploadedFile) -> FormFile:
    return FormFile(file.name or "form", file.read())
