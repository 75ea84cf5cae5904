"""Answers as OpenRosa writes them."""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse

from homeward.lib.problems import Problem
from homeward.surveys.receiving import Receipt

MOST_AT_ONCE = 100 * 1024 * 1024
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
XML = "text/xml; charset=utf-8"
ENVELOPE = "http://openrosa.org/http/response"
FORMS = "http://openrosa.org/xforms/xformsList"
FILES = "http://openrosa.org/xforms/xformsManifest"
METADATA = "http://www.opendatakit.org/xforms"


def told(message: str, *, nature: str, status: int, beside: str = "") -> HttpResponse:
    """A sentence for the officer in the envelope."""
    inner = f'<message nature="{nature}">{escape(message)}</message>{beside}'
    return xml(f'<OpenRosaResponse xmlns="{ENVELOPE}">{inner}</OpenRosaResponse>', status=status)


def refused(problem: Problem) -> HttpResponse:
    """A problem in the envelope; a telephone that is not known is asked to sign in."""
    response = told(str(problem), nature="submit_failure", status=problem.status)
    response.headers["X-Homeward-Problem"] = problem.code
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Homeward", charset="UTF-8"'
    return response


def received(receipt: Receipt, message: str) -> HttpResponse:
    """The receipt: 201 when all is there, 202 while files are still to come."""
    is_whole = not receipt.waiting_for
    metadata = (
        f'<submissionMetadata xmlns="{METADATA}" '
        f'instanceID={quoteattr(receipt.instance_id)} submissionDate="{receipt.received_at.isoformat()}" '
        f'isComplete="{str(is_whole).lower()}"/>'
    )
    return told(message, nature="submit_success", status=201 if is_whole else 202, beside=metadata)


def listed(root: str, namespace: str, each: str, rows: Iterable[Mapping[str, str]]) -> HttpResponse:
    """A list of forms or of files: one element each, with its parts."""
    elements = "".join(f"<{each}>{_parts(row)}</{each}>" for row in rows)
    return xml(f'<{root} xmlns="{namespace}">{elements}</{root}>')


def xml(content: str, status: int = 200) -> HttpResponse:
    """XML with its declaration."""
    return HttpResponse(DECLARATION + content, content_type=XML, status=status)


def _parts(row: Mapping[str, str]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in row.items())
