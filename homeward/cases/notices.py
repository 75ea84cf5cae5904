"""Telling workers, outside Homeward, that something waits; never about whom or what."""

from collections.abc import Collection
from uuid import UUID

from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.organisations import notices
from homeward.organisations.queries import colleagues


def remind_workers(actor: Actor, user_ids: Collection[UUID]) -> None:
    """Mail each of these colleagues of the actor, once, that something waits in their inbox."""
    if not user_ids:
        return
    people = {one.user_id: one.user for one in colleagues(actor).filter(user_id__in=user_ids)}
    notices.something_waits(people.values(), "")


def tell_of_turn(actor: Actor, user_ids: Collection[UUID]) -> None:
    """Mail these colleagues and the coordinators; where there are none, the case managers and counsellors."""
    roles = colleagues(actor).filter(role=Role.COORDINATOR)
    workers = colleagues(actor).filter(role__in=[Role.CASE_MANAGER, Role.RETURN_COUNSELLOR])
    answering = roles if roles.exists() else workers
    remind_workers(actor, {*user_ids, *answering.values_list("user_id", flat=True)})
