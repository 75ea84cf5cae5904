"""Workbooks become forms, or are refused with the place and the remedy; hostile ones do no harm."""

import io
import zipfile

import pytest

from homeward.lib.privacy_classes import PrivacyClass
from homeward.surveys.forms.making import FormFile, NotAForm, make_form
from homeward.surveys.forms.questions import as_json, from_json
from homeward.surveys.forms.troubles import said_by_checker
from homeward.surveys.rules import Checked, Kind
from homeward.surveys.tests.books import CHOICES, HOUSEHOLD, workbook


def refusal(file):
    with pytest.raises(NotAForm) as refused:
        make_form(file)
    return refused.value.problems[0]


def with_row(**row):
    return workbook((*HOUSEHOLD, {"label::English (en)": "A", "label::العربية (ar)": "أ", **row}))


def test_a_question_named_twice_is_refused_with_its_row():
    problem = refusal(with_row(type="text", name="village"))
    assert (problem.sheet, problem.row, problem.column, problem.value) == ("survey", 16, "name", "village")
    assert "Rename" in str(problem.remedy)


def test_an_unknown_list_of_choices_is_refused_with_its_row():
    problem = refusal(with_row(type="select_one nowhere", name="x"))
    assert (problem.sheet, problem.row) == ("survey", 16)
    assert "list of choices" in str(problem.what)


def test_a_choice_that_stands_twice_is_refused_with_its_row():
    problem = refusal(workbook(choices=(*CHOICES, CHOICES[0])))
    assert (problem.sheet, problem.row, problem.column) == ("choices", 8, "name")


def test_a_reference_to_no_question_is_refused_with_its_name():
    problem = refusal(with_row(type="text", name="x", relevant="${nobody} = 1"))
    assert problem.row == 16
    assert problem.value == "nobody"


def test_logic_that_cannot_be_worked_out_is_refused_where_java_is():
    file = with_row(type="text", name="x", relevant="no_such_function(1)")
    if make_form(workbook()).checked == Checked.FULLY:
        assert refusal(file).row == 16
    else:
        assert make_form(file).checked == Checked.PARTLY


def test_a_form_that_sends_its_answers_elsewhere_is_refused():
    problem = refusal(workbook(submission_url="https://elsewhere.example"))
    assert problem.column == "submission_url"


def test_what_is_no_workbook_is_refused():
    for content in (b"", b"a,b", b"PK\x03\x04 no archive", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken"):
        assert refusal(FormFile("form.xlsx", content)).remedy


def test_a_workbook_that_bursts_is_refused_before_it_is_read():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/workbook.xml", b"0" * 120_000_000)
    assert "safely" in str(refusal(FormFile("bomb.xlsx", out.getvalue())).what)


def test_entities_in_a_workbook_are_not_expanded():
    good = io.BytesIO(workbook().content)
    out = io.BytesIO()
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(out, "w") as archive:
        for entry in source.namelist():
            content = source.read(entry)
            if entry == "xl/workbook.xml":
                content = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + content
            archive.writestr(entry, content)
    assert "root:" not in str(refusal(FormFile("entities.xlsx", out.getvalue())))


def test_a_form_keeps_what_it_asks_in_every_language():
    made = make_form(workbook())
    by_path = {one.path: one for one in made.questions}
    assert made.code == "household"
    assert made.languages == ("English (en)", "العربية (ar)")
    assert by_path["works"].label("ar") == "هل تعمل؟"
    assert by_path["works"].is_required
    assert by_path["works"].missing_codes == {"refused": "refused", "skip": "not_applicable"}
    assert by_path["income"].missing_codes == {"98": "dont_know", "99": "refused"}
    assert by_path["members/age"].repeat == "members"
    assert by_path["members/age"].kind == Kind.WHOLE
    assert from_json(as_json(made.questions)) == made.questions


def test_answers_are_sensitive_unless_the_form_says_otherwise():
    privacy = {one.path: one.privacy for one in make_form(workbook()).questions}
    assert privacy["village"] == PrivacyClass.SENSITIVE
    assert privacy["where"] == PrivacyClass.PERSONAL
    assert privacy["members/called"] == PrivacyClass.SEALED


def test_hundreds_of_questions_and_choices_from_a_file_become_a_form():
    rows = [
        {
            "type": "integer",
            "name": f"q{n}",
            "label::English (en)": f"Question {n}",
            "label::العربية (ar)": f"س {n}",
        }
        for n in range(400)
    ]
    rows.append(
        {
            "type": "select_one_from_file places.csv",
            "name": "place",
            "label::English (en)": "Place",
            "label::العربية (ar)": "مكان",
            "choice_filter": "district = ${q1}",
        }
    )
    made = make_form(workbook(rows))
    assert len(made.questions) == 401
    assert made.media == ("places.csv",)
    assert made.questions[-1].choices_from == "places.csv"


def test_a_list_without_labels_is_told_by_its_first_row():
    said = "<label> node for itemset doesn't exist! [instance(blank_list)/root/item/label]\nResult: Invalid"
    told = said_by_checker(said, {}, {"blank_list": 40})
    assert (told.place, told.value) == ("choices 40 label", "blank_list")
    assert "label" in str(told.remedy)
