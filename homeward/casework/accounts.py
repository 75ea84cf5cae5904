"""Opening what a person is entitled to, when the decision is made and when they have arrived."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from homeward.access.actor import Actor, system_actor
from homeward.assistance.commands import grant_entitlements
from homeward.cases.queries import cases_in_file, get_case
from homeward.casework.eligibility import version_for, what_if

if TYPE_CHECKING:
    from homeward.cases.models import Application


def decided_together(actor: Actor, application: "Application") -> Iterable[UUID]:
    """The cases that one decision was about: the applicant's and those of the file."""
    case = get_case(actor, application.case_id)
    others = cases_in_file(actor, case.file_id) if case.file_id else ()
    return dict.fromkeys([case.id, *(other.id for other in others)])


def open_accounts(actor: Actor, case_id: UUID) -> None:
    """Grant what the case's version gives to somebody accepted; doing it again only learns when windows end.

    The programme grants it, not the one who happens to record the fact: so it is done as the system.
    """
    case = get_case(actor, case_id)
    version = version_for(actor, case_id)
    if case.accepted_on is None or version is None:
        return
    granting = replace(system_actor(actor.organisation_id), name=actor.name)
    found = what_if(granting, case_id, version.id)
    grant_entitlements(
        granting,
        case_id=case_id,
        programme_id=version.programme_id,
        entitled=found.entitled,
        version_id=version.id,
        on=case.accepted_on,
    )
