"""Tables that are published: counted, hidden enough, logged, written."""

import csv

import pytest

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.exchange.analysts.commands import ask_file
from homeward.exchange.analysts.queries import path_of
from homeward.exchange.analysts.rules import AnalystAudience, AnalystFileState, AnalystFormat
from homeward.exchange.analysts.tests.made_up import ready_extract
from homeward.exchange.analysts.work import write_file
from homeward.extracts.tests.asked import evaluator
from homeward.lib.problems import Invalid
from homeward.privacy.models import Release

pytestmark = pytest.mark.django_db
SYSTEM = system_actor(evaluator.organisation_id)
OUT = {"audience": AnalystAudience.OUTSIDE, "receiver": "The public", "why": "The yearly figures"}


@pytest.fixture(autouse=True)
def standing(standing_cast, db):
    pass


def test_who_publishes_for_iati_is_said():
    extract = ready_extract()
    for reference in ("", "us"):
        with pytest.raises(Invalid) as problem:
            ask_file(
                evaluator, extract_id=extract.id, format=AnalystFormat.IATI, reporting_org=reference, **OUT
            )
        assert set(problem.value.fields) == {"reporting_org"}


@pytest.mark.parametrize("form", [AnalystFormat.EUROSTAT, AnalystFormat.IATI])
def test_what_is_published_is_logged_and_holds_no_small_count(form):
    extract = ready_extract(cases=300)
    asked = ask_file(evaluator, extract_id=extract.id, format=form, reporting_org="XM-DAC-1", **OUT)
    file = write_file(SYSTEM, asked.id)
    assert (file.state, file.trouble) == (AnalystFileState.READY, "")
    with acting_as(evaluator):
        (release,) = Release.objects.filter(extract_id=extract.id)
    assert (release.kind, release.audience, release.made_from["file"]) == (form, "public", str(file.id))
    if form is AnalystFormat.EUROSTAT:
        with path_of(file).open() as opened:
            rows = list(csv.DictReader(opened))
        shown = [int(row["OBS_VALUE"]) for row in rows if row["OBS_STATUS"] == "A"]
        assert min(shown) >= 10
        assert {row["CONF_STATUS"] for row in rows if not row["OBS_VALUE"]} == {"C"}
