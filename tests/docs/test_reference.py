"""The reference says what the code does."""

import pytest

from homeward.config.places import project_directory
from homeward.config.reference import pages

SHELF = project_directory() / "docs" / "reference"
PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_fresh(name):
    assert (SHELF / name).read_text("utf-8") == PAGES[name], "run: homeward reference write"


def test_no_page_is_left_over():
    assert {path.name for path in SHELF.iterdir()} == set(PAGES)
