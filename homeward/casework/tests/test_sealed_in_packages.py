"""What is sealed goes along sealed, and who receives it opens it for a reason, counted and on the record."""

import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.audit.models import Entry
from homeward.cases.commands import end_share
from homeward.cases.models import Share
from homeward.cases.tests.journeys import travel_planned
from homeward.casework.commands import send_package
from homeward.casework.packages import compose_package, open_in_package
from homeward.lib.problems import Invalid, NotFound
from homeward.privacy.models import Opening
from homeward.privacy.opening import TooManyOpenings, Why
from homeward.sharing.commands import end_disclosure
from homeward.sharing.problems import DisclosureEnded, NotAllowedToShare
from homeward.sharing.rules import Basis, Category, Condition, Purpose
from tests.agreed import shared
from tests.cast import CLINIC, RETURN_PARTNERS, jonas, karim, nora, stranger
from tests.programs import program_of

WHY = Why("casework")
CODE = "medical_items"


@pytest.fixture
def leaving(cast):
    """A case that Jonas leads, with insulin to be had on the way."""
    return travel_planned()


def sent(case, condition=Condition.HEALTH_OR_SOCIAL_CARE):
    return send_package(
        jonas,
        case_id=case.id,
        organisation_id=CLINIC,
        purpose=Purpose.REFERRAL,
        field_codes=["name", CODE],
        basis=Basis.PUBLIC_INTEREST,
        necessity="They keep medicine ready.",
        condition=condition,
    )


def test_health_takes_its_condition_also_when_it_is_sealed(leaving):
    with pytest.raises(NotAllowedToShare):
        sent(leaving, condition=None)


def test_it_is_not_opened_to_be_sent_and_not_read_with_the_rest(client_of, leaving):
    package = sent(leaving)
    with acting_as(jonas):
        assert b"Insulin" not in compose_package(jonas, leaving.id, [CODE]).content
        assert not Opening.objects.exists()
    page = client_of(karim).get(reverse("received_package", args=[package.id])).content.decode()
    assert "Insulin" not in page
    assert reverse("open_in_package", args=[package.id, CODE]) in page


def test_a_program_opens_it_as_the_page_does(leaving, settings):
    """With a reason, counted, and on the record; the ciphertext is told to nobody."""
    package, program = sent(leaving), program_of(Role.SERVICE_PROVIDER, CLINIC)
    lines = program.post(f"/packages/{package.id}/opening").json()["lines"]
    assert [(line["code"], line["values"], line["can_be_opened"]) for line in lines][1] == (CODE, [], True)
    address = f"/packages/{package.id}/lines/{CODE}"
    assert program.post(address, {"reason": "other"}).status_code == 422
    assert program.post(address, {"reason": "casework"}).json()["text"].startswith("Insulin")
    with acting_as(karim):
        assert Opening.objects.count() == 1
        assert Entry.objects.filter(action="disclosure.open", refused=False, case_id=leaving.id).exists()
    settings.OPENINGS_AN_HOUR = 1
    assert program.post(address, {"reason": "casework"}).status_code == 429


def test_nobody_else_opens_it_and_nothing_but_what_is_sealed(leaving):
    package = sent(leaving)
    with pytest.raises(NotFound):
        open_in_package(stranger, package.id, CODE, WHY)
    with pytest.raises(NotFound):
        open_in_package(karim, package.id, "name", WHY)
    with pytest.raises(Invalid):
        open_in_package(karim, package.id, CODE, Why("other"))
    end_disclosure(jonas, disclosure_id=package.id)
    with pytest.raises(DisclosureEnded):
        open_in_package(karim, package.id, CODE, WHY)


def test_it_is_opened_for_a_reason_on_the_record_of_who_opens_it(client_of, leaving, settings):
    package = sent(leaving)
    address = reverse("open_in_package", args=[package.id, CODE])
    client = client_of(karim)
    assert "Insulin" not in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert "Insulin" in client.post(address, {"reason": "safety"}).content.decode()
    with acting_as(karim):
        assert Opening.objects.get().reason == "safety"
        entries = Entry.objects.filter(organisation_id=CLINIC, subject_id=package.id)
        assert f"{CODE}: safety" in entries.values_list("note", flat=True)
    settings.OPENINGS_AN_HOUR = 1
    with pytest.raises(TooManyOpenings):
        open_in_package(karim, package.id, CODE, WHY)


def test_who_is_not_shown_health_cannot_send_it_on(leaving):
    with acting_as(jonas):
        share = Share.objects.get(case=leaving, organisation_id=RETURN_PARTNERS)
    end_share(jonas, case_id=leaving.id, share_id=share.id)
    shared(jonas, leaving.id, RETURN_PARTNERS, categories=[Category.JOURNEY])
    with acting_as(nora):
        assert b'"values": []' in compose_package(nora, leaving.id, [CODE]).content
