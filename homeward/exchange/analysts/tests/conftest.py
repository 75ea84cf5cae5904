import pytest


@pytest.fixture(autouse=True)
def own_place(settings, tmp_path):
    """Files of extracts, and what is made from them, are each test's own."""
    settings.EXTRACTS_DIR = tmp_path / "extracts"
