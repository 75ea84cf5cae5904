"""One invented enforcement body, told of two journeys by a named person: the firewall at work."""

from datetime import date, timedelta

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.cases.queries import visible_cases
from homeward.cases.queries.journey import live_travel
from homeward.cases.rules import Stage
from homeward.firewall.commands import approve_protocol, make_notice, propose_protocol
from homeward.firewall.rules import DocumentStatus
from homeward.organisations import demo
from homeward.organisations.demo import DemoOrganisation, DemoPerson, fixed_id, make_organisations
from homeward.organisations.rules import OrganisationClass

BORDER_POST = DemoOrganisation(
    fixed_id(1, 8), "Nordholm Border Post", OrganisationClass.ENFORCEMENT, demo.NORDHOLM
)
NECESSITY = "The airline asks the border post before boarding whether this travel document will be accepted."
TOLD = (DocumentStatus.HELD, DocumentStatus.APPLIED_FOR)


def tell_border_post(today: date) -> None:
    """A protocol of the implementing partner, and two notices under it."""
    make_organisations([BORDER_POST])
    protocol = propose_protocol(
        _wearing(demo.ROSA, Role.COORDINATOR),
        body_id=BORDER_POST.id,
        legal_basis="Demo Border Act, section 5: documents of people who leave are checked once.",
        purpose="That nobody is turned back at the gate for a paper that could have been checked before.",
        starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=180),
    )
    approve_protocol(_wearing(demo.INES, Role.DATA_PROTECTION_OFFICER), protocol_id=protocol.id)
    nora = _wearing(demo.NORA, Role.CASE_MANAGER)
    with acting_as(nora):
        leaving = list(visible_cases(nora).filter(stage=Stage.PRE_DEPARTURE).order_by("id")[: len(TOLD)])
        journeys = [live_travel(nora, case.id) for case in leaving]
    for case, travel, status in zip(leaving, journeys, TOLD, strict=False):
        make_notice(
            nora,
            case_id=case.id,
            protocol_id=protocol.id,
            travels_on=travel.departs_on if travel else today + timedelta(days=7),
            document_status=status,
            necessity=NECESSITY,
        )


def _wearing(person: DemoPerson, role: Role) -> Actor:
    hat = next(hat for hat in demo.HATS if hat.person == person and hat.role == role)
    return Actor(person.id, hat.organisation.id, role, person.name, hat.id)
