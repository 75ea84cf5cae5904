"""Records that rows of the access matrix ask for, made by the people who make them in life."""

from datetime import date

from django.test import override_settings

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.lib.dates import PartialDate
from homeward.organisations.commands import (
    add_team,
    ask_for_factor_reset,
    create_integration,
    invite_member,
)
from homeward.people.commands import (
    add_contact,
    add_document,
    ask_partners,
    merge_people,
    register_person,
    relate_people,
)
from homeward.people.rules import ContactKind, DocumentKind, PersonDetails, RelationKind
from tests.cast import OLD_HARBOUR, RETURN_PARTNERS, adil, jonas, nora, tarek


def an_office():
    return {"office_id": OLD_HARBOUR}


def a_team():
    return {"team_id": add_team(adil, name="Night desk").id}


def a_colleague():
    return {"membership_id": tarek.membership_id}


def an_invitation():
    return {"invitation_id": invite_member(adil, email="new@homeward.example", role=Role.CASE_MANAGER).id}


def a_program():
    return {"integration_id": create_integration(adil, name="Reports", role=Role.CASE_MANAGER).id}


def a_lost_factor():
    return {"reset_id": ask_for_factor_reset(nora).id}


def a_person():
    return {"person_id": _somebody().id}


def a_possible_match():
    """Jonas asked about somebody whom Nora's organisation knows as well."""
    told = {"family_name": "Specimen", "birth": PartialDate.of_day(date(1990, 5, 17))}
    details = PersonDetails(given_names="Farid", **told)
    with override_settings(DUPLICATE_CHECK=True):
        register_person(nora, details=details)
        theirs = register_person(jonas, details=details)
        question = ask_partners(jonas, person_id=theirs.id, reason="She says that you helped him.")
    with acting_as(jonas):
        return {"possible_match_id": question.answers.get(partner_id=RETURN_PARTNERS).id}


def a_paper():
    person = _somebody()
    document = add_document(nora, person_id=person.id, kind=DocumentKind.PASSPORT, number="P1234567")
    return {"person_id": person.id, "document_id": document.id}


def a_contact():
    person = _somebody()
    contact = add_contact(nora, person_id=person.id, kind=ContactKind.PHONE, value="20 334 455")
    return {"person_id": person.id, "contact_id": contact.id}


def a_relation():
    person = _somebody()
    relation = relate_people(nora, person_id=person.id, related_id=_somebody().id, kind=RelationKind.SIBLING)
    return {"person_id": person.id, "relation_id": relation.id}


def two_people():
    return {"person_id": _somebody().id, "other_id": _somebody().id}


def a_merge():
    return {"merge_id": merge_people(nora, kept_id=_somebody().id, merged_id=_somebody().id).id}


def _somebody():
    return register_person(nora, details=PersonDetails(given_names="Somebody"))
