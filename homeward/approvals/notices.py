"""Telling those who answer, outside Homeward, that something waits; never about whom or what."""

from collections.abc import Collection
from uuid import UUID

from homeward.access.actor import Actor
from homeward.organisations import notices
from homeward.organisations.queries import colleagues


def tell_that_something_waits(actor: Actor, user_ids: Collection[UUID]) -> None:
    """Mail each of these colleagues of the actor, once, that something waits in their inbox."""
    if not user_ids:
        return
    people = {one.user_id: one.user for one in colleagues(actor).filter(user_id__in=user_ids)}
    notices.something_waits(people.values(), "")
