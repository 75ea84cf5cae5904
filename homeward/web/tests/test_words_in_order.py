"""Arabic sentences keep the direction of the names and days in them, and have commas of their own."""

from django.template import engines
from django.utils.translation import override

from homeward.access.roles import Role
from homeward.web.templatetags.programme_words import roles_in_words
from homeward.web.words_in_order import isolated, listed


def rendered(source, **context):
    return engines["django"].from_string(source).render(context)


def test_a_name_inside_an_arabic_sentence_is_isolated_and_elsewhere_left_as_it_is():
    with override("ar"):
        assert isolated("Nora Sample") == "\u2068Nora Sample\u2069"
        assert isolated("") == ""
        assert rendered("{{ name|isolate }}", name="<b>") == "\u2068&lt;b&gt;\u2069"
        told = "{% blocktranslate with name=who|isolate %}Waits for {{ name }}{% endblocktranslate %}"
        assert "\u2068Nora Sample\u2069" in rendered(told, who="Nora Sample")
    for language in ("en", "fr"):
        with override(language):
            assert rendered("{{ name|isolate }}", name="Nora Sample") == "Nora Sample"


def test_a_list_of_words_has_the_comma_of_its_language():
    with override("ar"):
        assert listed(["a", "b"]) == "a، b"
        assert "، " in roles_in_words((Role.COORDINATOR, Role.DONOR))
        assert rendered("a{% comma %}b") == "a، b"
    with override("en"):
        assert listed(["a", "b"]) == rendered("a{% comma %}b") == "a, b"
