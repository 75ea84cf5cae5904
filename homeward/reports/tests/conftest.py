import pytest


@pytest.fixture(autouse=True)
def own_place(settings, tmp_path):
    """Files of extracts are each test's own."""
    settings.EXTRACTS_DIR = tmp_path / "extracts"
