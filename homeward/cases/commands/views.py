"""Saved views of the case list."""

from dataclasses import asdict
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.models import SavedView
from homeward.cases.queries import CaseFilters, saved_views
from homeward.lib.problems import Invalid, NotFound


@command(Action.VIEW_SAVE)
def save_view(actor: Actor, *, name: str, filters: CaseFilters) -> SavedView:
    """Keep a set of filters under a name; the same name replaces it."""
    if not name.strip():
        raise Invalid(fields={"name": _("Give the view a name.")})
    kept = {key: str(value) for key, value in asdict(filters).items() if value}
    view, _made = SavedView.objects.update_or_create(
        organisation_id=actor.organisation_id,
        user_id=actor.user_id,
        name=name.strip(),
        defaults={"filters": kept},
    )
    return view


@command(Action.VIEW_SAVE)
def forget_view(actor: Actor, *, view_id: UUID) -> SavedView:
    """Drop one of the actor's own saved views."""
    view = saved_views(actor).filter(id=view_id).first()
    if view is None:
        raise NotFound
    SavedView.objects.filter(id=view.id).delete()
    return view
