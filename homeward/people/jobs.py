"""What runs in the background: looking for possible duplicates, part by part, each in its own transaction."""

from uuid import UUID

from procrastinate.contrib.django import app

from homeward.access.actor import system_actor
from homeward.lib.problems import NotFound
from homeward.people.commands import search_on
from homeward.people.rules import MATCH_JOB


@app.task(name=MATCH_JOB)
def search_for_matches(organisation_id: str, search_id: str) -> None:
    """Search until everybody was compared; whoever finishes first, the other stops."""
    actor = system_actor(UUID(organisation_id))
    try:
        while search_on(actor, search_id=UUID(search_id)).finished_at is None:
            pass
    except NotFound:
        return
