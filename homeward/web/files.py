"""Handing stored files over: always a download, never anything the browser would run."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from homeward.access.request import actor_of
from homeward.files.queries import open_file

NOTHING_RUNS = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_safe
def download(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """One file, as it was stored."""
    file = open_file(actor_of(request), file_id)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
