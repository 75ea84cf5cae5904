"""The page of a copy that the person reads: in their language, without a program or a network."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi, gettext, override, pgettext
from django.utils.translation import gettext_lazy as _

from homeward.casework.rights.names import NAMES, is_told

CHAPTERS = (
    (_("Who you are"), ("people_",)),
    (_("Your cases"), ("cases_",)),
    (_("Questions you were asked"), ("assessments_",)),
    (_("Your plan"), ("plans_",)),
    (_("Money and help"), ("assistance_", "approvals_")),
    (_("How you are doing"), ("outcomes_", "followup_")),
    (_("Documents"), ("files_",)),
    (_("Who received something about you"), ("sharing_", "referrals_")),
    (_("What you agreed to"), ("consent_",)),
    (_("What you told us"), ("feedback_",)),
    (_("Lists that partners sent"), ("exchange_",)),
    (_("What you asked about your data"), ("privacy_",)),
)
STYLE = (
    "body{font:1rem/1.5 system-ui,'Noto Sans','Noto Sans Arabic',sans-serif;max-width:52rem;margin:2rem auto;"
    "padding:0 1rem;color:#1c2b2d}h1,h2{line-height:1.2}section{margin-block:2rem}"
    "table{border-collapse:collapse;width:100%;margin-block:.75rem}"
    "th,td{text-align:start;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #cfd8d6}"
    "th{width:34%;font-weight:600}.soft{color:#4b5d5f}"
)


def page_for_the_person(
    rows: Mapping[str, list[dict[str, Any]]],
    disclosures: Iterable[Mapping[str, str]],
    organisations: Mapping[str, str],
    *,
    language: str,
    at: datetime,
) -> str:
    """The page in the person's language; what is empty is left out, for data.json has all of it."""
    with override(language):
        chapters = [_chapter(str(title), starts, rows, organisations) for title, starts in CHAPTERS]
        return format_html(
            '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>{}</title><style>{}</style></head>'
            "<body><h1>{}</h1><p>{}</p><p>{}</p>{}{}</body></html>",
            language,
            "rtl" if get_language_bidi() else "ltr",
            gettext("A copy of what is held about you"),
            mark_safe(STYLE),  # noqa: S308 - our own constant
            gettext("A copy of what is held about you"),
            gettext("Made on %(day)s.") % {"day": date_format(localtime(at), "j F Y")},
            gettext(
                "You may ask for corrections, for a stop, or for erasure, at any time and free of charge. "
                "Names of staff are left out for their safety; what else is left out, and why, is in the "
                "file data.json."
            ),
            _recipients(list(disclosures)),
            mark_safe("".join(chapters)),  # noqa: S308 - made of escaped pieces
        )


def _recipients(disclosures: list[Mapping[str, str]]) -> SafeString:
    title = gettext("Who received it")
    if not disclosures:
        return format_html("<section><h2>{}</h2><p>{}</p></section>", title, gettext("Nobody so far."))
    lines = format_html_join(
        "",
        "<tr><th>{}</th><td>{} · {}</td></tr>",
        ((one["to"], one["purpose"], one["since"][:10]) for one in disclosures),
    )
    return format_html("<section><h2>{}</h2><table>{}</table></section>", title, lines)


def _chapter(
    title: str,
    starts: tuple[str, ...],
    rows: Mapping[str, list[dict[str, Any]]],
    organisations: Mapping[str, str],
) -> SafeString:
    tables = [
        _table(row, organisations)
        for table, found in rows.items()
        if table.startswith(starts)
        for row in found
    ]
    if not tables:
        return mark_safe("")
    return format_html("<section><h2>{}</h2>{}</section>", title, mark_safe("".join(tables)))  # noqa: S308


def _table(row: Mapping[str, Any], organisations: Mapping[str, str]) -> SafeString:
    shown = [
        (NAMES.get(name, name.replace("_", " ")), _words(organisations.get(str(value), value)))
        for name, value in row.items()
        if is_told(name) and value not in (None, "", [], {})
    ]
    lines = format_html_join("", '<tr><th>{}</th><td dir="auto">{}</td></tr>', shown)
    return format_html("<table>{}</table>", lines)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return pgettext("between the items of a list", ", ").join(map(_words, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_words(one)}" for key, one in value.items())
    return str(value)
