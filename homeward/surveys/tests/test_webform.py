"""A form as a page: what stands in its way, what is asked together, what is wrong with an answer."""

from datetime import UTC, datetime

import pytest

from homeward.surveys.forms.making import make_form
from homeward.surveys.library import workbook_of
from homeward.surveys.tests.books import CHOICES, HOUSEHOLD, workbook
from homeward.surveys.tests.parity import CASCADE, LABEL, PEOPLE, PLACES
from homeward.surveys.webform import working_out
from homeward.surveys.webform.checking import Wrong, fault_of, tidy
from homeward.surveys.webform.filling import Filling
from homeward.surveys.webform.form import Why
from homeward.surveys.webform.patterns import SlowPattern, pattern_of
from homeward.surveys.webform.reading import read_form
from homeward.surveys.webform.screens import asked_now, screens_of
from homeward.surveys.webform.working_out import TooMuchWork
from homeward.surveys.webform.xpath import BadLogic, parse

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
KEY = "0190a0a0-0000-7000-8000-000000000001"


def read(rows, load=lambda name: None, **given):
    return read_form(make_form(workbook(rows, **given), is_ours=True).xform, load)


def begun(rows, language="", **given):
    return Filling.begun(read(rows, **given), NOW, instance_id="uuid:x", respondent=KEY, language=language)


def question(filling, name):
    return next((asked, node) for asked, node in filling.answers() if node.name == name)


def say(filling, name, text):
    asked, node = question(filling, name)
    filling.answer(asked, node, tidy(asked, text, NOW))
    filling.settle()
    return fault_of(filling, asked, node)


def asks(kind, **more):
    return ({"type": kind, "name": "q", LABEL: "Question", **more},)


BEYOND = (
    ({"type": "geotrace"}, Why.KIND),
    ({"type": "text", "constraint": "digest(., 'MD5') = 'a'"}, Why.FUNCTION),
    ({"type": "text", "constraint": "regex(., '^(a+)+$')"}, Why.PATTERN),
    ({"type": "text", "constraint": "regex(., concat('a', 'b'))"}, Why.PATTERN),
    ({"type": "text", "relevant": "selected(.)"}, Why.LOGIC),
    ({"type": "text", "appearance": "ex:org.example.app"}, Why.PROGRAM),
    ({"type": "rank yn"}, Why.KIND),
)


def test_what_a_page_cannot_do_is_told_at_its_question():
    rows = [{**row, "name": f"q{at}", LABEL: "Question"} for at, (row, _why) in enumerate(BEYOND)]
    found = read((*rows, {"type": "select_one_from_file towns.csv", "name": "town", LABEL: "Town"})).obstacles
    for at, (_row, why) in enumerate(BEYOND):
        assert (f"/data/q{at}", why) in [(one.path, one.why) for one in found]
    assert [one.what for one in found if one.why == Why.FILE] == ["towns.csv"]


@pytest.mark.parametrize("name", ["business", "sustainability"])
def test_instruments_that_come_along_can_be_filled_as_a_page(name):
    assert not read_form(make_form(workbook_of(name), is_ours=True).xform).obstacles


@pytest.mark.parametrize("text", ["", "1 +", "a b", "f(", "a[", "@", "]", "'", "a" * 20_001, "(" * 500])
def test_broken_logic_is_refused(text):
    with pytest.raises(BadLogic):
        parse(text)


@pytest.mark.parametrize(
    "text", ["(a+)+$", "(a|aa)+$", "(a{1,50}){1,50}", "a?" * 30 + "a" * 30, r"(.)\1", "("]
)
def test_a_pattern_that_may_take_long_is_refused(text):
    with pytest.raises(SlowPattern):
        pattern_of(text)


def test_logic_that_takes_too_long_stops(monkeypatch):
    monkeypatch.setattr(working_out, "MOST_STEPS", 100)
    with pytest.raises(TooMuchWork):
        begun(
            (
                *asks("text"),
                *({"type": "calculate", "name": f"c{at}", "calculation": "1+1"} for at in range(99)),
            )
        )


TYPED = (
    ("integer", "١٢", "12", None),
    ("integer", "1 200", "1200", None),
    ("integer", "twelve", "twelve", Wrong.WHOLE),
    ("integer", "1.5", "1.5", Wrong.WHOLE),
    ("decimal", "٣٫٥", "3.5", None),
    ("decimal", "3,5", "3.5", None),
    ("date", "2026-02-30", "2026-02-30", Wrong.DATE),
    ("time", "9:30", "9:30", Wrong.TIME),
    ("time", "09:30", "09:30:00.000+00:00", None),
    ("geopoint", "36.5, 3.1", "36.5 3.1 0 0", None),
    ("geopoint", "here", "here", Wrong.PLACE),
    ("geopoint", "95 3", "95 3 0 0", Wrong.PLACE),
    ("range", "11", "11", Wrong.RANGE),
    ("select_one yn", "perhaps", "perhaps", Wrong.CHOICE),
    ("select_multiple yn", "yes refused", "yes refused", Wrong.ALONE),
)


def test_what_was_typed_is_read_and_what_is_wrong_is_told():
    filling = begun([row for at, one in enumerate(TYPED) for row in asks(one[0], name=f"q{at}")])
    for at, (_kind, typed, kept, wrong) in enumerate(TYPED):
        asked, node = question(filling, f"q{at}")
        filling.answer(asked, node, tidy(asked, typed, NOW))
        assert node.text == kept
        fault = fault_of(filling, asked, node, missing={"refused"})
        assert (fault and fault.wrong) == wrong, typed


def test_a_code_that_stands_for_no_answer_is_one_for_any_kind():
    filling = begun(asks("date"))
    asked, node = question(filling, "q")
    node.text = "98"
    assert fault_of(filling, asked, node).wrong == Wrong.DATE
    assert fault_of(filling, asked, node, missing={"98"}) is None


def test_required_and_constraint_are_told_in_the_forms_own_words():
    rows = asks(
        "integer", required="yes", constraint=". > 3", **{"constraint_message::English (en)": "More!"}
    )
    filling = begun(rows)
    assert fault_of(filling, *question(filling, "q")).wrong == Wrong.REQUIRED
    assert say(filling, "q", "2") == (fault := fault_of(filling, *question(filling, "q")))
    assert (fault.wrong, fault.words) == (Wrong.CONSTRAINT, "More!")
    assert say(filling, "q", "4") is None


def test_screens_follow_groups_and_times_and_keep_their_keys():
    filling = begun(HOUSEHOLD)
    assert [(one.key, len(one.questions)) for one in screens_of(filling)] == [("1", 3), ("4-1", 2), ("6", 3)]
    mark = screens_of(filling)[1].time.mark
    filling.add_time(mark)
    filling.settle()
    screens = screens_of(filling)
    assert [one.key for one in screens] == ["1", "4-1", "4-2", "6"]
    assert [(one.time.is_first, one.time.is_last) for one in screens[1:3]] == [(True, False), (True, True)]
    for time in filling.times_of(mark):
        filling.remove_time(time)
    assert [one.key for one in screens_of(filling)] == ["1", "more4", "6"]


def test_a_screen_is_asked_when_something_on_it_applies():
    filling = begun(CASCADE, choices=PLACES)
    keys = [one.key for one in screens_of(filling)]
    assert [one.key for one in asked_now(screens_of(filling))] != keys
    say(filling, "help", "cash")
    assert [one.key for one in asked_now(screens_of(filling))] == keys


def test_the_seal_of_a_screen_changes_with_its_answers_alone():
    filling = begun(HOUSEHOLD)
    before = [one.seal() for one in screens_of(filling)]
    say(filling, "village", "Saltfield")
    after = [one.seal() for one in screens_of(filling)]
    assert [a == b for a, b in zip(before, after, strict=True)] == [False, True, True]


def test_an_answer_that_no_longer_applies_is_kept_and_reads_as_empty():
    filling = begun(HOUSEHOLD)
    say(filling, "works", "yes")
    say(filling, "income", "120")
    say(filling, "works", "no")
    assert filling.root.named("income")[0].said == ""
    say(filling, "works", "yes")
    assert filling.root.named("income")[0].said == "120"
    assert filling.root.named("homeward_respondent")[0].said == KEY


def test_choices_come_from_a_file_narrowed_by_answers():
    rows = (
        {"type": "text", "name": "region", LABEL: "Region"},
        {
            "type": "select_one_from_file towns.csv",
            "name": "town",
            LABEL: "Town",
            "choice_filter": "region = ${region}",
        },
    )
    table = b"name,label,region\nalder,Alder,north\nbirch,Birch,south\n"
    filling = begun(rows, load={"towns.csv": table}.get)
    say(filling, "region", "south")
    assert [(one.code, one.label) for one in filling.offered(*question(filling, "town"))] == [
        ("birch", "Birch")
    ]


def test_words_are_in_the_readers_language_with_answers_in_them():
    rows = (
        *HOUSEHOLD,
        {
            "type": "note",
            "name": "told",
            LABEL: "You said ${village}.",
            "label::العربية (ar)": "قلت ${village}.",
        },
    )
    for language, words in (
        ("ar", "قلت Saltfield."),
        ("en", "You said Saltfield."),
        ("fr", "You said Saltfield."),
    ):
        filling = begun(rows, language, choices=CHOICES)
        say(filling, "village", "Saltfield")
        asked, node = question(filling, "told")
        assert filling.say(asked.label, node) == words


def test_a_form_counts_how_often_it_asks():
    filling = begun(PEOPLE)
    assert len(filling.root.named("person")) == 2
    say(filling, "how_many", "99999")
    assert len(filling.root.named("person")) == 200
