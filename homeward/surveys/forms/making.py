"""Making a form of a workbook, in a process that runs apart, and having its logic checked where Java is."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from homeward.files.rules import XLSX, type_of
from homeward.surveys.forms import workshop
from homeward.surveys.forms.questions import Question, languages_of, questions_of
from homeward.surveys.forms.troubles import FormProblem, said_by_checker, said_by_reader
from homeward.surveys.rules import CODE, MOST_FORM_BYTES, Checked

SECONDS = 30
JAVA_SECONDS = 40
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
JAVA = ("-Djava.awt.headless=true", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar")


@dataclass(frozen=True)
class FormFile:
    """A workbook or a file that belongs to a form, as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True)
class MadeForm:
    """All that a workbook becomes."""

    code: str
    title: str
    version: str
    xform: str
    questions: tuple[Question, ...]
    languages: tuple[str, ...]
    default_language: str
    checked: Checked
    warnings: tuple[FormProblem, ...] = ()
    media: tuple[str, ...] = ()
    is_encrypted: bool = False


class NotAForm(Exception):
    """The workbook does not make a form; says why."""

    def __init__(self, problems: list[FormProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{one.place}: {one.what}" for one in problems))


@lru_cache(maxsize=8)  # what was read once to show it is not read again to keep it
def make_form(file: FormFile, *, version: str = "1", code: str = "", is_ours: bool = False) -> MadeForm:
    """The form in a workbook, or NotAForm; `version` is for a workbook that names none.

    The logic of what is ours was checked before it was shipped.
    """
    kind = _kind_of(file)
    with tempfile.TemporaryDirectory(prefix="form-") as place:
        made = _worked(Path(place), file, kind, code or _code_from(file.name), version)
        if "error" in made:
            raise NotAForm(said_by_reader(str(made["error"]), {}))
        _require_ours(made)
        checked = Checked.FULLY if is_ours else _check_logic(Path(place), made)
    return _form(made, checked)


def _form(made: Mapping[str, Any], checked: Checked) -> MadeForm:
    survey = made["survey"]
    questions = questions_of(survey)
    return MadeForm(
        code=str(survey["id_string"]),
        title=str(survey.get("title") or survey["id_string"])[:200],
        version=str(survey["version"])[:100],
        xform=made["xform"],
        questions=questions,
        languages=languages_of(survey),
        default_language=str(survey.get("default_language") or "default"),
        checked=checked,
        warnings=tuple(one for text in made["warnings"] for one in said_by_reader(str(text), made["rows"])),
        media=tuple(sorted({name for one in questions for name in one.media})),
        is_encrypted=bool(made["settings"].get("public_key")),
    )


def _kind_of(file: FormFile) -> str:
    if len(file.content) > MOST_FORM_BYTES:
        raise NotAForm([FormProblem(_("The workbook is larger than 10 MB."), _("Take pictures out of it."))])
    if file.content.startswith(OLD_WORKBOOK):
        return ".xls"
    if type_of(file.content, file.name) == XLSX:
        return ".xlsx"
    raise NotAForm(
        [
            FormProblem(
                _("This is not a workbook that can be read safely."),
                _("Save it as .xlsx or .xls, without macros, and upload it again."),
            )
        ]
    )


def _worked(place: Path, file: FormFile, kind: str, code: str, version: str) -> dict[str, Any]:
    source, out = place / f"form{kind}", place / "made.json"
    source.write_bytes(file.content)
    arguments = [sys.executable, "-I", workshop.__file__, str(source), kind, code, version, str(out)]
    try:
        subprocess.run(  # noqa: S603 (our own script; the workbook is a file to it)
            arguments, cwd=place, env=_bare(), timeout=SECONDS, capture_output=True, check=True
        )
        made: dict[str, Any] = json.loads(out.read_bytes())
    except (subprocess.SubprocessError, OSError, ValueError):
        raise NotAForm(
            [
                FormProblem(
                    _("The workbook took too long or grew too large while it was read."),
                    _("Leave out what is not part of the form, and upload it again."),
                )
            ]
        ) from None
    return made


def _bare() -> dict[str, str]:
    """An environment that holds none of our settings."""
    kept = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
    return {**kept, "OPENPYXL_LXML": "False"}  # its other parser reads on past a DOCTYPE


def _require_ours(made: Mapping[str, Any]) -> None:
    """Answers come to this installation and nowhere else, under a code that an address can carry."""
    survey, settings = made["survey"], made["settings"]
    if settings.get("submission_url") or survey.get("submission_url"):
        raise NotAForm(
            [
                FormProblem(
                    _("This form sends its answers to another address."),
                    _("Clear the column submission_url, and upload it again."),
                    "settings",
                    2,
                    "submission_url",
                )
            ]
        )
    if not CODE.fullmatch(str(survey["id_string"])):
        raise NotAForm(
            [
                FormProblem(
                    _("The code of the form cannot be used."),
                    _("Write a form_id of at most 64 letters, digits, spaces, underscores and hyphens."),
                    "settings",
                    2,
                    "form_id",
                    str(survey["id_string"])[:80],
                )
            ]
        )


def _check_logic(place: Path, made: Mapping[str, Any]) -> Checked:
    java, jar = shutil.which("java"), _checker()
    if not java or not jar:
        return Checked.PARTLY
    form = place / "form.xml"
    form.write_text(made["xform"], encoding="utf-8")
    try:
        done = subprocess.run(  # noqa: S603
            [java, *JAVA, str(jar), str(form)],
            cwd=place,
            env=_bare(),
            timeout=JAVA_SECONDS,
            capture_output=True,
            text=True,
            check=False,
        )
    except (subprocess.SubprocessError, OSError):
        return Checked.PARTLY
    if done.returncode > 0:
        raise NotAForm([said_by_checker(done.stderr, made["rows"], made["lists"])])
    return Checked.FULLY if done.returncode == 0 else Checked.PARTLY


def _checker() -> Path | None:
    found = find_spec("pyxform")
    jar = (
        Path(found.origin).parent / "validators/odk_validate/bin/ODK_Validate.jar"
        if found and found.origin
        else None
    )
    return jar if jar and jar.exists() else None


def _code_from(name: str) -> str:
    """A code made of the file's name, for a workbook that gives none."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    kept = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_-") else "_" for sign in stem)[:60]
    return kept if kept[:1].isalpha() else f"form_{kept}"[:60]
