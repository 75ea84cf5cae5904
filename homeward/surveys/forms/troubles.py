"""What is wrong with a workbook: where, in words for whoever wrote it, and how to put it right."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
PLACE = re.compile(
    r"^\[row : (?P<row>\d+)\]\s*(?:On the '(?P<sheet>\w+)' sheet,?\s*)?"
    r"(?:the '(?P<column>[\w:]+)' value(?: '(?P<value>[^']*)')? is \w+\.)?\s*(?P<rest>.*)",
    re.DOTALL,
)
LEARN_MORE = re.compile(r"\s*(?:Learn more|See):? https?://\S+")
WITHOUT_LABELS = re.compile(r"itemset doesn't exist! \[instance\(([^)]+)\)")
PATHS = re.compile(r"/[\w.\-]+(?:/[\w.\-]+)+")


@dataclass(frozen=True)
class FormProblem:
    """One thing to put right in a workbook; what no table knows is told as the reader of forms said it."""

    what: Words
    remedy: Words
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    @property
    def place(self) -> str:
        """Sheet, row and column, such as `survey 14 name`."""
        return " ".join(str(part) for part in (self.sheet, self.row, self.column) if part)


GENERAL_REMEDY = _("Put this place right in the workbook, then upload it again.")
_NAME = (
    _("This name cannot be used."),
    _("Begin with a letter or underscore, then use only letters, digits, underscores, hyphens and dots."),
)
_LOGIC = _("The logic of the form cannot be worked out.")
# By the beginning of a sentence of the reader of forms, or by a part of it.
KNOWN: tuple[tuple[str, Words, Words], ...] = (
    (
        "Choice names must be unique",
        _("A choice stands twice in the same list."),
        _(
            "Give each choice of a list a name of its own, or remove the row that repeats it. "
            "If it is meant, write yes under allow_choice_duplicates on the sheet settings."
        ),
    ),
    (
        "must be unique within their nearest parent",
        _("Two questions of the same group have one name."),
        _("Rename one of them; names in another group may be the same."),
    ),
    (
        "Repeat names must",
        _("The name of this repeat is taken."),
        _("Give the repeat a name that nothing else in the form has."),
    ),
    ("Names must begin with a letter", *_NAME),
    (
        "Reference variables must contain a name",
        _("A question is named here that is not in the form."),
        _("Check the spelling between ${ and }, or add the question."),
    ),
    (
        "Reference variables names must be unique",
        _("A question is named here that the form has more than once."),
        _("Rename one of the questions, so that it is clear which is meant."),
    ),
    (
        "Reference variables must start with",
        _("A reference to a question is not closed."),
        _("Write it as ${name}, with both braces."),
    ),
    (
        "Unmatched 'end_",
        _("A group or repeat ends here that never began."),
        _("Add the beginning, or remove this row."),
    ),
    (
        "Unmatched 'begin_",
        _("A group or repeat that begins here never ends."),
        _("Add the row that ends it, such as end_group or end_repeat."),
    ),
    (
        "Unknown question type",
        _("This type of question is not known."),
        _("Check the spelling in the column type; types are listed at xlsform.org."),
    ),
    (
        "List name not in",
        _("The list of choices that this question names is not there."),
        _("Add the list to the sheet choices, or correct its name in the column type."),
    ),
    (
        "There should be a choices sheet",
        _("The workbook has no sheet of choices."),
        _("Add a sheet called choices with the columns list_name, name and label."),
    ),
    ("Missing calculation", _("There is no calculation."), _("Write one in the column calculation.")),
    (
        "Question with no type",
        _("This row has no type."),
        _("Write one in the column type, or clear the row."),
    ),
    (
        "Question or group with no name",
        _("This row has no name."),
        _("Write a name without spaces in the column name."),
    ),
    (
        "has no label",
        _("This group or question has no label."),
        _("Write what is asked in the column label."),
    ),
    (
        "Choices must have a name",
        _("This choice has no name."),
        _("Write a short code in the column name."),
    ),
    (
        "Choices should have a label",
        _("This choice has no label."),
        _("Write what people read in the column label, or clear the row."),
    ),
    (
        "max-pixels",
        _("Pictures are sent in full size."),
        _("Write max-pixels=1024 in the column parameters, so that sending costs less."),
    ),
    (
        "is missing the survey columns",
        _("A language lacks some of the words."),
        _("Add the columns that the message names for this language."),
    ),
    (
        "Choice names with spaces",
        _("A choice that can be ticked together with others has a space in its name."),
        _("Replace spaces in the column name of the choices by underscores."),
    ),
    (
        "One or more required column headers were not found",
        _("A column that every form needs is missing."),
        _(
            "Add it in the first row of the sheet: type and name for questions; "
            "list_name and name for choices."
        ),
    ),
    (
        "different names for the same column",
        _("Two columns mean the same."),
        _("Rename or remove one of them in the first row."),
    ),
    ("Duplicate column header", _("A column stands twice."), _("Rename or remove one of them.")),
    (
        "Column headers must not be empty",
        _("A column of the choices has no name, or a space in its name."),
        _("Give it a name without spaces in the first row, or clear the column."),
    ),
    (
        "Parameters must be in the form",
        _("Parameters cannot be read."),
        _("Write them as key=value, with spaces between them."),
    ),
    (
        "parameter",
        _("A parameter of this question is not right."),
        _("Correct the column parameters; the message says which value."),
    ),
    (
        "sheet named 'survey'",
        _("The workbook has no sheet called survey."),
        _("Put the questions in a sheet called survey."),
    ),
    (
        "Cycle detected",
        _("Calculations or conditions depend on each other in a circle."),
        _("Break the circle: one of these questions must not use the others."),
    ),
    (
        "cannot handle function",
        _LOGIC,
        _("The message names a function that does not exist: check its spelling."),
    ),
    ("mismatched brackets", _LOGIC, _("Close each bracket that is opened.")),
    (
        "not appear to be a valid",
        _("This is not a form in a workbook."),
        _("Save it as .xlsx with a sheet called survey."),
    ),
    (
        "memory",
        _("The workbook grows too large while it is read."),
        _("Leave out sheets that are not part of the form."),
    ),
)


def said_by_reader(message: str, rows: Mapping[str, int] | None = None) -> list[FormProblem]:
    """The problems in what the reader of forms said, one for each line that begins with a row."""
    parts = [part.strip() for part in re.split(r"\n(?=\[row : )", message.strip()) if part.strip()]
    return [_problem(part, rows or {}) for part in parts]


def in_runs(problems: Iterable[FormProblem]) -> list[tuple[FormProblem, int]]:
    """Each problem once with the last row of its run: thirty rows with one fault are one thing to read."""
    runs: list[tuple[FormProblem, int]] = []
    for one in problems:
        first, last = runs[-1] if runs else (None, 0)
        if first and replace(one, row=first.row) == first and one.row is not None and one.row > last:
            runs[-1] = (first, one.row)
        else:
            runs.append((one, one.row or 0))
    return runs


def said_by_checker(
    message: str, rows: Mapping[str, int], lists: Mapping[str, int] | None = None
) -> FormProblem:
    """The problem in what the checker of logic said: its first sentences, without its own inner life.

    `rows` and `lists` say where questions stand and where lists of choices begin.
    """
    if bare := WITHOUT_LABELS.search(message):
        what, remedy = _words("Choices should have a label")
        return FormProblem(what, remedy, "choices", (lists or {}).get(bare[1]), "label", bare[1])
    lines = [
        line for line in message.splitlines() if line.strip() and not line.lstrip().startswith(("at ", ">>"))
    ]
    text = re.sub(r"\b(?:org|java)\.[\w.$]+:\s*", "", " ".join(lines[:6]))
    what, remedy = _words(text)
    return FormProblem(what, remedy, "survey", _row_named(text, rows), value=_short(text))


def _problem(part: str, rows: Mapping[str, int]) -> FormProblem:
    found = PLACE.match(part)
    text = LEARN_MORE.sub("", part)
    what, remedy = _words(text)
    if not found:
        return FormProblem(what, remedy, _sheet_in(text), _row_named(text, rows), value=_short(text))
    rest = LEARN_MORE.sub("", found["rest"]).strip()
    value = found["value"] or _value_in(rest, is_known=remedy is not GENERAL_REMEDY)
    sheet = found["sheet"] or _sheet_in(rest) or "survey"
    return FormProblem(what, remedy, sheet, int(found["row"]), found["column"] or "", value)


def _value_in(text: str, *, is_known: bool) -> str:
    """What was written, where the message ends in it; the whole message when no table knows it."""
    if not is_known:
        return _short(text)
    if "allow_choice_duplicates" in text:
        return ""
    found = re.search(r"(?::\s*'?|')([^':]{1,120})'?\.?$", text)
    return found[1].strip() if found else ""


def _words(text: str) -> tuple[Words, Words]:
    for part, what, remedy in KNOWN:
        if part.lower() in text.lower():
            return what, remedy
    return _("The form cannot be read."), GENERAL_REMEDY


def _sheet_in(text: str) -> str:
    found = re.search(r"(?:sheet(?: named)?:? '(\w+)'|'(\w+)' sheet)", text)
    return (found[1] or found[2]) if found else ""


def _row_named(text: str, rows: Mapping[str, int]) -> int | None:
    """The row of the question whose path or name the message has."""
    names = [path.rsplit("/", 1)[1] for path in PATHS.findall(text)]
    names += [one or two for one, two in re.findall(r"'(\w+)'|\$\{(\w+)\}", text)]
    return next((rows[name] for name in names if name in rows), None)


def _short(text: str) -> str:
    return " ".join(text.split())[:300]
