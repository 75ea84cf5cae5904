"""What runs in the background, part by part, each in its own transaction.

Looking for possible duplicates, and making the tokens anew by which partners may ask about people.
"""

from uuid import UUID

from procrastinate.contrib.django import app

from homeward.access.actor import system_actor
from homeward.lib.problems import NotFound
from homeward.organisations.queries import organisation_ids
from homeward.people.commands import renew_match_tokens, search_on
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


@app.periodic(cron="40 2 * * *")
@app.task(name="renew_match_tokens", queueing_lock="renew_match_tokens")
def renew_tokens(timestamp: int) -> None:
    """Every night, bring tokens in line with what lists and loads have brought, and with the setting."""
    renew_everybodys_tokens()


def renew_everybodys_tokens() -> int:
    """Make the tokens of everybody on this installation anew, one organisation after the other."""
    count = 0
    for organisation_id in organisation_ids():
        actor = system_actor(organisation_id)
        part = renew_match_tokens(actor)
        while part.id is not None:
            count += part.count
            part = renew_match_tokens(actor, after_id=part.id)
    return count
