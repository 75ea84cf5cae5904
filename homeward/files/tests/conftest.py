import pytest


@pytest.fixture(autouse=True)
def files_dir(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def blobs(files_dir):
    return lambda: [path for path in files_dir.rglob("*") if path.is_file()]
