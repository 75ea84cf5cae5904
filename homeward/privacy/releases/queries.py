"""Reading what left."""

from django.db.models import QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.privacy.models import Release
from homeward.privacy.releases.rules import has_got


def visible_releases(actor: Actor) -> QuerySet[Release]:
    """What the organisation let out, the newest first; the cells themselves are read by the audit alone."""
    actor.require(Action.RELEASE_VIEW)
    return _own(actor).order_by("-released_at", "-id").defer("tables")


def all_releases(actor: Actor) -> list[Release]:
    """Every release of the organisation with its cells, the oldest first."""
    actor.require(Action.RELEASE_VIEW)
    return list(_own(actor).order_by("released_at", "id"))


def releases_known_to(actor: Actor, audience: str, subject: str) -> list[Release]:
    """What readers of an audience have got about a subject, the oldest first."""
    actor.require(Action.RELEASE_MAKE)
    about = _own(actor).filter(subject=subject)
    named = about.values_list("audience", flat=True).distinct()
    theirs = [one for one in named if has_got(audience, one)]
    return list(about.filter(audience__in=theirs).order_by("released_at", "id"))


def _own(actor: Actor) -> QuerySet[Release]:
    return Release.objects.filter(organisation_id=actor.organisation_id)
