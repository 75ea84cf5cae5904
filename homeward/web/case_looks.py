"""Who has looked at a case: colleagues by name, others by their organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.audit.queries import Look, looks_at_case
from homeward.organisations.queries import colleagues, organisation_names
from homeward.web.labels import ROLE_LABELS

SHOWN_DAYS = 30

WHAT: Mapping[str, str | Promise] = {
    "case.view": _("Case"),
    "person.view": _("Details of the person"),
    "document_number.open": _("A document number"),
    "file.open": _("A document"),
    "case.emergency": _("Case, in an emergency"),
}


@dataclass(frozen=True)
class LookRow:
    """One line of the table."""

    who: str
    what: str | Promise
    role: str | Promise
    times: int
    last: datetime


def looks(actor: Actor, case_id: UUID) -> list[LookRow]:
    """Looks of the last thirty days. For the organisation that leads the case."""
    found = looks_at_case(case_id, now() - timedelta(days=SHOWN_DAYS))
    names = {one.user_id: one.user.name for one in colleagues(actor)}
    organisations = organisation_names(actor, {look.organisation_id for look in found})
    return [
        LookRow(
            _who(actor, look, names, organisations),
            WHAT[look.action],
            ROLE_LABELS[Role(look.role)],
            look.times,
            look.last,
        )
        for look in found
    ]


def _who(actor: Actor, look: Look, names: Mapping[UUID, str], organisations: Mapping[UUID, str]) -> str:
    if look.organisation_id != actor.organisation_id:
        return organisations.get(look.organisation_id, gettext("An organisation that has left"))
    return names.get(look.actor_id, gettext("A former colleague, or a program"))
