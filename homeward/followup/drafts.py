"""Forms that are being filled for visits: found, opened, and what was answered put back sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localtime, now

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import reading
from homeward.access.roles import Role
from homeward.followup.models import VisitDraft
from homeward.followup.queries import get_visit, visible_visits
from homeward.followup.rules import Answering, VisitState
from homeward.lib.problems import NotFound
from homeward.privacy.sealing import open_text, place_of, seal_text
from homeward.surveys.queries import missing_codes_of, web_form_of
from homeward.surveys.webform.filling import Filling


@dataclass(frozen=True)
class OpenedDraft:
    """A draft with its answers, and the codes that stand for none, by question."""

    id: UUID
    draft: VisitDraft
    filling: Filling = field(repr=False)
    missing: Mapping[str, Mapping[str, str]] = field(repr=False)

    @property
    def case_id(self) -> UUID:
        return self.draft.case_id


def answering_of(actor: Actor) -> Answering:
    """What a person answers by themselves is theirs until it is sent; officers share what they began."""
    return Answering.SELF if actor.role == Role.RETURNEE else Answering.OFFICER


def drafts_of(actor: Actor, visit_id: UUID) -> QuerySet[VisitDraft]:
    """The drafts of a visit the actor may see, the newest first, without their answers."""
    visit = get_visit(actor, visit_id)
    own = VisitDraft.objects.filter(visit=visit, organisation_id=actor.organisation_id)
    return own.defer("content").select_related("form").order_by("-begun_at")


def asked_of_me(actor: Actor) -> list[VisitDraft]:
    """The forms that a person was asked to fill on their own page, the soonest first."""
    visits = visible_visits(actor).exclude(state=VisitState.DONE)
    asked = VisitDraft.objects.filter(visit__in=visits, answering=Answering.SELF, sent_at=None)
    return list(asked.defer("content").select_related("form", "visit").order_by("visit__due_on", "id"))


@reading(Action.FORM_FILL)
def open_draft(actor: Actor, *, visit_id: UUID, language: str = "") -> OpenedDraft:
    """The draft of a visit that the actor goes on with, opened; the look is on the record."""
    return opened(_found(actor, visit_id, is_locked=False), language)


def draft_for_edit(actor: Actor, visit_id: UUID) -> VisitDraft:
    """The draft that the actor goes on with, locked."""
    return _found(actor, visit_id, is_locked=True)


def opened(draft: VisitDraft, language: str = "", at: datetime | None = None) -> OpenedDraft:
    """A draft with what it holds."""
    form = web_form_of(draft.form)
    kept = open_text(draft.visit.case.person_id, place_of(draft, "content"), draft.content)
    filling = Filling.going_on(form, localtime(at or now()), kept, language)
    return OpenedDraft(draft.id, draft, filling, missing_codes_of(draft.form))


def put_back(draft: VisitDraft, filling: Filling) -> None:
    """Seal the answers into their draft."""
    draft.content = seal_text(draft.visit.case.person_id, place_of(draft, "content"), filling.kept())


def _found(actor: Actor, visit_id: UUID, *, is_locked: bool) -> VisitDraft:
    visit = get_visit(actor, visit_id)
    own = VisitDraft.objects.filter(
        visit=visit, organisation_id=actor.organisation_id, answering=answering_of(actor), sent_at=None
    ).select_related("form__instrument", "visit__case")
    found = (own.select_for_update(of=("self",)) if is_locked else own).first()
    if found is None:
        raise NotFound
    return found
