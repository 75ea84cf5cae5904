"""REST: documents of a case, sent as a form and handed over as downloads."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Field, File, Form, Router, Schema, UploadedFile

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.fields import ANY
from homeward.api.looking import MOST, seen_case
from homeward.api.operations import hands_over, reads, receives
from homeward.cases import commands
from homeward.cases.journey_rules import PaperKind
from homeward.cases.queries import journey as queries
from homeward.cases.rules import Visibility
from homeward.files.queries import open_file

router = Router(tags=["journey"])


class PaperIn(Schema):
    kind: PaperKind = PaperKind.OTHER
    note: Annotated[str, Field(max_length=300, pattern=ANY)] = ""
    visibility: Visibility = Visibility.CASE


class PaperOut(Schema):
    """A scan, a letter, a photo on the case; its file is handed over by an operation of its own."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    visibility: Visibility
    kind: PaperKind
    note: str
    added_by_name: str
    added_at: datetime


@reads(router, "/{uuid:case_id}/documents", Action.CASE_VIEW, list[PaperOut])
def list_documents(request: HttpRequest, case_id: UUID) -> object:
    """Documents of a case, newest first."""
    actor, case = seen_case(request, case_id)
    return queries.documents_of_case(actor, case.id)[:MOST]


@receives(router, "/{uuid:case_id}/documents", Action.DOCUMENT_ADD, PaperOut)
def add_document(
    request: HttpRequest, case_id: UUID, about: Form[PaperIn], file: File[UploadedFile]
) -> object:
    """Keep a scan, letter or photo (to 20 MB) with a case, encrypted."""
    return commands.add_case_document(
        actor_of(request), case_id=case_id, name=file.name or "", content=file.read(), **about.dict()
    )


@hands_over(router, "/documents/{uuid:document_id}/file", Action.FILE_OPEN)
def download_document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The file of a document; that it was opened is on record."""
    actor = actor_of(request)
    file = open_file(actor, queries.get_document(actor, document_id).file_id)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
