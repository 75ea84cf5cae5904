"""An independent client, the reference engine of ODK forms, fills what telephones fetch, and sends it."""

import json
import subprocess
from pathlib import Path

import pytest

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.followup.models import Visit
from homeward.followup.rules import VisitState
from homeward.followup.tests.visits import a_visit
from homeward.surveys.commands import load_shipped
from homeward.surveys.models import Submission
from homeward.surveys.rules import SubmissionState
from homeward.surveys.tests.test_forms import published
from homeward.sync.tests.phones import phone_of, rows
from tests.cast import RETURN_PARTNERS, hana

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def engine():
    """`engine(forms)` fills forms: each its XML, its files, and places with answers in order."""
    ready = subprocess.run([ROOT / "tools" / "engine"], capture_output=True, text=True, check=False)
    assert ready.returncode == 0, ready.stderr

    def fill(forms, into):
        into.write_text(json.dumps(forms))
        done = subprocess.run(
            ["node", ROOT / "tools" / "parity" / "fill.mjs", into],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [filled.encode() for filled in json.loads(done.stdout.splitlines()[-1])]

    return fill


def fetched(phone, code):
    """A form and its files, by the addresses of the list, as a telephone fetches them."""
    row = next(row for row in rows(phone.get("formList")) if row["formID"] == code)
    files = {
        one["filename"]: phone.get(one["downloadUrl"]).content.decode()
        for one in rows(phone.get(row["manifestUrl"]))
    }
    return phone.get(row["downloadUrl"]).content.decode(), files


def test_forms_that_are_listed_are_filled_and_sent_and_make_their_visit_done(sami, engine, tmp_path):
    published()
    load_shipped(system_actor(RETURN_PARTNERS), name="satisfaction")
    household, satisfaction = a_visit(sami), a_visit(sami, instrument="satisfaction", round="nine_months")
    phone = phone_of(hana)
    filling = []
    answers = {
        "household": [("/data/homeward_respondent", str(household.key)), ("/data/works", "yes")],
        "satisfaction": [
            ("/data/homeward_respondent", str(satisfaction.key)),
            ("/data/journey", "very_satisfied"),
        ],
    }
    for code, steps in answers.items():
        xform, files = fetched(phone, code)
        filling.append({"xform": xform, "files": files, "steps": steps})
    sent = engine(filling, tmp_path / "forms.json")
    assert [phone.send(body).status_code for body in sent] == [201, 201]
    assert [phone.send(body).status_code for body in sent] == [201, 201]
    with acting_as(hana):
        kept = list(Submission.objects.order_by("id"))
        assert [one.respondent for one in kept] == [household.key, satisfaction.key]
        assert {one.state for one in kept} == {SubmissionState.COMPLETE}
        assert [kept[0].answers["works"], kept[1].answers["journey"]] == ["yes", "very_satisfied"]
        assert {one.state for one in Visit.objects.all()} == {VisitState.DONE}
