"""What the frame of every page needs."""

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """The actor, the hats on offer, and whether this is a demonstration."""
    actor = getattr(request, "actor", None)
    hats = getattr(request, "hats", [])
    worn = next((hat for hat in hats if actor and hat.id == actor.membership_id), None)
    return {"actor": actor, "hat": worn, "hats": hats, "is_demo": settings.DEMO}
