"""REST: on which bases the law lets an organisation send data to another country."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.fields import ANY, Text
from homeward.api.operations import creates, reads
from homeward.organisations.rules import OrganisationClass
from homeward.sharing import commands, queries
from homeward.sharing.rules import TransferBasis
from homeward.sharing.transfer_examples import RuleTerms

router = Router(tags=["agreements"])
MOST_LISTED = 500
Alpha2 = Annotated[str, Field(pattern="^[A-Z]{2}$", description="ISO 3166 alpha-2")]
Countries = Annotated[list[Alpha2], Field(max_length=250, description="Empty for every country")]
Why = Annotated[Text, Field(min_length=1)]


class TransferRuleIn(Schema):
    """What a rule says. Verified it is by a person only, on the page."""

    from_countries: Countries = []
    to_countries: Countries = []
    receiver_class: OrganisationClass | None = None
    covers_special: bool = False
    bases: Annotated[list[TransferBasis], Field(min_length=1, max_length=20)]
    source: Annotated[str, Field(min_length=1, max_length=300, pattern=ANY)]

    def terms(self) -> RuleTerms:
        """As the command takes it."""
        return RuleTerms(
            bases=tuple(self.bases),
            from_countries=tuple(self.from_countries),
            to_countries=tuple(self.to_countries),
            receiver_class=self.receiver_class,
            covers_special=self.covers_special,
            source=self.source,
        )


class TransferRuleChangeIn(TransferRuleIn):
    why: Why


class TransferRuleEndIn(Schema):
    why: Why


class TransferRuleOut(Schema):
    """A rule; what no rule allows is not sent."""

    id: UUID
    from_countries: list[str]
    to_countries: list[str]
    receiver_class: str
    covers_special: bool
    bases: list[TransferBasis]
    source: str
    is_verified: bool
    made_by_name: str
    made_at: datetime
    ended_at: datetime | None
    ended_why: str


@reads(router, "", Action.TRANSFER_RULE_EDIT, list[TransferRuleOut])
def list_transfer_rules(request: HttpRequest) -> object:
    """The rules in force, the oldest first."""
    return queries.transfer_rules_of(actor_of(request))[:MOST_LISTED]


@creates(router, "", Action.TRANSFER_RULE_EDIT, TransferRuleOut)
def add_transfer_rule(request: HttpRequest, body: TransferRuleIn) -> object:
    """Allow what no rule allowed so far; it counts as not verified."""
    return commands.add_transfer_rule(actor_of(request), terms=body.terms())


@creates(router, "/{uuid:rule_id}/change", Action.TRANSFER_RULE_EDIT, TransferRuleOut)
def change_transfer_rule(request: HttpRequest, rule_id: UUID, body: TransferRuleChangeIn) -> object:
    """Put another rule in the place of one, which ends; 404 when somebody else did so before."""
    return commands.change_transfer_rule(actor_of(request), rule_id=rule_id, terms=body.terms(), why=body.why)


@creates(router, "/{uuid:rule_id}/end", Action.TRANSFER_RULE_EDIT, TransferRuleOut)
def end_transfer_rule(request: HttpRequest, rule_id: UUID, body: TransferRuleEndIn) -> object:
    """End a rule; nothing new is sent on it."""
    return commands.end_transfer_rule(actor_of(request), rule_id=rule_id, why=body.why)
