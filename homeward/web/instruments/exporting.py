"""All answers to one form as a file."""

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_POST

from homeward.access.request import actor_of
from homeward.surveys.exporting import lines_of
from homeward.surveys.queries import form_to_export, questions_of


@require_POST
def answers(request: HttpRequest, version_id: UUID) -> StreamingHttpResponse:
    """Stream the answers as CSV; the file is never whole in memory or on disk here."""
    actor = actor_of(request)
    form = form_to_export(actor, version_id)
    pieces = lines_of(actor, form.id, questions_of(form))
    disposition = f'attachment; filename="answers-{form.number}.csv"'
    kind = "text/csv; charset=utf-8"
    return StreamingHttpResponse(pieces, content_type=kind, headers={"Content-Disposition": disposition})
