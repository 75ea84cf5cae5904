import pytest

from homeward.exchange.problem_kinds import Kind
from homeward.exchange.values.amounts import Amount, currency_in_header, read_amount
from homeward.exchange.values.coded import (
    RELATION,
    RETURN_TYPE,
    SEX,
    read_coded,
    read_consent,
    vulnerability_hint,
)
from homeward.exchange.values.countries import read_country
from homeward.exchange.values.languages import read_languages
from homeward.exchange.values.names import FullName, is_native_script, read_name, split_full_name
from homeward.exchange.values.phones import read_phone


@pytest.mark.parametrize(
    ("told", "minor", "currency"),
    [
        ("€1 000", 100_000, "EUR"),
        ("1000 €", 100_000, "EUR"),
        ("EUR 2000", 200_000, "EUR"),
        ("2.000,00 EUR", 200_000, "EUR"),
        ("€2,000.50", 200_050, "EUR"),
        ("1.000 €", 100_000, "EUR"),
        ("615,5 euros", 61_550, "EUR"),
        ("1\u202f000,00\xa0€", 100_000, "EUR"),
        ("1'000 CHF", 100_000, "CHF"),
        ("$500", 50_000, "USD"),
        ("500 000 FCFA", 500_000, "XOF"),
        ("٢٠٠٠ يورو", 200_000, "EUR"),
        ("USD 1,234,567.89", 123_456_789, "USD"),
        ("250 000 IQD", 250_000, "IQD"),
    ],
)
def test_amounts_with_a_currency_are_read(told, minor, currency):
    assert read_amount(told).value == Amount(minor, currency)
    assert read_amount(told).problem is None


@pytest.mark.parametrize("told", ["2.000,00", 2000.0, 615, "1 200", 0, 0.0, "0", 12.5])
def test_a_number_without_a_currency_is_a_question(told):
    assert read_amount(told).problem == Kind.AMOUNT_WITHOUT_CURRENCY
    assert read_amount(told, "EUR").problem is None


@pytest.mark.parametrize("told", ["", "n/a", "-", "?", "unknown"])
def test_no_amount_is_no_problem(told):
    assert (read_amount(told).value, read_amount(told).problem) == (None, None)


@pytest.mark.parametrize(
    "told",
    [
        "500-1000 EUR",
        "see budget",
        "-200 EUR",
        "(200) €",
        "1.00.00",
        "EUR 200 USD",
        "1,2,3",
        "two hundred",
        True,
    ],
)
def test_what_is_no_amount_is_flagged(told):
    assert read_amount(told).problem == Kind.UNREADABLE_AMOUNT


@pytest.mark.parametrize(
    ("header", "currency"),
    [("Amount (EUR)", "EUR"), ("Montant €", "EUR"), ("Amount", ""), ("All amounts", "")],
)
def test_a_header_may_tell_the_currency_of_its_column(header, currency):
    assert currency_in_header(header) == currency


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Deutschland", "DE"),
        ("Autriche", "AT"),
        ("NL", "NL"),
        ("Netherlands", "NL"),
        ("the Netherlands", "NL"),
        ("Afghan", "AF"),
        ("afghane", "AF"),
        ("irakisch", "IQ"),
        ("IRQ", "IQ"),
        ("العراق", "IQ"),
        ("Suède", "SE"),
        ("Côte d'Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Kosovo", "XK"),
        ("kosovare", "XK"),
        ("XK", "XK"),
        ("stateless", "XXA"),
        ("Apatride", "XXA"),
        ("UK", "GB"),
        ("Türkei", "TR"),
        ("Nigeria", "NG"),
        ("Niger", "NE"),
        ("AF / IR", "AF"),
        ("Germany (DE)", "DE"),
        ("sénégalaise", "SN"),
        ("Irak", "IQ"),
        ("Alemania", "DE"),
        ("Österreich", "AT"),
        ("Gambia", "GM"),
        ("DR Congo", "CD"),
    ],
)
def test_countries_and_nationalities_are_known_by_many_names(told, code):
    assert read_country(told).value == code


def test_an_unknown_country_is_a_question_with_the_nearest_name():
    told = read_country("Germny")
    assert (told.value, told.problem, told.suggestion) == (None, Kind.UNKNOWN_COUNTRY, "DE")
    assert read_country("Narnia").problem == Kind.UNKNOWN_COUNTRY


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        (SEX, "Homme", "male"),
        (SEX, "ذكر", "male"),
        (SEX, "F", "female"),
        (SEX, "weiblich", "female"),
        (SEX, "أنثى", "female"),
        (SEX, "M", "male"),
        (RELATION, "PA", "principal"),
        (RELATION, "dep.", "dependant"),
        (RELATION, "daughter", "child"),
        (RELATION, "époux", "spouse"),
        (RELATION, "Sohn", "child"),
        (RELATION, "زوجة", "spouse"),
        (RELATION, "Demandeur principal", "principal"),
        (RETURN_TYPE, "vol.", "voluntary"),
        (RETURN_TYPE, "AVRR", "voluntary"),
        (RETURN_TYPE, "Abschiebung", "forced"),
        (RETURN_TYPE, "removal", "forced"),
        (RETURN_TYPE, "Retour volontaire", "voluntary"),
        (RETURN_TYPE, "Humanitarian", "humanitarian"),
        (RETURN_TYPE, "عودة طوعية", "voluntary"),
    ],
)
def test_words_become_codes(words, told, code):
    assert read_coded(told, words, {}).value == code


def test_a_word_nobody_knows_is_a_question_and_a_settled_one_is_not():
    assert read_coded("boat", RETURN_TYPE, {}).problem == Kind.UNREADABLE_VALUE
    assert read_coded("boat", RETURN_TYPE, {"boat": "forced"}).value == "forced"
    assert read_coded("forced (Dublin)", RETURN_TYPE, {}).suggestion == "forced"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("VoT", "victim_of_trafficking"),
        ("UAM", "unaccompanied_child"),
        ("diabetes - needs insulin", "health_need"),
        ("65+", "older_person"),
        ("none", ""),
        ("likes tea", ""),
    ],
)
def test_vulnerability_words_give_a_hint(told, code):
    assert vulnerability_hint(told, {}) == code


def test_whatever_a_list_says_of_consent_is_no_consent():
    assert {read_consent(told) for told in ("yes", "Y", "signed", "oral", "oui", "✓", "since May")} == {
        Kind.CONSENT_WITHOUT_EVIDENCE
    }
    assert {read_consent(told) for told in ("no", "Non", "refused")} == {Kind.CONSENT_REFUSED}
    assert {read_consent(told) for told in ("", "?", "n/a")} == {None}


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("AZIZ", "Aziz"),
        ("  Ba ", "Ba"),
        ("al-JABOURI", "al-JABOURI"),
        ("AL-JABOURI", "al-Jabouri"),
        ("o'neil", "O'Neil"),
        ("McDonald", "McDonald"),
        ("jean  PAUL", "jean PAUL"),
        ("n/a", ""),
        ("Unknown", ""),
        ("Na", "Na"),
        ("ABDUL RAHMAN", "Abdul Rahman"),
        ("EL\u200eIAS", "Elias"),
    ],
)
def test_names_are_tidied_but_not_bettered(told, name):
    assert read_name(told) == name


@pytest.mark.parametrize(
    ("told", "given", "family"),
    [
        ("Omar Aziz", "Omar", "Aziz"),
        ("AZIZ Omar", "Omar", "Aziz"),
        ("Aziz, Omar", "Omar", "Aziz"),
        ("Ahmed Ali al Jabouri", "Ahmed Ali", "al Jabouri"),
        ("Omar", "", "Omar"),
        ("VAN DER BERG Jan", "Jan", "Van der Berg"),
    ],
)
def test_full_names_are_parted(told, given, family):
    assert split_full_name(told) == FullName(given, family)


def test_scripts_are_told_apart():
    assert is_native_script("محمد")
    assert is_native_script("Գոռ")
    assert not is_native_script("Omar محمد")
    assert not is_native_script("123")


@pytest.mark.parametrize(
    ("told", "region", "dialled"),
    [
        ("+32 470 12 34 56", "", "+32470123456"),
        ("0032470123456", "", "+32470123456"),
        ("0470 12 34 56", "BE", "+32470123456"),
        ("٠٤٧٠١٢٣٤٥٦", "BE", "+32470123456"),
        (32470123456.0, "", "+32470123456"),
        ("0470 12 34 56 / 02 123 45 67", "BE", "+32470123456"),
    ],
)
def test_phone_numbers_are_made_dialable(told, region, dialled):
    assert read_phone(told, region).value == dialled


@pytest.mark.parametrize("told", ["12", "call his brother", "+99912345"])
def test_impossible_phone_numbers_are_noted(told):
    assert read_phone(told, "BE").problem == Kind.IMPOSSIBLE_PHONE


def test_languages_are_read_as_a_list():
    assert read_languages("Dari, Pashto").value == ("prs", "pus")
    assert read_languages("français / wolof").value == ("fra", "wol")
    assert read_languages("Klingonese").problem == Kind.UNREADABLE_VALUE
