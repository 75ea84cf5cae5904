"""`homeward releases`: what left, for an officer, and the look is on the record."""

import pytest

from homeward.access.acting import acting_as
from homeward.audit.models import Entry
from homeward.config.cli import make_parser
from homeward.config.cli.problems import NotReady
from homeward.organisations import demo
from tests.cast import ines

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture(autouse=True)
def set_up_already(monkeypatch):
    monkeypatch.setattr("homeward.config.cli.releases.ready", lambda: None)


def run(*arguments):
    chosen = make_parser().parse_args(["releases", *arguments])
    return chosen.act(chosen)


def looks():
    with acting_as(ines):
        return Entry.objects.filter(action="release.view").count()


def test_who_keeps_cases_lists_nothing():
    with pytest.raises(NotReady):
        run("list", "--as", demo.NORA.email)
    assert looks() == 0


@pytest.mark.parametrize("act", ["list", "audit"])
def test_a_look_at_what_left_is_on_the_record(act):
    run(act, "--as", demo.INES.email)
    assert looks() == 1
