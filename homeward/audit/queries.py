"""Reading the trail. Whose entries are shown, the database's policies say."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max

from homeward.audit.models import Entry

LOOKING = ("case.view", "person.view", "document_number.open", "file.open", "case.emergency")


@dataclass(frozen=True)
class Look:
    """Who looked at what of a case, how often, and when last."""

    actor_id: UUID
    organisation_id: UUID
    role: str
    action: str
    times: int
    last: datetime


def looks_at_case(case_id: UUID, since: datetime) -> list[Look]:
    """Looks at a case since a moment, the latest first, one row per person, role and kind of look."""
    entries = Entry.objects.filter(case_id=case_id, at__gte=since, action__in=LOOKING, refused=False)
    counted = entries.values("actor_id", "organisation_id", "role", "action")
    return [Look(**row) for row in counted.annotate(times=Count("id"), last=Max("at")).order_by("-last")]
