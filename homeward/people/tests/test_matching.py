from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.lib.dates import PartialDate
from homeward.people.matching import (
    Field,
    Traits,
    best_matches,
    blocking_keys,
    compare,
    likely_pairs,
)

BORN = PartialDate.of_day(date(1990, 4, 3))
ZAINAB = Traits(
    given_names="Zainab",
    family_name="Kareem",
    birth=BORN,
    sex="female",
    nationalities=("IQ",),
    documents=("A1234987",),
    phones=("+9647701234987",),
    place="Erbil",
    file="F-1",
    departure=PartialDate.of_day(date(2025, 5, 2)),
)
LATER = replace(ZAINAB, file="F-9", departure=PartialDate.of_day(date(2026, 2, 5)))


def score(one: Traits, other: Traits) -> float:
    return compare(one, other).score


def level(one: Traits, other: Traits, what: Field) -> str | None:
    return next((reason.level for reason in compare(one, other).reasons if reason.field == what), None)


@pytest.mark.parametrize(
    "other",
    [
        replace(ZAINAB, given_names="Hussein", birth=PartialDate.of_day(date(1993, 1, 9)), documents=()),
        replace(ZAINAB, given_names="Maryam", documents=()),  # a twin
        replace(ZAINAB, given_names="Maryam", birth=None, documents=()),
        replace(ZAINAB, given_names="Ali", birth=PartialDate.of_day(date(2015, 1, 9))),  # in her passport
        replace(LATER, given_names="Maryam", birth=PartialDate.of_year(1988), documents=()),
        Traits(given_names="Zainab", family_name="Kareem"),
        Traits(),
    ],
)
def test_relatives_and_namesakes_are_not_proposed(other):
    assert score(ZAINAB, other) < 0.3
    assert likely_pairs([ZAINAB, other]) == []


def test_brothers_whose_names_share_their_consonants_are_two():
    hassan = Traits(given_names="Hassan", family_name="Ali", phones=("+9647701234987",), file="F-1")
    assert score(hassan, replace(hassan, given_names="Hussein")) < 0.1


def test_nothing_known_of_either_proposes_nobody():
    assert likely_pairs([Traits()] * 50) == []


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"given_names": "Zeyneb", "documents": (), "phones": ()},
        {"given_names": "زينب", "family_name": "كريم", "documents": (), "phones": ()},
        {"given_names": "KAREEM", "family_name": "zainab", "phones": ()},
        {"given_names": "Zainab Kareem", "family_name": "", "phones": ()},
        {"given_names": "Zainab Fatima", "phones": ()},
        {"given_names": "Zainav", "documents": ()},
        {"birth": PartialDate.of_day(date(1990, 3, 4)), "documents": ()},
        {"birth": PartialDate.of_day(date(1991, 4, 3)), "phones": ()},
        {"birth": PartialDate.of_month(1990, 4), "documents": ()},
        {"birth": PartialDate.of_year(1990), "phones": ()},
        {"birth": PartialDate.of_day(date(1990, 1, 1)), "phones": ()},
        {"birth": PartialDate.about_age(34, date(2025, 1, 1)), "phones": ()},
        {"birth": None, "phones": ()},
        {"birth": PartialDate.of_day(date(1900, 1, 1)), "phones": ()},
        {"documents": ("A1234978",), "phones": ()},
        {"documents": ("a 1234-987",), "phones": (), "birth": None},
        {"phones": ("0770 123 49 87",), "documents": ()},
        {"phones": ("009647701234987",), "documents": (), "family_name": "Salih"},
        {"sex": "male", "documents": ()},
        {"sex": "unknown", "documents": ()},
        {"place": "Arbil", "documents": ()},
    ],
)
def test_one_person_told_twice_is_proposed(changes):
    again = replace(LATER, **changes)
    assert score(ZAINAB, again) > 0.8
    assert [(pair.i, pair.j) for pair in likely_pairs([Traits(given_names="Ali"), ZAINAB, again])] == [(1, 2)]


def test_reasons_name_field_level_and_weight_strongest_first():
    reasons = compare(ZAINAB, replace(LATER, given_names="Zeinab", sex="male", phones=())).reasons
    assert {reason.field: reason.level for reason in reasons} == {
        Field.GIVEN_NAMES: "sounds_alike",
        Field.FAMILY_NAME: "exact",
        Field.BIRTH: "same_day",
        Field.SEX: "different",
        Field.NATIONALITY: "same",
        Field.DOCUMENT: "same",
        Field.PLACE: "same",
        Field.FILE: "different",
    }
    weights = [abs(reason.weight) for reason in reasons]
    assert weights == sorted(weights, reverse=True)
    assert next(reason.weight for reason in reasons if reason.field == Field.SEX) < 0


def test_a_missing_field_says_nothing():
    bare = compare(ZAINAB, Traits(given_names="Zainab", family_name="Kareem"))
    assert {reason.field for reason in bare.reasons} == {Field.GIVEN_NAMES, Field.FAMILY_NAME}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Mohammed Ali", "Mohammed Reza", "different"),
        ("Mohammed Ali", "Ali Mohammed", "exact"),
        ("Mohammed", "Mohammed Reza", "part_of_the_other"),
        ("M.", "Mohammed", "part_of_the_other"),
        ("Anna Maria", "Annamaria", "sounds_alike"),
        ("Abdul Rahman", "Abdelrahman", "sounds_alike"),
        ("Emeka", "Emeca", "sounds_alike"),
        ("Emeka", "Emwka", "one_letter_off"),
        ("Ana", "Ada", "different"),
    ],
)
def test_given_names_are_set_word_against_word(one, other, expected):
    pair = (Traits(given_names=name, family_name="Sow") for name in (one, other))
    assert level(*pair, Field.GIVEN_NAMES) == expected


@pytest.mark.parametrize("whole", ["Abdul Rahman Karimi", "Abdulrahman al-Karimi", "عبد الرحمن کریمی"])
def test_a_whole_name_in_one_field_is_set_against_two(whole):
    two = Traits(given_names="Abdelrahman", family_name="Karimi")
    for one in (Traits(given_names=whole), Traits(family_name=whole), Traits(native_name=whole)):
        assert level(one, two, Field.GIVEN_NAMES) == "sounds_alike"
        assert level(one, two, Field.FAMILY_NAME) in {"exact", "sounds_alike"}


def test_the_name_in_its_own_script_settles_two_latin_spellings():
    one = Traits(given_names="Jawad", family_name="Noori", native_name="جواد")
    other = Traits(given_names="Javaad", family_name="Noori", native_name="جواد")
    unlike = Traits(given_names="Djavid", family_name="Noori", native_name="جواد")
    assert level(one, other, Field.GIVEN_NAMES) == "sounds_alike"
    assert level(one, unlike, Field.GIVEN_NAMES) == "sounds_alike"


def test_a_name_that_many_bear_weighs_less():
    crowd = [
        Traits(given_names="Mohammed", family_name=f"B{n}", birth=PartialDate.of_year(1950 + n % 50))
        for n in range(600)
    ]
    rare = Traits(given_names="Oluwaseun", family_name="Adeyemi", birth=PartialDate.of_year(1990))
    common = replace(rare, given_names="Mohammed")
    assert best_matches(rare, [*crowd, rare], at_least=0.0)[0].score > 0.5
    by_position = {match.position: match for match in best_matches(common, [*crowd, common], at_least=0.0)}
    assert by_position[600].score < best_matches(rare, [*crowd, rare], at_least=0.0)[0].score


def test_a_number_that_half_the_list_shares_is_no_evidence():
    office = ("+43 1 5880 0911",)
    rows = [
        Traits(
            given_names=f"{first}{last}a", family_name=f"{last}o{first}", phones=office, documents=("000000",)
        )
        for first in ("Ba", "Ko", "Su", "Li", "Me", "Ra")
        for last in ("ten", "ruk", "sim", "dol", "gap", "lef")
    ]
    assert likely_pairs(rows) == []


def test_the_best_match_comes_first_and_no_more_than_asked_for():
    weaker = replace(LATER, documents=(), phones=(), birth=PartialDate.of_year(1990))
    stranger = Traits(given_names="Gor", family_name="Petrosyan")
    found = best_matches(ZAINAB, [stranger, weaker, LATER], at_least=0.1)
    assert [match.position for match in found] == [2, 1]
    assert len(best_matches(ZAINAB, [LATER] * 20, limit=3)) == 3


def test_the_more_people_there_are_the_less_a_match_is_worth():
    again = replace(LATER, documents=(), phones=(), birth=PartialDate.of_year(1990))
    few, many = (
        best_matches(ZAINAB, [again], at_least=0.0, population=population)[0].score
        for population in (2_000, 1_000_000)
    )
    assert many < few


def test_candidates_can_be_fetched_by_shared_keys():
    assert blocking_keys(ZAINAB) & blocking_keys(
        replace(LATER, given_names="Zeyneb", documents=(), phones=())
    )
    assert not blocking_keys(ZAINAB) & blocking_keys(Traits(given_names="Gor", family_name="Petrosyan"))
    assert blocking_keys(Traits()) == frozenset()


texts = st.text(max_size=12)
partial_dates = st.none() | st.dates(date(1800, 1, 1), date(2100, 1, 1)).map(PartialDate.of_day)
any_traits = st.builds(
    Traits,
    given_names=texts,
    family_name=texts,
    native_name=texts,
    birth=partial_dates,
    sex=st.sampled_from(["female", "male", "", "?"]),
    nationalities=st.tuples(texts),
    documents=st.tuples(texts),
    phones=st.tuples(texts),
    place=texts,
    file=texts,
    returned_from=texts,
    departure=partial_dates,
)


@settings(deadline=None)
@given(any_traits, any_traits)
def test_any_two_compare_without_error_and_alike_in_both_directions(one, other):
    there, back = compare(one, other), compare(other, one)
    assert 0 <= there.score <= 1
    assert there.score == pytest.approx(back.score)
    likely_pairs([one, other, one])
