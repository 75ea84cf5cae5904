"""Seven instruments in our own words, as readable data: one JSON file each, and a workbook made of it.

A question names its kind and itself (`{"often": "less_food", …}`), then its words in each language. `if` is
when it is asked, `must` what may be answered. Every scale ends in `dont_know` and `refused`, so that no kind
of missing is lost; a question that is `plain` is not.
"""

import io
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter

from homeward.surveys.forms.making import FormFile
from homeward.surveys.rules import RESPONDENT

HERE = Path(__file__).parent
LANGUAGES = {"en": "English (en)", "fr": "French (fr)", "ar": "Arabic (ar)"}
PLAIN_KINDS = {"text", "integer", "decimal", "date", "image"}
MISSING = (
    ["dont_know", "I do not know", "Je ne sais pas", "لا أعرف"],
    ["refused", "I prefer not to say", "Je préfère ne pas répondre", "أفضّل عدم الإجابة"],
)
# A workbook carries the moment it was made: the same file each time, so that nobody sees a change in none.
MADE = datetime(2026, 1, 1)  # noqa: DTZ001
COLUMNS = (
    "type",
    "name",
    *(f"label::{name}" for name in LANGUAGES.values()),
    "required",
    "relevant",
    "constraint",
    "parameters",
    "privacy",
)
Row = dict[str, str]


def shipped_names() -> list[str]:
    """The instruments that come along."""
    return sorted(path.stem for path in HERE.glob("*.json"))


@cache
def shipped(name: str) -> Mapping[str, Any]:
    """One instrument as it is written down."""
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))  # type: ignore[no-any-return]


@cache
def workbook_of(name: str) -> FormFile:
    """One instrument as a workbook that any collecting tool reads."""
    given = shipped(name)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        _sheet(book, "survey", COLUMNS, list(_survey(given)))
        labels = [f"label::{name}" for name in LANGUAGES.values()]
        _sheet(book, "choices", ("list_name", "name", *labels, "missing"), list(_choices(given)))
        about = {
            "form_id": given["code"],
            "form_title": given["title"]["en"],
            "version": given["version"],
            "default_language": LANGUAGES["en"],
            "style": "pages",
        }
        _sheet(book, "settings", tuple(about), [about])
    return FormFile(f"{given['code']}.xlsx", out.getvalue())


def _sheet(book: Any, name: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    sheet = book.add_worksheet(name)
    for place, row in enumerate([dict(zip(columns, columns, strict=True)), *rows]):
        for column, key in enumerate(columns):
            sheet.write_string(place, column, row.get(key, ""))


def _survey(given: Mapping[str, Any]) -> Iterator[Row]:
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    yield {"type": "hidden", "name": RESPONDENT, "privacy": "internal"}
    for one in given["questions"]:
        yield _row(one, given["scales"])


def _row(one: Mapping[str, Any], scales: Mapping[str, Any]) -> Row:
    if "end" in one:
        return {"type": "end_group"}
    kind = next(key for key in one if key in scales or key in PLAIN_KINDS or key == "begin")
    labels = {f"label::{LANGUAGES[code]}": one[code] for code in LANGUAGES}
    return {
        "type": _type(kind, one),
        "name": one[kind],
        **labels,
        "required": "yes" if one.get("required") else "",
        "relevant": one.get("if", ""),
        "constraint": one.get("must", ""),
        "parameters": "max-pixels=1024" if kind == "image" else "",
        "privacy": "" if kind == "begin" else "sensitive",
    }


def _type(kind: str, one: Mapping[str, Any]) -> str:
    if kind == "begin":
        return "begin_group"
    if kind in PLAIN_KINDS:
        return kind
    listed = f"{kind}_plain" if one.get("plain") else kind
    return f"select_multiple {listed}" if one.get("several") else f"select_one {listed}"


def _choices(given: Mapping[str, Any]) -> Iterator[Row]:
    used = {_row(one, given["scales"])["type"].rpartition(" ")[2] for one in given["questions"]}
    for scale, options in given["scales"].items():
        for listed, more in ((scale, MISSING), (f"{scale}_plain", ())):
            for code, en, fr, ar, *missing in (*options, *more) if listed in used else ():
                words = dict(
                    zip((f"label::{name}" for name in LANGUAGES.values()), (en, fr, ar), strict=True)
                )
                yield {"list_name": listed, "name": code, **words, "missing": (missing or [""])[0]}
