"""Reading programmes, which every signed-in actor may do."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.approvals.rules import StepAsked
from homeward.lib.problems import EditConflict, NotFound, WrongState
from homeward.organisations.queries import colleagues
from homeward.programmes.models import Party, Programme, ProgrammeVersion
from homeward.programmes.rules import VersionState
from homeward.programmes.terms import Answering, ApprovalSubject, Step, Terms, parse


def known_programmes(actor: Actor) -> QuerySet[Programme]:
    """Every programme on this installation."""
    return Programme.objects.select_related("organisation")


def open_programmes(actor: Actor, on: date) -> QuerySet[Programme]:
    """Programmes that take applications on the day `on`."""
    not_closed = Q(closes_on=None) | Q(closes_on__gte=on)
    return known_programmes(actor).filter(not_closed, opens_on__lte=on)


def get_programme(actor: Actor, programme_id: UUID) -> Programme:
    """One programme."""
    found = known_programmes(actor).filter(id=programme_id).first()
    if found is None:
        raise NotFound
    return found


def parties_of(actor: Actor, programme_id: UUID) -> QuerySet[Party]:
    """Who pays for a programme and who carries it out, by name."""
    found = Party.objects.filter(programme_id=programme_id).select_related("party")
    return found.order_by("part", "party__name")


def versions_of(actor: Actor, programme_id: UUID) -> QuerySet[ProgrammeVersion]:
    """The versions of a programme, newest first; drafts are seen by the organisation that runs it."""
    found = ProgrammeVersion.objects.filter(programme_id=programme_id)
    return found.select_related("programme").order_by("-number")


def published_versions(actor: Actor, programme_id: UUID) -> QuerySet[ProgrammeVersion]:
    """The published versions of a programme, the latest to take effect first."""
    found = ProgrammeVersion.objects.filter(programme_id=programme_id, state=VersionState.PUBLISHED)
    return found.order_by("-takes_effect_on", "-number")


def version_in_force(actor: Actor, programme_id: UUID, on: date) -> ProgrammeVersion | None:
    """The version that a programme goes by on a day, or None when none was published by then."""
    return published_versions(actor, programme_id).filter(takes_effect_on__lte=on).first()


def get_version(actor: Actor, version_id: UUID) -> ProgrammeVersion:
    """One version: published ones are for everybody, a draft is its own organisation's."""
    found = ProgrammeVersion.objects.filter(id=version_id).select_related("programme").first()
    if found is None:
        raise NotFound
    return found


def draft_for_edit(actor: Actor, version_id: UUID, expected_version: int) -> ProgrammeVersion:
    """The actor's own draft, locked, as they last saw it."""
    own = ProgrammeVersion.objects.filter(id=version_id, organisation_id=actor.organisation_id)
    draft = own.select_for_update().first()
    if draft is None:
        raise NotFound
    if draft.state != VersionState.DRAFT:
        raise WrongState(_("This version is published and no longer changes. Begin a new one."))
    if draft.version != expected_version:
        raise EditConflict
    return draft


def own_programme(actor: Actor, programme_id: UUID, *, for_update: bool = False) -> Programme:
    """A programme that the actor's organisation runs."""
    own = Programme.objects.filter(organisation_id=actor.organisation_id, id=programme_id)
    found = (own.select_for_update() if for_update else own).first()
    if found is None:
        raise NotFound
    return found


def terms_of(version: ProgrammeVersion) -> Terms:
    """What a version says."""
    return parse(version.terms)


def all_published(actor: Actor) -> QuerySet[ProgrammeVersion]:
    """Published versions of every programme without what they say, the latest to take effect first."""
    found = ProgrammeVersion.objects.filter(state=VersionState.PUBLISHED).defer("terms")
    return found.order_by("-takes_effect_on", "-number")


def steps_asked(
    actor: Actor,
    version: ProgrammeVersion,
    subject: ApprovalSubject,
    amount_minor: int = 0,
    *,
    at_least_one: bool = False,
) -> tuple[StepAsked, ...]:
    """The answers that a version's terms want for this amount, from which organisations.

    Where the asking organisation has nobody else who may answer, the one that runs the programme does.
    `at_least_one`: where the terms leave it open, a coordinator answers.
    """
    steps = terms_of(version).steps(subject, amount_minor)
    if at_least_one and not steps:
        steps = (Step(subject, (Role.COORDINATOR,)),)
    runs = version.programme.organisation_id
    return tuple(
        StepAsked(
            frozenset(step.roles),
            actor.organisation_id
            if step.organisation == Answering.ASKER and _somebody_else_answers(actor, step)
            else runs,
            step.answer_days,
        )
        for step in steps
    )


def _somebody_else_answers(actor: Actor, step: Step) -> bool:
    able = colleagues(actor).filter(role__in=[str(role) for role in step.roles])
    return able.exclude(user_id=actor.user_id).exists()
