"""A plan told in full, through the same commands as everybody's: half a year old, written down today."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.approvals.queries import approval_of, get_approval
from homeward.approvals.rules import SubjectKind, Verdict
from homeward.casework.commands import answer_approval, propose_plan
from homeward.exchange.demonstration.programmes import ROSA, VERA
from homeward.organisations import demo
from homeward.plans.commands import add_activity, add_goal, agree_to_plan, begin_plan
from homeward.plans.commands.agreeing import AgreementDetails
from homeward.plans.content import ActivityDetails
from homeward.plans.queries import get_version
from homeward.plans.rules import AgreementWay, Dimension, Level, PayForm, Picture, ProviderKind

FRIDA = Actor(demo.FRIDA.id, demo.RETURN_PARTNERS.id, Role.FINANCE_OFFICER, name=demo.FRIDA.name)
PACKAGE = "post_return_adult"
Goals = tuple[tuple[str, Dimension, tuple[ActivityDetails, ...]], ...]
GOALS: Goals = (
    (
        "أريد أن يطعم الدكان ثلاثتنا دون أن أسأل أخي.",
        Dimension.ECONOMIC,
        (
            ActivityDetails(
                what="Phone-repair tools and first stock",
                provider_name="Harbour Tools",
                package_code=PACKAGE,
                cost_minor=90_000,
                currency="EUR",
                feasibility="Two shops in the street; neither repairs telephones.",
                plain_words="عدة تصليح الهواتف وبضاعة أولى",
                picture=Picture.SHOP,
            ),
            ActivityDetails(
                what="Rent of the shop for three months",
                provider_kind=ProviderKind.OWN_MEANS,
                plain_words="إيجار الدكان",
                picture=Picture.MONEY,
            ),
        ),
    ),
    (
        "السقف قبل المطر، والمدرسة لريم.",
        Dimension.SOCIAL,
        (
            ActivityDetails(
                what="Repair of the roof",
                dimension=Dimension.SOCIAL,
                level=Level.FAMILY,
                provider_name="Old Harbour Roofs",
                package_code=PACKAGE,
                cost_minor=60_000,
                currency="EUR",
                plain_words="إصلاح السقف",
                picture=Picture.HOME,
            ),
            ActivityDetails(
                what="School fees for Rim",
                dimension=Dimension.SOCIAL,
                level=Level.FAMILY,
                provider_name="Saltfield School",
                package_code=PACKAGE,
                form=PayForm.SERVICE,
                cost_minor=25_000,
                currency="EUR",
                plain_words="رسوم المدرسة لريم",
                picture=Picture.SCHOOL,
            ),
        ),
    ),
)


@dataclass(frozen=True)
class ToldPlan:
    """The plan of one case; its lead writes it, others approve it, the person agrees."""

    lead: Actor
    case_id: UUID
    goals: Goals = GOALS

    def tell(self, begun_on: date) -> None:
        """Draft, propose, approve and agree to the plan."""
        version = begin_plan(self.lead, case_id=self.case_id, on=begun_on)
        for words, dimension, deeds in self.goals:
            self._goal(version.id, words, dimension, deeds)
        propose_plan(self.lead, version_id=version.id, expected_revision=self._revision(version.id))
        for who in (ROSA, VERA):
            self._approve(who, version.id)
        with acting_as(self.lead):
            told = get_version(self.lead, version.id)
        details = AgreementDetails(
            agreed_on=localdate(),
            way=AgreementWay.WITNESSED,
            language="ar",
            was_read_aloud=True,
            witness_name="Hala Bystander",
            witness_how="Sat with us when the plan was read aloud and heard the yes.",
        )
        agree_to_plan(self.lead, version_id=version.id, content_hash=told.content_hash, details=details)

    def _goal(
        self, version_id: UUID, words: str, dimension: Dimension, deeds: tuple[ActivityDetails, ...]
    ) -> None:
        goal = add_goal(
            self.lead,
            version_id=version_id,
            expected_revision=self._revision(version_id),
            own_words=words,
            dimension=dimension,
            language="ar",
        )
        for deed in deeds:
            add_activity(
                self.lead,
                version_id=version_id,
                expected_revision=self._revision(version_id),
                goal_id=goal.id,
                details=deed,
            )

    def _revision(self, version_id: UUID) -> int:
        with acting_as(self.lead):
            return get_version(self.lead, version_id).revision

    def _approve(self, who: Actor, version_id: UUID) -> None:
        with acting_as(self.lead):
            asked = approval_of(self.lead, SubjectKind.PLAN, version_id)
        if asked is None or not asked.is_waiting:
            return
        with acting_as(who):
            asked = get_approval(who, asked.id)
        answer_approval(who, approval_id=asked.id, verdict=Verdict.APPROVE, expected_version=asked.version)
