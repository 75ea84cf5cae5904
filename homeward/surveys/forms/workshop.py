"""Runs apart, in a process of its own: reads one workbook with pyxform and writes down what it made.

An uploaded workbook is hostile until it was read: this process has no settings, no database, no keys, little
memory and little time. It imports nothing of ours. Arguments: the workbook, its type, the code of the
instrument, the version to use when the form names none, and where to write.
"""

import json
import resource
import sys
from typing import Any

MEMORY_BYTES = 768 * 1024 * 1024
SECONDS = 15
MOST_WRITTEN = 64 * 1024 * 1024
MOST_FILES = 64


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_FILES, MOST_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def made(path: str, file_type: str, code: str, version: str) -> dict[str, Any]:
    """The form and all that is known about it; raises PyXFormError with what is wrong."""
    from pyxform.builder import create_survey_element_from_dict  # noqa: PLC0415 (after the limits)
    from pyxform.xls2json import workbook_to_json  # noqa: PLC0415
    from pyxform.xls2json_backends import get_xlsform  # noqa: PLC0415

    warnings: list[str] = []
    with open(path, "rb") as file:
        book = get_xlsform(xlsform=file.read(), file_type=file_type)
    settings = dict((book.settings or [{}])[0])
    rows = [row.get("name") for row in book.survey or []]
    lists = [row.get("list_name") or row.get("list name") for row in book.choices or []]
    survey = workbook_to_json(workbook_dict=book, fallback_form_name=code or "form", warnings=warnings)
    survey["version"] = str(survey.get("version") or version)
    element = create_survey_element_from_dict(dict(survey))
    return {
        "xform": element.to_xml(validate=False, pretty_print=False, warnings=warnings),
        "warnings": warnings,
        "survey": survey,
        "settings": settings,
        "rows": first_places(rows),
        "lists": first_places(lists),
    }


def first_places(names: list[Any]) -> dict[str, int]:
    """The first row of a sheet that each name stands in."""
    return {name: place for place, name in reversed(list(enumerate(names, start=2))) if name}


def refused(error: BaseException) -> dict[str, Any]:
    code = getattr(getattr(error, "code", None), "name", "")
    return {
        "error": str(error) or type(error).__name__,
        "code": code,
        "context": getattr(error, "context", {}),
    }


def main() -> None:
    path, file_type, code, version, out = sys.argv[1:6]
    limit()
    try:
        result = made(path, file_type, code, version)
    except MemoryError:
        result = {"error": "memory", "code": "TOO_LARGE"}
    except Exception as error:  # noqa: BLE001 (whatever a workbook does to its reader is told, not shown)
        result = refused(error)
    with open(out, "w", encoding="utf-8") as file:
        json.dump(result, file, default=str)


if __name__ == "__main__":
    main()
