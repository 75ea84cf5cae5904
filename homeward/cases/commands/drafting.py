"""Keeping a new application as it is filled in."""

from collections.abc import Sequence
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.models import ApplicationDraft
from homeward.cases.queries import cases_in_file, get_case
from homeward.cases.queries.journey import live_draft
from homeward.lib.problems import Invalid
from homeward.programmes.queries import get_programme


@command(Action.APPLICATION_SUBMIT)
def save_step_done(actor: Actor, *, case_id: UUID, step: str) -> ApplicationDraft:
    """Remember that a step of a new application is filled in; the draft waits for who began it."""
    draft = _draft(actor, case_id)
    if step not in draft.steps_done:
        draft.steps_done = [*draft.steps_done, step]
    draft.save()
    return draft


@command(Action.APPLICATION_SUBMIT)
def save_wish(
    actor: Actor,
    *,
    case_id: UUID,
    programme_id: UUID | None,
    with_case_ids: Sequence[UUID] = (),
    requested: str = "",
) -> ApplicationDraft:
    """Keep which programme a person means to apply to, with whom, and what for; nothing is submitted."""
    draft = _draft(actor, case_id)
    draft.programme = get_programme(actor, programme_id) if programme_id else None
    draft.with_case_ids = _of_the_file(actor, draft, with_case_ids)
    draft.requested = requested.strip()
    draft.save()
    return draft


def _draft(actor: Actor, case_id: UUID) -> ApplicationDraft:
    case = get_case(actor, case_id)
    found = live_draft(actor, case.id, for_update=True)
    return found or ApplicationDraft(
        case=case, organisation_id=actor.organisation_id, started_by_id=actor.user_id
    )


def _of_the_file(actor: Actor, draft: ApplicationDraft, case_ids: Sequence[UUID]) -> list[UUID]:
    file_id = draft.case.file_id
    known = set(cases_in_file(actor, file_id).values_list("id", flat=True)) if file_id else set()
    if not set(case_ids) <= known - {draft.case_id}:
        raise Invalid
    return list(dict.fromkeys(case_ids))
