"""Bringing a list in through the pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.exchange.jobs import read_import, save_ready_rows
from homeward.exchange.queries import visible_imports
from homeward.exchange.tests.imports import AMINA, BILAL, HEADER, ZAYN, a_list, brought, row_of
from homeward.exchange.tests.sheets import xlsx
from tests.cast import nora, stranger, vera

TWICE = row_of(AMINA, **{"File No.": "A-9", "First name": "Aminah", "Place of return": "Arbil"})


def upload(client, content, name="March list.xlsx", **more):
    return client.post(reverse("import_new"), {"file": SimpleUploadedFile(name, content), **more})


def newest():
    with acting_as(nora):
        return visible_imports(nora).first()


@pytest.fixture
def browser(client_of):
    return client_of(nora)


@pytest.fixture
def page(browser):
    """The preview of a list with a question, a pair and a ready row."""
    upload(browser, a_list(AMINA, TWICE, BILAL, ZAYN))
    given = newest()
    read_import(nora, given.id)
    columns = browser.get(reverse("import", args=[given.id]), follow=True)
    assert "What the columns mean" in columns.text
    browser.post(reverse("import_columns", args=[given.id]), columns_of(columns))
    return given


def columns_of(response):
    form = response.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_a_stranger_gets_the_page_of_what_is_not_there(page, client_of):
    for name in ("import", "import_columns", "import_rows"):
        assert client_of(stranger).get(reverse(name, args=[page.id])).status_code == 404


def test_who_does_not_work_with_cases_has_no_import(client_of):
    assert client_of(vera).get(reverse("imports")).status_code == 403
    assert "Import</a>" not in client_of(vera).get(reverse("inbox")).text


def test_an_empty_list_says_what_to_do_first(browser):
    assert "No list has been brought in yet" in browser.get(reverse("imports")).text


def test_a_missing_file_is_asked_for_beside_the_question(browser):
    answer = browser.post(reverse("import_new"), {"sender": "Harbour"})
    assert answer.status_code == 422
    assert "Choose the file" in answer.text
    assert 'value="Harbour"' in answer.text


def test_what_is_no_list_is_refused_in_words(browser):
    answer = upload(browser, b"<html><script>alert(1)</script></html>", "list.xlsx")
    assert answer.status_code == 422
    assert "This kind of file cannot be kept" in answer.text


def test_a_list_that_cannot_be_read_says_why(browser):
    upload(browser, b"Everything in one column\r\nA\r\nB\r\n", "list.csv")
    read_import(nora, newest().id)
    answer = browser.get(reverse("import", args=[newest().id]))
    assert "Everything stands in one column" in answer.text


def test_while_it_is_read_the_page_looks_again_by_itself(browser):
    upload(browser, a_list(AMINA))
    answer = browser.get(reverse("import", args=[newest().id]))
    assert 'http-equiv="refresh"' in answer.text
    assert "You may leave" in answer.text


def test_two_columns_cannot_mean_the_same(browser, page):
    shown = browser.get(reverse("import_columns", args=[page.id]))
    sent = columns_of(shown) | {"column_16": "remarks"}
    answer = browser.post(reverse("import_columns", args=[page.id]), sent)
    assert answer.status_code == 422
    assert "already" in answer.text


def test_the_preview_shows_figures_problems_and_pairs(browser, page):
    text = browser.get(reverse("import", args=[page.id])).text
    assert "4 rows in “March list.xlsx”, sheet “March”" in text
    assert "Save 2 ready rows" in text
    assert "Birth date is a placeholder" in text
    assert "1900-01-01" in text
    assert "Same person?" in text
    assert "The same document number" in text
    assert "P7711221" not in text


def test_a_formula_in_a_list_is_shown_as_text_and_nothing_else(browser):
    rows = [row_of(AMINA, **{"First name": "<script>alert(1)</script>", "Date of birth": "=1+1"})]
    upload(browser, xlsx(("March", [HEADER, *rows])))
    given = newest()
    read_import(nora, given.id)
    browser.post(
        reverse("import_columns", args=[given.id]),
        columns_of(browser.get(reverse("import_columns", args=[given.id]))),
    )
    assert "<script>alert" not in browser.get(reverse("import", args=[given.id])).text


def test_the_way_from_preview_to_report_and_back(browser, page):
    one = reverse("import", args=[page.id])
    key = "placeholder_date:birth_date"
    browser.post(reverse("import_answer", args=[page.id, key]), {"all": "unknown"})
    text = browser.get(one).text
    assert "Save 3 ready rows" in text
    pair = re.search(r'name="(pair-[0-9a-f-]+)"', text).group(1)
    browser.post(reverse("import_decide", args=[page.id]), {pair: "same"})
    assert "Save 4 ready rows" in browser.get(one).text
    assert browser.post(reverse("import_save", args=[page.id])).status_code == 302
    assert "Saving" in browser.get(one).text
    save_ready_rows(nora, page.id)
    text = browser.get(one).text
    assert "What was saved" in text
    assert "Undo the whole import" in text
    assert "Aminah" not in browser.get(reverse("cases")).text
    assert "Amina Demo" in browser.get(reverse("cases")).text
    browser.post(reverse("import_undo", args=[page.id]))
    assert "This import was undone" in browser.get(one).text
    assert "Amina Demo" not in browser.get(reverse("cases")).text


def test_one_row_is_answered_by_itself(browser, page):
    with acting_as(nora):
        row = page.rows.get(number=3).id
    key = "placeholder_date:birth_date"
    browser.post(reverse("import_answer", args=[page.id, key]), {f"row-{row}": "leave_out"})
    assert "Birth date is a placeholder" not in browser.get(reverse("import", args=[page.id])).text


def test_rows_with_problems_come_as_a_workbook(browser, page):
    answer = browser.get(reverse("import_rows", args=[page.id]))
    assert answer.content.startswith(b"PK")
    assert "rows-to-correct.xlsx" in answer["Content-Disposition"]


def test_the_meaning_of_a_word_is_asked_once(browser):
    upload(browser, a_list(row_of(AMINA, Relation="Kumpel"), row_of(BILAL, Relation="Kumpel")))
    given = newest()
    read_import(nora, given.id)
    key = "unreadable_value:relation"
    answer = browser.get(reverse("import_problem", args=[given.id, key]))
    assert "Kumpel" in answer.text
    browser.post(reverse("import_settle", args=[given.id, key]), {"word": "Kumpel", "code": "dependant"})
    read_import(nora, given.id)
    assert browser.get(reverse("import_problem", args=[given.id, key])).status_code == 404


def test_a_currency_is_chosen_for_the_whole_list(browser):
    upload(browser, a_list(row_of(AMINA, Amount="2000"), row_of(BILAL, Amount="1000")))
    given = newest()
    read_import(nora, given.id)
    key = "amount_without_currency:amount"
    assert "whole list" in browser.get(reverse("import_problem", args=[given.id, key])).text
    browser.post(reverse("import_settle", args=[given.id, key]), {"currency": "EUR"})
    read_import(nora, given.id)
    assert browser.get(reverse("import_problem", args=[given.id, key])).status_code == 404


def test_an_answer_that_is_none_changes_nothing(browser, page):
    key = "placeholder_date:birth_date"
    for said in ({"all": "nonsense"}, {"row-nonsense": "unknown"}):
        assert browser.post(reverse("import_answer", args=[page.id, key]), said).status_code in (404, 422)
    assert browser.post(reverse("import_decide", args=[page.id]), {"pair-x": "same"}).status_code == 404


def test_discarded_it_is_gone_from_the_list(browser, page):
    browser.post(reverse("import_discard", args=[page.id]))
    assert "March list" not in browser.get(reverse("imports")).text


def test_a_waiting_import_stands_in_the_inbox(browser, page):
    assert "March list.xlsx" in browser.get(reverse("inbox")).text


def test_the_preview_asks_the_database_no_more_for_many_rows(browser, django_assert_max_num_queries):
    many = [row_of(ZAYN, **{"First name": f"Zayn{'abcdefghij'[n % 10] * (n // 10 + 1)}"}) for n in range(60)]
    given = brought(nora, a_list(*many))
    with acting_as(nora):
        visible_imports(nora).filter(id=given.id).update(columns_confirmed=True)
    with django_assert_max_num_queries(60):  # the menu asks once a minute what waits, of every kind
        browser.get(reverse("import", args=[given.id]))
