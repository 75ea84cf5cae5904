"""PDF, tagged for readers who listen to it (PDF/UA-1), the same bytes for the same document."""

import logging
from datetime import datetime
from functools import cache
from importlib.resources import files

import orjson
import typst
from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem
from homeward.reports.documents import RIGHT_TO_LEFT, Document, as_json

log = logging.getLogger(__name__)
ARABIC = frozenset({"Noto Sans Arabic", "Noto Naskh Arabic", "DejaVu Sans"})


class NoFont(Problem):
    """The machine cannot write the script of the report."""

    status = 409
    code = "no_font"
    message = _("This machine has no font for Arabic. Install the Noto fonts, then make the report again.")


class NotWritten(Problem):
    """The typesetter refused: most often a letter that no font of the machine has."""

    status = 409
    code = "not_written"
    message = _(
        "The PDF could not be written. Most often a letter is in no font of this machine: install the Noto "
        "fonts, then make the report again."
    )


def require_font(language: str) -> None:
    """NoFont where the letters of a language would be missing; asked before anything leaves."""
    if language in RIGHT_TO_LEFT and not ARABIC & _families():
        raise NoFont


def pdf_of(document: Document, made_at: datetime) -> bytes:
    """The document as PDF; NoFont or NotWritten where letters would be missing."""
    require_font(document.language)
    given = {
        "document": orjson.dumps(as_json(document)).decode(),
        "direction": "rtl" if document.is_right_to_left else "ltr",
    }
    layout = files(__package__).joinpath("report.typ").read_bytes()
    try:
        made = typst.Compiler(layout, sys_inputs=given).compile(
            format="pdf", pdf_standards=["ua-1"], timestamp=made_at.replace(microsecond=0)
        )
    except typst.TypstError as refusal:
        log.exception("The typesetter refused a report")
        raise NotWritten from refusal
    if not isinstance(made, bytes):
        raise TypeError(made)
    return made


@cache
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())
