"""What runs in the background for officers: copies for people; each night what retention rules ask."""

import logging
from datetime import timedelta
from uuid import UUID

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from homeward.access.acting import acting_as
from homeward.access.actor import SYSTEM_USER_ID, Actor
from homeward.access.roles import Role
from homeward.casework.rights.making import make_copy
from homeward.casework.rights.retention import apply_rules
from homeward.files.commands import remove_file
from homeward.lib.problems import NotFound
from homeward.organisations.queries import actor_of_membership, organisation_ids
from homeward.privacy.commands.copies import finish_copy, take_copy_away
from homeward.privacy.queries import copies_to_take_away
from homeward.privacy.rules import COPY_DAYS, COPY_JOB

log = logging.getLogger(__name__)


@app.task(name=COPY_JOB)
def copy_for_a_person(organisation_id: str, membership_id: str, export_id: str) -> None:
    """Make a copy that an officer asked for."""
    actor = actor_of_membership(UUID(organisation_id), UUID(membership_id))
    if actor is None:
        return
    try:
        make_copy(actor, export_id=UUID(export_id))
    except NotFound:
        return
    except Exception:
        log.exception("a copy could not be made: %s", export_id)
        finish_copy(actor, export_id=UUID(export_id), file_id=None)


@app.periodic(cron="40 2 * * *")
@app.task(name="apply_retention_rules", queueing_lock="apply_retention_rules")
def apply_retention_rules(timestamp: int) -> None:
    """Every night, one organisation after the other, erase whom no rule keeps any longer."""
    for organisation_id in organisation_ids():
        apply_rules(officer_of(organisation_id), today=localdate())


@app.periodic(cron="50 2 * * *")
@app.task(name="take_copies_away", queueing_lock="take_copies_away")
def take_copies_away(timestamp: int) -> None:
    """Every night, remove copies that lie there for longer than a week."""
    before = now() - timedelta(days=COPY_DAYS)
    for organisation_id in organisation_ids():
        actor = officer_of(organisation_id)
        with acting_as(actor):
            for one in copies_to_take_away(actor, before):
                if one.file_id:
                    remove_file(actor, file_id=one.file_id)
                take_copy_away(actor, export_id=one.id, at=now())


def officer_of(organisation_id: UUID) -> Actor:
    """The installation at work in an officer's place: restricted records stay closed to other timers."""
    return Actor(SYSTEM_USER_ID, organisation_id, Role.DATA_PROTECTION_OFFICER, name="Homeward")
