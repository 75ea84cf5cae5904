import pytest

from homeward.codelists.languages import OFTEN, language_choices, language_name


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_language_asked_for_often_has_a_name_of_its_own(language):
    names = [name for _code, name in language_choices(language)]
    assert len(set(names)) == len(OFTEN)
    assert not set(names) & set(OFTEN)


def test_dari_is_dari_and_a_long_code_is_known_by_its_short_one():
    assert language_name("prs", "en") == "Dari"
    assert language_name("pus", "en") == language_name("ps", "en") == "Pashto"
    assert language_name("zzz", "en") == "zzz"
