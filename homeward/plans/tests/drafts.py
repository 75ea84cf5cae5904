"""Plans at a given point of their life, by the commands themselves."""

from datetime import date
from io import BytesIO

from django.utils.timezone import localdate
from PIL import Image

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.approvals.queries import approval_of
from homeward.approvals.rules import StepAsked, SubjectKind
from homeward.cases.tests.journeys import arrived
from homeward.lib.money import Money
from homeward.plans import commands
from homeward.plans.commands.agreeing import AgreementDetails
from homeward.plans.content import ActivityDetails
from homeward.plans.findings import Right
from homeward.plans.queries import get_version
from homeward.plans.rules import AgreementWay, Dimension, PayForm, Picture, ProviderKind
from homeward.programmes.terms import Label
from tests.cast import NORDHOLM, RETURN_PARTNERS, nora

BEGUN, PLANNED = date(2026, 5, 2), date(2026, 6, 15)
RIGHTS = (
    Right("start", Label("Start-up package"), Money(100_000, "EUR"), in_cash=False),
    Right("first_needs", Label("First needs"), Money(61_500, "EUR")),
)
STEPS = (
    StepAsked(frozenset({Role.COORDINATOR}), RETURN_PARTNERS),
    StepAsked(frozenset({Role.COORDINATOR}), NORDHOLM),
)
SHOP = ActivityDetails(
    what="Tools and stock for the repair shop",
    provider_kind=ProviderKind.PROGRAMME,
    provider_name="Return Partners Demo",
    package_code="start",
    form=PayForm.KIND,
    cost_minor=90_000,
    currency="EUR",
    planned_on=PLANNED,
    feasibility="Two shops in the district, the nearest 4 km away",
    plain_words="Tools for your shop",
    picture=Picture.TOOLS,
)
WORDS = "I want the shop to feed the three of us"


def fresh(version, actor=nora):
    with acting_as(actor):
        return get_version(actor, version.id)


def begun(actor=nora, case=None):
    """A plan without a goal."""
    return commands.begin_plan(actor, case_id=(case or arrived()).id, on=BEGUN)


def with_goal(version, words=WORDS, actor=nora, dimension=Dimension.ECONOMIC):
    version = fresh(version)
    return commands.add_goal(
        actor,
        version_id=version.id,
        expected_revision=version.revision,
        own_words=words,
        dimension=dimension,
        language="ar",
    )


def with_activity(version, goal, details=SHOP, actor=nora):
    version = fresh(version)
    return commands.add_activity(
        actor,
        version_id=version.id,
        expected_revision=version.revision,
        goal_id=goal.id,
        details=details,
    )


def drafted(case=None, details=SHOP):
    """A draft with one goal and one activity."""
    version = begun(case=case)
    with_activity(version, with_goal(version), details)
    return fresh(version)


def proposed(case=None, steps=STEPS, actor=nora):
    """Two organisations are asked to approve the draft."""
    version = drafted(case)
    return commands.propose_plan(
        actor,
        version_id=version.id,
        expected_revision=version.revision,
        steps=steps,
        rights=RIGHTS,
        amount=Money(90_000, "EUR"),
    )


def approved(case=None):
    """A programme that asks for no approval."""
    return proposed(case, steps=())


def approval_for(version, actor=nora):
    with acting_as(actor):
        return approval_of(actor, SubjectKind.PLAN, version.id)


def signature():
    """A drawn line."""
    picture = Image.new("RGB", (300, 100), "white")
    for across in range(40, 260):
        picture.putpixel((across, 50 + across % 7), (10, 10, 60))
    drawn = BytesIO()
    picture.save(drawn, "PNG")
    return drawn.getvalue()


def agreement(**given):
    told = {
        "agreed_on": localdate(),
        "way": AgreementWay.SIGNED,
        "language": "ar",
        "signature": signature(),
        "was_read_aloud": True,
        **given,
    }
    return AgreementDetails(**told)


def agreed(case=None, actor=nora, **given):
    """The person signed."""
    version = approved(case)
    commands.agree_to_plan(
        actor, version_id=version.id, content_hash=version.content_hash, details=agreement(**given)
    )
    return fresh(version)
