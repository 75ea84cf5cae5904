"""`homeward programmes load|show`: from a file to a published version, and what is wrong said by its path."""

import argparse
import json

import pytest

from homeward.access.acting import acting_as
from homeward.config.cli.problems import NotReady
from homeward.config.cli.programmes import load, show
from homeward.organisations.queries import known_organisations
from homeward.programmes.queries import known_programmes
from tests.cast import NORDHOLM, nora

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture(autouse=True)
def ready(monkeypatch):
    monkeypatch.setattr("homeward.config.cli.programmes.ready", lambda: None)


def given(which, organisation, opens_on="2026-01-01"):
    return argparse.Namespace(which=str(which), organisation=organisation, opens_on=opens_on)


def organisation():
    with acting_as(nora):
        return known_organisations(nora).get(id=NORDHOLM).name


def test_a_programme_that_comes_along_is_published_and_shown(capsys):
    load(given("eurp", organisation()))
    show(argparse.Namespace(code=None))
    assert "version 1 from 2026-01-01" in capsys.readouterr().out
    show(argparse.Namespace(code="EURP"))
    told = json.loads(capsys.readouterr().out)
    assert told["terms"]["packages"][0]["amount_minor"] == 61500


def test_what_is_shown_can_be_loaded_again(capsys, tmp_path):
    load(given("open_to_all", organisation()))
    capsys.readouterr()
    show(argparse.Namespace(code="OPEN-TO-ALL"))
    file = tmp_path / "again.json"
    file.write_text(capsys.readouterr().out, "utf-8")
    load(given(file, organisation()))
    with acting_as(nora):
        assert known_programmes(nora).filter(code="OPEN-TO-ALL").count() == 1


def test_what_is_wrong_in_a_file_is_named_by_its_path(tmp_path):
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps({"name": "N", "code": "C", "terms": {"currency": "Gold"}}))
    with pytest.raises(NotReady) as problem:
        load(given(file, organisation()))
    assert "currency" in str(problem.value)


@pytest.mark.parametrize("which", ["nothing_like_it", "/dev/null"])
def test_a_file_that_is_none_is_said_so(which):
    with pytest.raises(NotReady):
        load(given(which, organisation()))


def test_an_unknown_organisation_or_programme_or_day_is_said_so():
    with pytest.raises(NotReady):
        load(given("eurp", "Nobody at all"))
    with pytest.raises(NotReady):
        load(given("eurp", organisation(), opens_on="soon"))
    with pytest.raises(NotReady):
        show(argparse.Namespace(code="NONE"))
