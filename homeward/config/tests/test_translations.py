"""Messages are found wherever they stand, and one without words does not go unnoticed."""

import gettext

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from homeward.config import translations

TEMPLATE = """{% load i18n %}
<p title="it's \\" quoted">
      {% translate "Hello" %} don't {{ _("Under") }}
  {% blocktranslate trimmed count n=3 %}
     One thing
     more
  {% plural %} {{ n }} things "quoted" {% endblocktranslate %}
{% translate "May" context "month" %} {# no #} <c-tag label="{% translate 'Inner' %}">
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with one template, one module and a test that does not count."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "page.html").write_text(TEMPLATE)
    (tmp_path / "rules.py").write_text('message = _("A rule" " in two parts")\n')
    (tmp_path / "tests" / "test_it.py").write_text('_("Not on screen")\n')
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    monkeypatch.setattr(translations, "LOCALE", tmp_path / "locale")
    return tmp_path


def write_catalogue(language, words):
    catalogue = Catalog(locale=language, charset="utf-8")
    for message, string in words.items():
        catalogue.add(message, string)
    file = translations.catalogue_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        write_po(out, catalogue)


def test_messages_are_found_in_templates_and_code_but_not_in_tests(package):
    found = {(message.id, message.context) for message in translations.messages_in_use() if message.id}
    assert found == {
        ("A rule in two parts", None),
        ("Hello", None),
        ("Inner", None),
        ("May", "month"),
        ("Under", None),
        (("One thing more", '%(n)s things "quoted"'), None),
    }


def test_a_message_without_words_is_named(package):
    write_catalogue("fr", {"Hello": "Bonjour", "Under": ""})
    assert sorted(translations.untranslated("fr")) == [
        "A rule in two parts",
        "Inner",
        "May",
        "One thing more",
        "Under",
    ]


def test_updating_keeps_words_and_drops_what_is_not_used(package):
    write_catalogue("fr", {"Hello": "Bonjour", "Gone": "Parti"})
    assert translations.update_catalogue("fr") == 5
    text = translations.catalogue_file("fr").read_text()
    assert "Bonjour" in text
    assert "Gone" not in text


def test_what_is_compiled_is_what_the_page_says_and_is_compiled_once(package):
    write_catalogue("fr", {"Hello": "Bonjour"})
    assert len(translations.compile_catalogues(package / "locale")) == 1
    assert translations.compile_catalogues(package / "locale") == []
    assert gettext.translation("django", package / "locale", ["fr"]).gettext("Hello") == "Bonjour"
