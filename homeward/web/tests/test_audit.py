import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.command import remember
from homeward.web.audit_words import ACTIONS
from tests.agreed import shared
from tests.cast import NORDHOLM, adil, ines, nora, stranger, vera

ROW = '<th scope="row">'


@pytest.fixture
def trail(sami):
    """Nora looked at Sami's case twice and was refused once; a stranger did something of their own."""
    with acting_as(nora):
        for _ in range(2):
            remember(nora, Action.CASE_VIEW, subject_id=sami.id, case_id=sami.id)
        remember(nora, "refused", subject_id=None, refused=True, note="administration")
    with acting_as(stranger):
        remember(stranger, Action.CASE_LIST, subject_id=None, note="stranger-canary")
    return sami


def rows_of(response):
    return response.content.decode().count(ROW)


@pytest.mark.parametrize("actor", [nora, adil, stranger, vera], ids=lambda actor: actor.name)
def test_only_the_data_protection_officer_sees_the_trail(client_of, trail, actor):
    client = client_of(actor)
    assert client.get("/audit/").status_code == 403
    assert client.post("/audit/", {}).status_code == 403
    assert client.post("/audit/export").status_code == 403


def test_another_organisations_entries_are_not_there(client_of, trail):
    page = client_of(ines).get("/audit/").content.decode()
    assert "stranger-canary" not in page
    assert "Stranger" not in page


def test_the_trail_tells_who_did_what_to_which_case(client_of, trail):
    page = client_of(ines).get("/audit/").content.decode()
    assert nora.name in page
    assert "Looked at a case" in page
    assert trail.reference in page
    assert "administration" in page


def test_searching_is_itself_an_entry(client_of, trail, past_policies):
    client_of(ines).get("/audit/")
    found = past_policies("SELECT actor_id FROM audit_entry WHERE action = 'audit.search'")
    assert [row["actor_id"] for row in found] == [str(ines.user_id)]


def test_what_is_typed_becomes_an_address_without_names_or_references(client_of, trail):
    client = client_of(ines)
    sent = {"who": str(nora.user_id), "case": trail.reference.lower(), "action": "case.view", "refused": ""}
    response = client.post("/audit/", sent)
    assert response.status_code == 302
    assert trail.reference not in response["Location"]
    assert str(trail.id) in response["Location"]
    assert rows_of(client.get(response["Location"])) == 2


@pytest.mark.parametrize("reference", ["HW-0000-0000-0", "nonsense", "HW-2222-2222-2"])
def test_a_wrong_reference_is_an_error_beside_its_box_and_keeps_what_was_typed(client_of, trail, reference):
    response = client_of(ines).post("/audit/", {"case": reference})
    page = response.content.decode()
    assert response.status_code == 422
    assert "No case of yours has this reference" in page
    assert f'value="{reference}"' in page
    assert rows_of(response) == 0


def test_a_period_the_wrong_way_round_is_an_error(client_of, trail):
    sent = {"since": "2026-03-05", "until": "2026-03-04"}
    response = client_of(ines).post("/audit/", sent)
    assert "The last day cannot be before the first" in response.content.decode()


def test_the_trail_is_narrowed_by_each_question(client_of, trail):
    client, today = client_of(ines), timezone.localdate()
    with acting_as(ines):
        all_rows = rows_of(client.get("/audit/"))
    assert all_rows >= 4
    assert rows_of(client.get("/audit/?refused=1")) == 1
    assert rows_of(client.get("/audit/?action=case.view")) == 2
    assert rows_of(client.get(f"/audit/?who={uuid4()}")) == 0
    assert rows_of(client.get(f"/audit/?until={today - timedelta(days=1)}")) == 0
    assert rows_of(client.get(f"/audit/?since={today}&until={today}&action=case.view")) == 2
    assert rows_of(client.get(f"/audit/?case={trail.id}&action=case.view")) == 2


@pytest.mark.parametrize(
    "address", ["who=x", "case=1", "since=never", "after=junk", "after=2026_x", "page=-1"]
)
def test_an_address_that_makes_no_sense_is_not_a_fault(client_of, trail, address):
    assert client_of(ines).get(f"/audit/?{address}").status_code == 200


def test_the_lead_of_a_shared_case_learns_that_somebody_elsewhere_looked_but_not_who(client_of, trail):
    shared(nora, trail.id, NORDHOLM)
    with acting_as(vera):
        remember(vera, Action.CASE_VIEW, subject_id=trail.id, case_id=trail.id)
    page = client_of(ines).get(f"/audit/?case={trail.id}&action=case.view").content.decode()
    assert "Somebody at" in page
    assert vera.name not in page


def test_a_long_trail_is_read_page_by_page_without_a_gap(client_of, trail):
    with acting_as(nora):
        for _ in range(120):
            remember(nora, Action.NOTE_WRITE, subject_id=uuid4(), case_id=trail.id)
    client, address, seen, pages = client_of(ines), "/audit/?action=note.write", 0, 0
    while address:
        response = client.get(address)
        seen, pages = seen + rows_of(response), pages + 1
        older = response.context["older"]
        address = f"/audit/?action=note.write&after={older.replace('+', '%2B')}" if older else ""
    assert (seen, pages) == (120, 3)


def test_a_full_page_costs_as_many_queries_as_a_short_one(client_of, trail):
    client = client_of(ines)
    client.get("/audit/")
    with CaptureQueriesContext(connection) as short:
        client.get("/audit/")
    with acting_as(nora):
        for _ in range(60):
            remember(nora, Action.NOTE_WRITE, subject_id=uuid4(), case_id=trail.id)
    with CaptureQueriesContext(connection) as full:
        client.get("/audit/")
    assert len(full) == len(short) <= 30


def test_the_page_tells_how_far_the_trail_is_proved(client_of, trail):
    page = client_of(ines).get("/audit/").content.decode()
    assert "waiting since" in page
    assert "homeward audit verify" in page


def test_an_export_holds_every_entry_and_no_formula(client_of, trail):
    with acting_as(nora):
        remember(nora, Action.NOTE_WRITE, subject_id=None, note='=HYPERLINK("http://x")')
    response = client_of(ines).post("/audit/export?action=note.write")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["note"] for row in rows] == ['\'=HYPERLINK("http://x")']
    assert rows[0]["who"] == nora.name
    assert response["Content-Disposition"].startswith("attachment")


def test_an_export_is_on_the_record(client_of, trail, past_policies):
    client_of(ines).post("/audit/export")
    assert len(past_policies("SELECT FROM audit_entry WHERE action = 'audit.export'")) == 1


def test_an_export_of_too_much_asks_for_a_shorter_period(client_of, trail, monkeypatch):
    monkeypatch.setattr("homeward.privacy.trail.MOST_EXPORTED", 2)
    response = client_of(ines).post("/audit/export")
    assert response.status_code == 422
    assert "shorter period" in response.content.decode()


def test_an_export_is_never_made_by_following_a_link(client_of, trail):
    assert client_of(ines).get("/audit/export").status_code == 405


def test_whatever_can_be_done_has_words_on_the_trail():
    assert not set(Action) - set(ACTIONS)
