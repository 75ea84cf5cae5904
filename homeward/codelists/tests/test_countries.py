from homeward.codelists.countries import (
    country_choices,
    country_name,
    is_country,
    is_nationality,
    nationality_choices,
)


def test_kosovo_and_the_stateless_can_be_recorded():
    assert is_country("XK")
    assert country_name("XXA", "fr") == "Apatride"
    assert is_nationality("XXA")
    assert not is_country("XXA")
    assert nationality_choices("en")[-3:][0] == ("XXA", "Stateless")


def test_a_country_has_its_name_in_each_language():
    names = [country_name("DE", language) for language in ("en", "fr", "ar")]
    assert names == ["Germany", "Allemagne", "ألمانيا"]


def test_choices_are_sorted_for_the_reader():
    names = [name for _, name in country_choices("en")]
    assert names == sorted(names)
