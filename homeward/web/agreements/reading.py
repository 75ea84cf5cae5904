"""Where an agreement stands for the reader's organisation, and what can be done with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.sharing import queries
from homeward.sharing.rules import ENDING_SOON, AgreementState
from homeward.web.agreements.forms import MOST_CLAUSES

if TYPE_CHECKING:
    from homeward.sharing.models import Agreement


class Standing(StrEnum):
    """Under which heading of the list an agreement stands."""

    WAITING = "waiting"  # for the reader's organisation
    ASKED = "asked"  # others have to answer
    ENDING = "ending"
    IN_FORCE = "in_force"
    ENDED = "ended"


def standing_of(agreement: Agreement, waiting: Collection[UUID], today: date) -> Standing:
    """The heading for an agreement; `waiting` holds the ids of what the organisation has not accepted."""
    if agreement.state == AgreementState.PROPOSED:
        return Standing.WAITING if agreement.id in waiting else Standing.ASKED
    if agreement.state == AgreementState.ENDED or agreement.ends_on < today:
        return Standing.ENDED
    return Standing.ENDING if agreement.ends_on <= today + ENDING_SOON else Standing.IN_FORCE


def about(actor: Actor, agreement: Agreement, today: date) -> Mapping[str, object]:
    """The agreement as its page shows it."""
    parties = list(queries.parties_of(actor, agreement.id))
    is_open = agreement.state == AgreementState.PROPOSED
    is_ours = any(one.organisation_id == actor.organisation_id and not one.accepted_at for one in parties)
    amendment = queries.amendment_of(actor, agreement.id)
    is_in_force = agreement.state == AgreementState.IN_FORCE
    standing = standing_of(agreement, {agreement.id} if is_ours else (), today)
    clauses = list(queries.clauses_of(actor, agreement.id))
    may_amend = is_in_force and not amendment and actor.may(Action.AGREEMENT_PROPOSE)
    is_long = len(clauses) > MOST_CLAUSES
    return {
        "agreement": agreement,
        "parties": parties,
        "clauses": clauses,
        "amendment": amendment,
        "standing": standing,
        "is_over": is_in_force and standing == Standing.ENDED,
        "may_accept": is_open and is_ours and actor.may(Action.AGREEMENT_ACCEPT),
        "may_amend": may_amend and not is_long,
        "is_too_long": may_amend and is_long,
        "may_end": agreement.state != AgreementState.ENDED and actor.may(Action.AGREEMENT_END),
    }
