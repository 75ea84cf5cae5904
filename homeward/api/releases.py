"""REST: the log of numbers that left. What leaves is made by reports, indicators and exports."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.looking import MOST
from homeward.api.operations import reads
from homeward.privacy.releases.queries import visible_releases

router = Router(tags=["releases"])


class NumbersReleasedOut(Schema):
    """One release: to whom, from what, how many cells were shown and hidden; never which are small."""

    id: UUID
    kind: str
    audience: str
    recipient: str
    subject: str
    extract_id: UUID | None
    made_from: dict[str, str]
    why: str
    cells_shown: int
    cells_hidden: int
    released_by_name: str
    released_at: datetime


@reads(router, "", Action.RELEASE_VIEW, list[NumbersReleasedOut])
def list_releases(request: HttpRequest) -> object:
    """Numbers that left the organisation, newest first."""
    actor = actor_of(request)
    remember_reading(actor, Action.RELEASE_VIEW, subject_id=None)
    return visible_releases(actor)[:MOST]
