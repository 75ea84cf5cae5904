"""Organisations, their offices and teams."""

import pytest

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.lib.identifiers import new_id
from homeward.lib.problems import EditConflict, NotFound, Refused
from homeward.organisations.commands import (
    add_office,
    add_team,
    create_organisation,
    edit_office,
    edit_organisation,
    edit_team,
)
from homeward.organisations.models import Organisation
from homeward.organisations.problems import MayNotIntroduce, NameTaken
from homeward.organisations.queries import known_organisations, own_offices
from homeward.organisations.rules import ROLES, OrganisationClass, may_give, may_hold_together
from tests.cast import CLINIC, OLD_HARBOUR, RETURN_PARTNERS, SALTFIELD, adil, nora, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

WHO_WORKS_WITH_CASES = {Role.RETURN_COUNSELLOR, Role.CASE_MANAGER, Role.COORDINATOR, Role.ORIGIN_AUTHORITY}
DETAILS = {"country": "XM", "language": "en", "contact_email": "desk@homeward.example"}


def introduce(actor=adil, name="New Partner Demo", kind=OrganisationClass.SERVICE_PROVIDER):
    return create_organisation(
        actor,
        name=name,
        organisation_class=kind,
        country="XM",
        administrator_email="first@homeward.example",
    )


def test_a_case_manager_brings_in_nobody():
    with pytest.raises(Refused):
        introduce(nora)


def test_nobody_brings_in_an_enforcement_body():
    for actor in (adil, system_actor(RETURN_PARTNERS)):
        with pytest.raises(MayNotIntroduce):
            introduce(actor, kind=OrganisationClass.ENFORCEMENT)


def test_two_organisations_do_not_share_a_name():
    with pytest.raises(NameTaken):
        introduce(name="port clinic demo")


def test_a_new_partner_begins_with_an_invited_administrator_that_the_introducer_cannot_see():
    made = introduce()
    assert made.invitation.row.role == Role.ADMINISTRATOR
    with acting_as(adil):
        assert known_organisations(adil).filter(id=made.id).exists()
    with acting_as(system_actor(made.id)):
        assert made.organisation.invitations.get().email == "first@homeward.example"
    with acting_as(adil):
        assert not made.organisation.invitations.exists()


def test_the_first_organisation_of_all_is_made_by_the_installation():
    made = introduce(system_actor(new_id()), kind=OrganisationClass.DESTINATION_AUTHORITY)
    assert made.organisation.organisation_class == OrganisationClass.DESTINATION_AUTHORITY


def test_an_edit_raises_the_version_and_an_older_one_overwrites_nothing():
    edit_organisation(adil, expected_version=1, name="Return Partners Renamed", **DETAILS)
    with pytest.raises(EditConflict):
        edit_organisation(adil, expected_version=1, name="Something else", **DETAILS)
    with acting_as(adil):
        assert Organisation.objects.get(id=RETURN_PARTNERS).name == "Return Partners Renamed"


def test_the_database_lets_no_organisation_change_another():
    with acting_as(adil):
        assert Organisation.objects.filter(id=CLINIC).update(name="Taken over") == 0


def test_an_office_of_another_organisation_cannot_be_edited():
    with pytest.raises(NotFound):
        edit_office(
            system_actor(stranger.organisation_id),
            office_id=SALTFIELD,
            expected_version=1,
            name="Mine now",
            place="",
        )


def test_offices_have_names_of_their_own():
    add_office(adil, name="Hill station", place="Hill road 2")
    with pytest.raises(NameTaken):
        add_office(adil, name="HILL STATION")
    with pytest.raises(NameTaken):
        edit_office(adil, office_id=OLD_HARBOUR, expected_version=1, name="saltfield", place="")


def test_an_office_is_edited_only_from_its_present_version():
    edit_office(adil, office_id=OLD_HARBOUR, expected_version=1, name="Old harbour", place="Quay 3")
    with pytest.raises(EditConflict):
        edit_office(adil, office_id=OLD_HARBOUR, expected_version=1, name="Other", place="")
    with acting_as(adil):
        assert own_offices(adil).get(id=OLD_HARBOUR).place == "Quay 3"


def test_a_team_moves_to_another_office():
    team = add_team(adil, name="Arrivals", office_id=SALTFIELD)
    edit_team(adil, team_id=team.id, expected_version=1, name="Arrivals", office_id=OLD_HARBOUR)
    with pytest.raises(EditConflict):
        edit_team(adil, team_id=team.id, expected_version=1, name="Arrivals")


def test_nobody_oversees_their_own_acts():
    assert may_hold_together({Role.ADMINISTRATOR, Role.CASE_MANAGER})
    assert not may_hold_together({Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER, Role.CASE_MANAGER})


def test_whoever_has_cases_may_have_evaluators_and_nobody_else_but_those_who_only_evaluate():
    giving = {kind for kind in OrganisationClass if may_give(kind, Role.EVALUATOR)}
    assert giving == {kind for kind in ROLES if ROLES[kind] & WHO_WORKS_WITH_CASES} | {
        OrganisationClass.EVALUATOR
    }


def test_who_studies_people_by_pseudonym_does_not_know_them_by_name():
    assert may_hold_together({Role.ADMINISTRATOR, Role.EVALUATOR})
    for role in WHO_WORKS_WITH_CASES | {Role.DATA_PROTECTION_OFFICER, Role.FINANCE_OFFICER}:
        assert not may_hold_together({role, Role.EVALUATOR})
