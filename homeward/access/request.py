"""From a web request to the actor behind it."""

from typing import cast

from django.http import HttpRequest

from homeward.access.actor import Actor
from homeward.lib.problems import NotFound


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the middleware or the token put on the request."""
    actor = getattr(request, "actor", None)
    if actor is None:
        raise NotFound
    return cast(Actor, actor)
