"""Every component stands on the component page, in both directions, and is tied together for every reader."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django_cotton.utils import render_component

from homeward.web.components import SECTIONS
from homeward.web.tests.page_reader import Page

WEB = Path(__file__).resolve().parents[1]
COTTON = WEB / "templates" / "cotton"
PARTS_OF_THE_FRAME = {"brand", "crumb", "crumb_sep", "head", "jump", "form", "list_panel"}


@pytest.fixture(scope="module")
def html():
    response = Client().get("/components/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


class Question(forms.Form):
    name = forms.CharField(label="Family name", help_text="As in the document")
    sure = forms.ChoiceField(label="Sure?", choices=[("y", "Yes")], widget=forms.RadioSelect, help_text="Ask")


def shown(component, **attributes):
    return render_component(RequestFactory().get("/"), component, **attributes)


def refused():
    form = Question({"name": "", "sure": ""})
    form.is_valid()
    return form


def test_every_component_is_on_the_page():
    samples = "".join(path.read_text() for path in (WEB / "templates" / "components").iterdir())
    shown_there = {name.replace("-", "_") for name in re.findall(r"<c-([a-z-]+)", samples)} - {"slot"}
    inside = {
        name.replace("-", "_")
        for part in shown_there
        for name in re.findall(r"<c-([a-z-]+)", (COTTON / f"{part}.html").read_text())
    }
    assert {path.stem for path in COTTON.iterdir()} - shown_there - inside - PARTS_OF_THE_FRAME == set()


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_every_section_is_shown_in_both_directions(page, language, direction):
    samples = page.all("div", **{"class": "sample stack", "lang": language, "dir": direction})
    assert len(samples) == len(SECTIONS)
    assert all(text.strip() for _, _, text in samples)


def test_no_id_stands_twice(page):
    assert page.repeated_ids() == []


def test_every_description_leads_somewhere(page):
    ids = {attributes.get("id") for _, attributes, _ in page.elements}
    named = [
        part
        for _, attributes, _ in page.elements
        for key in ("aria-describedby", "aria-labelledby", "for")
        for part in (attributes.get(key) or "").split()
    ]
    assert set(named) - ids == set()


def test_a_field_ties_label_hint_and_error_to_its_control():
    page = Page(shown("field", field=refused()["name"]))
    control = page.with_id("id_name")[1]
    assert page.all("label", **{"for": "id_name"})[0][2] == "Family name"
    assert control["aria-invalid"] == "true"
    described = [page.with_id(id_)[2] for id_ in control["aria-describedby"].split()]
    assert described == ["As in the document", "An answer is needed here"]


def test_a_group_of_choices_is_a_fieldset_with_its_legend_hint_and_error():
    page = Page(shown("field", field=refused()["sure"]))
    fieldset = page.all("fieldset")[0]
    assert page.all("legend")[0][2].strip() == "Sure?"
    described = [page.with_id(id_)[2] for id_ in fieldset[1]["aria-describedby"].split()]
    assert described == ["Ask", "An answer is needed here"]


def test_the_error_summary_leads_to_each_field_and_says_which():
    page = Page(shown("errors", form=refused()))
    links = {attributes["href"]: text for tag, attributes, text in page.elements if tag == "a"}
    assert links == {
        "#id_name": "An answer is needed: Family name",
        "#id_sure_0": "An answer is needed: Sure?",
    }
    assert page.all("div", role="alert", tabindex="-1")


def test_a_form_carries_its_token_and_works_without_script():
    page = Page(shown("form", form=Question(), submit="Save"))
    assert page.all("input", type="hidden", name="csrfmiddlewaretoken")
    assert page.all("form")[0][1]["method"] == "post"
    assert page.all("button", type="submit")[0][2] == "Save"


@pytest.mark.parametrize(
    ("component", "attributes"),
    [
        ("person-name", {"latin": "<script>", "native": ""}),
        ("task", {"title": "<script>", "href": "/"}),
        ("tag", {"slot": "<script>"}),
        ("clock", {"text": "<script>"}),
        ("timeline-entry", {"title": "<script>", "when": "now"}),
        ("panel", {"title": "<script>", "id": "x"}),
        ("banner", {"kind": '"><script>'}),
        ("conflict", {"rows": [{"label": "<script>", "yours": "<script>", "saved": "<script>"}]}),
    ],
)
def test_what_people_typed_is_never_read_as_markup(component, attributes):
    assert "<script>" not in shown(component, **attributes)


@pytest.mark.parametrize(("language", "first"), [("en", "Sami Example"), ("ar", "سامي مثال")])
def test_a_name_stands_in_the_readers_script_first(language, first):
    with translation.override(language):
        page = Page(shown("person-name", latin="Sami Example", native="سامي مثال", lang="ar"))
    assert [text for _, _, text in page.all("bdi")][0] == first
    assert page.all("bdi", lang="ar")[0][2] == "سامي مثال"


def test_unknown_is_written_out():
    assert "Not known" in shown("summary-row", term="Debt", slot="")
    assert "not known" in shown("date", on=None)


def test_every_icon_that_is_used_is_drawn():
    drawn = set(re.findall(r'id="i-([a-z-]+)"', (WEB / "static" / "icons.svg").read_text()))
    used = {
        name
        for path in (WEB / "templates").rglob("*.html")
        for name in re.findall(r'<c-icon name="([a-z-]+)"| icon="([a-z-]+)"', path.read_text())
        for name in name
        if name
    }
    assert used - drawn == set()


def test_the_style_sheets_stay_small_and_no_page_styles_itself():
    assert sum(path.stat().st_size for path in (WEB / "static").glob("*.css")) < 55_000
    for path in (WEB / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|<script>|\son[a-z]+=\"", text), path


def test_colours_are_named_in_one_file_only():
    css = (WEB / "static" / "components.css").read_text()
    allowed = {"#ffffff70", "#073f45"}  # on the dark panel of the next appointment
    assert set(re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s}])", css)) - allowed == {"#fff"}


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_the_frame_names_its_language_and_direction(language, direction):
    response = Client().get("/components/", headers={"accept-language": language})
    root = Page(response.content.decode()).all("html")[0][1]
    assert root == {"lang": language, "dir": direction}


def test_the_pages_for_faults_need_neither_request_nor_database():
    for name in ("400.html", "500.html"):
        assert "Nothing was changed" in render_to_string(name)


def test_no_component_ends_in_a_line_break_that_would_show_as_a_space():
    assert [path.name for path in COTTON.iterdir() if path.read_text().endswith("\n")] == []
