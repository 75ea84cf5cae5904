"""Workbooks and filled forms of our own, with the features of those found in the field."""

import io

from openpyxl import Workbook

from homeward.lib.identifiers import new_id
from homeward.surveys.forms.making import FormFile

SURVEY = ("type", "name", "label::English (en)", "label::العربية (ar)", "relevant", "constraint", "required")
MORE = ("calculation", "privacy", "missing", "choice_filter", "appearance")
HOUSEHOLD = (
    {"type": "start", "name": "start"},
    {"type": "end", "name": "end"},
    {"type": "hidden", "name": "homeward_respondent"},
    {"type": "text", "name": "village", "label::English (en)": "Village", "label::العربية (ar)": "القرية"},
    {
        "type": "select_one yn",
        "name": "works",
        "label::English (en)": "Do you work?",
        "label::العربية (ar)": "هل تعمل؟",
        "required": "yes",
    },
    {
        "type": "integer",
        "name": "income",
        "label::English (en)": "Income",
        "label::العربية (ar)": "الدخل",
        "relevant": "${works} = 'yes'",
        "constraint": ". >= 0",
        "missing": "98=dont_know 99=refused",
    },
    {
        "type": "begin_repeat",
        "name": "members",
        "label::English (en)": "Member",
        "label::العربية (ar)": "فرد",
    },
    {
        "type": "text",
        "name": "called",
        "label::English (en)": "Name",
        "label::العربية (ar)": "الاسم",
        "privacy": "sealed",
    },
    {"type": "integer", "name": "age", "label::English (en)": "Age", "label::العربية (ar)": "العمر"},
    {"type": "end_repeat"},
    {
        "type": "select_multiple help",
        "name": "help",
        "label::English (en)": "Help",
        "label::العربية (ar)": "مساعدة",
    },
    {"type": "geopoint", "name": "where", "label::English (en)": "Where", "label::العربية (ar)": "أين"},
    {"type": "image", "name": "photo", "label::English (en)": "Photo", "label::العربية (ar)": "صورة"},
    {"type": "calculate", "name": "double", "calculation": "${income} * 2"},
)
CHOICES = (
    ("yn", "yes", "Yes", "نعم", ""),
    ("yn", "no", "No", "لا", ""),
    ("yn", "refused", "No answer", "لا جواب", ""),
    ("yn", "skip", "Not for me", "لا ينطبق", "not_applicable"),
    ("help", "cash", "Cash", "نقد", ""),
    ("help", "work", "Work", "عمل", ""),
)
WRITTEN: dict[str, FormFile] = {}
CHOICE_COLUMNS = ("list_name", "name", "label::English (en)", "label::العربية (ar)", "missing")


def workbook(rows=HOUSEHOLD, choices=CHOICES, name="household.xlsx", **settings):
    """A workbook with these rows; `settings` become the sheet of settings."""
    told = repr((rows, choices, name, settings))
    if told not in WRITTEN:  # the same bytes each time, for a workbook carries the moment it was written
        WRITTEN[told] = _written(rows, choices, name, settings)
    return WRITTEN[told]


def _written(rows, choices, name, settings):
    book = Workbook()
    survey = book.active
    survey.title = "survey"
    columns = [*SURVEY, *MORE, *sorted({key for row in rows for key in row} - {*SURVEY, *MORE})]
    survey.append(columns)
    for row in rows:
        survey.append([row.get(column) for column in columns])
    sheet = book.create_sheet("choices")
    # A sixth column, where some choice has one, is the region it lies in.
    for row in (
        (*CHOICE_COLUMNS, "region") if any(len(one) > 5 for one in choices) else CHOICE_COLUMNS,
        *choices,
    ):
        sheet.append(row)
    settings = {"form_id": "household", "form_title": "Household", **settings}
    sheet = book.create_sheet("settings")
    sheet.append(list(settings))
    sheet.append(list(settings.values()))
    out = io.BytesIO()
    book.save(out)
    return FormFile(name, out.getvalue())


def filled(answers="", *, instance=None, form="household", version="1", deprecated="", respondent=""):
    """A filled form as a telephone sends it."""
    instance = instance or f"uuid:{new_id()}"
    old = f"<orx:deprecatedID>{deprecated}</orx:deprecatedID>" if deprecated else ""
    return (
        f'<?xml version="1.0"?><data xmlns:orx="http://openrosa.org/xforms" id="{form}" version="{version}">'
        f"<start>2026-03-01T10:00:00.000+01:00</start><end>2026-03-01T10:20:00.000+01:00</end>"
        f"<homeward_respondent>{respondent}</homeward_respondent>{answers}"
        f"<orx:meta><orx:instanceID>{instance}</orx:instanceID>{old}</orx:meta></data>"
    ).encode()


ANSWERS = (
    "<village>Saltfield</village><works>yes</works><income>120</income>"
    "<members><called>Amina</called><age>٣٤</age></members><members><called>Sami</called><age>4</age></members>"
    "<help>cash work</help><where>36.5 3.1 0 5</where><photo/><double>240</double>"
)
