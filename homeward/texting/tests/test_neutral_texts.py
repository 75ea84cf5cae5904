"""What is written to a phone tells a stranger nothing, in three languages, in few messages."""

import json

import pytest

from homeward.texting.neutrality import Fault, faults_of, faults_of_template
from homeward.texting.rules import LANGUAGES, Saying
from homeward.texting.segments import length_of
from homeward.texting.texts import NotNeutral, neutral_texts, read_texts, text_of

SHIPPED = {
    told: {"placeholders": ["day", "time", "count", "place", "question", "choices"], **words}
    for told, words in neutral_texts().items()
}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Your return is on 3 May", Fault.WORD),
        ("Votre dossier est prêt", Fault.WORD),
        ("ملفك جاهز", Fault.WORD),
        ("بخصوص العودة الطوعية", Fault.WORD),
        ("Come to the clinic", Fault.WORD),
        ("The IOM office is open", Fault.WORD),
        ("See https://example.org/x", Fault.LINK),
        ("See example.org", Fault.LINK),
        ("Write to us@example.test", Fault.ADDRESS),
        ("Call +30 210 1234567", Fault.NUMBER),
        ("Return Partners Demo writes", Fault.NAME),
        ("Hello sami", Fault.NAME),
        (" ", Fault.EMPTY),
        ("long " * 80, Fault.TOO_LONG),
    ],
)
def test_what_tells_too_much_is_found(text, fault):
    assert fault in faults_of(text, names=["Return Partners Demo", "Sami"])


@pytest.mark.parametrize("told", Saying)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_text_is_neutral_and_short(told, language):
    text = text_of(told, language, day="30/11", time="14:30", count=3, place=1, question="", choices="")
    assert not faults_of(text)
    assert length_of(text).segments <= 2


def test_whoever_is_written_to_is_told_how_to_end_it():
    stop = {"en": "STOP", "fr": "ARRET", "ar": "توقف"}
    for told in (Saying.APPOINTMENT, Saying.VISIT, Saying.CALL_BACK, Saying.ASK):
        assert all(stop[language] in neutral_texts()[told][language] for language in LANGUAGES)


@pytest.mark.parametrize("text", ["Hello {name}", "Hello {day.x}", "Hello {", "Hello }", "{0}"])
def test_only_named_placeholders_may_stand_in_a_text(text):
    assert Fault.PLACEHOLDER in faults_of_template(text, {"day"})


def test_a_file_with_a_telling_or_missing_text_is_refused_with_its_place():
    texts = json.loads(json.dumps(SHIPPED))
    texts["visit"]["fr"] = "Votre retour"
    del texts["stopped"]["ar"]
    with pytest.raises(NotNeutral) as wrong:
        read_texts(json.dumps(texts), SHIPPED)
    assert str(wrong.value) == "visit.fr: word; stopped.ar: empty"


@pytest.mark.parametrize(
    ("text", "units", "segments"),
    [
        ("", 0, 0),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("a" * 152 + "€" + "a" * 10, 164, 2),  # the sign of two places moves over whole
        ("a" * 152 + "€" + "a" * 152, 306, 3),
        ("م" * 70, 70, 1),
        ("م" * 71, 71, 2),
        ("é" * 160, 160, 1),
        ("ê" * 71, 71, 2),
        ("😀" * 35, 70, 1),
        ("😀" * 36, 72, 2),
    ],
)
def test_messages_are_counted_as_networks_count_them(text, units, segments):
    assert (length_of(text).units, length_of(text).segments) == (units, segments)
