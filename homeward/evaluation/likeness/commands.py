"""Publishing people to compare with, writing the groups down once, and taking them away."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.evaluation.likeness.queries import get_comparison, visible_comparisons
from homeward.evaluation.likeness.rules import DAYS_BETWEEN, ComparisonState, Group, key_of
from homeward.evaluation.models import Comparison, LikePeople
from homeward.extracts.queries import get_extract
from homeward.extracts.rules import ExtractState
from homeward.lib.problems import WrongState

COMPARING_JOB = "make_comparison"
ROWS_AT_ONCE = 500
S = ComparisonState


@command(Action.COMPARISON_PUBLISH)
def publish_comparison(actor: Actor, *, extract_id: UUID) -> Comparison:
    """Publish groups of people of a ready extract for colleagues to compare with; the worker makes them."""
    extract = get_extract(actor, extract_id)
    if extract.state != ExtractState.READY:
        raise WrongState(_("This extract is not ready, or its time is over."))
    lately = visible_comparisons(actor).filter(ready_at__gt=now() - timedelta(days=DAYS_BETWEEN))
    if lately.exists():
        raise WrongState(
            _("Four weeks lie between two publications: two close together would tell of who is new.")
        )
    try:
        with transaction.atomic():
            made = Comparison.objects.create(
                organisation_id=actor.organisation_id,
                extract_id=extract.id,
                published_by_id=actor.user_id,
                published_by_name=actor.name,
            )
    except IntegrityError:
        raise WrongState(_("A publication is being made already.")) from None
    transaction.on_commit(lambda: _send_to_work(made))
    return made


@command(Action.COMPARISON_WRITE)
def write_comparison(
    actor: Actor,
    *,
    comparison_id: UUID,
    groups: Iterable[Group],
    places: Mapping[str, list[str]],
    programmes: list[str],
    inputs_sha256: str,
    code_version: str,
) -> Comparison:
    """Write the groups down, once, in place of those from before; without any group nothing is published."""
    comparison, told = _locked(actor, comparison_id, S.ASKED), list(groups)
    if not told:
        return _failed(comparison)
    _take_away(actor, by="")
    rows = (
        LikePeople(
            organisation_id=actor.organisation_id,
            comparison=comparison,
            key=key_of(one.level, one.traits),
            level=one.level,
            traits=dict(one.traits),
            told=dict(one.told),
        )
        for one in told
    )
    LikePeople.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    comparison.state, comparison.ready_at = S.READY, now()
    comparison.places, comparison.programmes = dict(places), programmes
    comparison.inputs_sha256, comparison.code_version = inputs_sha256, code_version
    comparison.save()
    return comparison


@command(Action.COMPARISON_WRITE)
def fail_comparison(actor: Actor, *, comparison_id: UUID) -> Comparison:
    """Note that nothing could be made of the extract."""
    return _failed(_locked(actor, comparison_id, S.ASKED))


@command(Action.COMPARISON_WITHDRAW)
def withdraw_comparison(actor: Actor, *, comparison_id: UUID) -> Comparison:
    """Take a publication away: its numbers are gone, the line that there was one stays."""
    comparison = _locked(actor, comparison_id, S.READY)
    _take_away(actor, by=actor.name)
    comparison.refresh_from_db()
    return comparison


def _take_away(actor: Actor, *, by: str) -> None:
    """Nothing that stood before comes back: whatever is ready goes, with its groups."""
    ready = visible_comparisons(actor).filter(state=S.READY)
    LikePeople.objects.filter(comparison__in=ready).delete()
    ready.update(state=S.WITHDRAWN, withdrawn_at=now(), withdrawn_by_name=by)


def _failed(comparison: Comparison) -> Comparison:
    comparison.state = S.FAILED
    comparison.save(update_fields=["state"])
    return comparison


def _locked(actor: Actor, comparison_id: UUID, state: Any) -> Comparison:
    get_comparison(actor, comparison_id)
    found = visible_comparisons(actor).filter(id=comparison_id, state=state).select_for_update().first()
    if found is None:
        raise WrongState
    return found


def _send_to_work(comparison: Comparison) -> None:
    app.configure_task(COMPARING_JOB, allow_unknown=True).defer(
        organisation_id=str(comparison.organisation_id), comparison_id=str(comparison.id)
    )
