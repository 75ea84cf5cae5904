"""The list of agreements, and one agreement with its parties and clauses."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.organisations.queries import known_organisations
from homeward.sharing import queries
from homeward.web.agreements.reading import Standing, about, standing_of

MOST = 300


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's organisation first, what ended last."""
    actor, today = actor_of(request), localdate()
    actor.require(Action.AGREEMENT_VIEW)
    found = list(queries.agreements_of(actor)[:MOST])
    waiting = set(queries.agreements_waiting(actor).values_list("id", flat=True))
    names = dict(known_organisations(actor).values_list("id", "name"))
    groups: dict[str, list[object]] = {str(one): [] for one in Standing}
    for one in found:
        others = sorted(names[id] for id in one.party_ids if id in names and id != actor.organisation_id)
        groups[standing_of(one, waiting, today)].append({"one": one, "others": others})
    shown = {
        "groups": groups,
        "is_any": bool(found),
        "may_propose": actor.may(Action.AGREEMENT_PROPOSE),
        "may_rule": actor.may(Action.TRANSFER_RULE_EDIT),
        "may_answer": actor.may(Action.SHARING_OVERRIDE_ANSWER),
    }
    return render(request, "agreements/list.html", shown)


@require_safe
def show(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Whom it binds, who accepted, and who may give whom what."""
    actor = actor_of(request)
    agreement = queries.get_agreement(actor, agreement_id)
    return render(request, "agreements/show.html", about(actor, agreement, localdate()))
