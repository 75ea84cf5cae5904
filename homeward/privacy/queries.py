"""Reading what a data protection officer keeps: requests, holds, restrictions and breaches."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import reading
from homeward.lib.problems import NotFound
from homeward.privacy.models import (
    Breach,
    CorrectionNotice,
    Erasure,
    LegalHold,
    Restriction,
    RetentionRule,
    SubjectExport,
    SubjectKey,
    SubjectRequest,
)
from homeward.privacy.problems import UseStopped
from homeward.privacy.rules import ExportState


def require_subject(actor: Actor, subject_id: UUID) -> None:
    """Raise NotFound unless the actor's organisation may see this person."""
    if not SubjectKey.objects.filter(subject_id=subject_id).exists():
        raise NotFound


def not_found(actor: Actor, which: UUID) -> NotFound:
    """Why a case or person is not shown: nothing is there, or, for who worked with it, its use is stopped."""
    with connection.cursor() as cursor:
        reach = [actor.reach.office_id, actor.reach.team_id]
        cursor.execute("SELECT homeward_is_stopped(%s, %s, %s)", [which, *reach])
        is_stopped = (cursor.fetchone() or (False,))[0]
    return UseStopped() if is_stopped else NotFound()


def own_requests(actor: Actor) -> QuerySet[SubjectRequest]:
    """Requests made to the actor's organisation: open ones first, by their promise, then the newest."""
    actor.require(Action.PROTECTION_VIEW)
    own = SubjectRequest.objects.filter(organisation_id=actor.organisation_id)
    return own.order_by(F("ended_on").desc(nulls_first=True), "due_on", "id")


def open_requests(actor: Actor) -> QuerySet[SubjectRequest]:
    """Requests that wait for their answer, the oldest promise first."""
    return own_requests(actor).filter(ended_on=None).order_by("due_on", "id")


@reading(Action.SUBJECT_REQUEST_OPEN)
def open_request(actor: Actor, request_id: UUID) -> SubjectRequest:
    """One request with its steps; the look is on the record."""
    return get_request(actor, request_id)


def get_request(actor: Actor, request_id: UUID) -> SubjectRequest:
    """One request made to the actor's organisation."""
    found = own_requests(actor).filter(id=request_id).prefetch_related("steps").first()
    if found is None:
        raise NotFound
    return found


def request_for_edit(actor: Actor, request_id: UUID) -> SubjectRequest:
    """The request locked for change."""
    own = SubjectRequest.objects.filter(organisation_id=actor.organisation_id, id=request_id)
    found = own.select_for_update().first()
    if found is None:
        raise NotFound
    return found


def live_holds(actor: Actor) -> QuerySet[LegalHold]:
    """The organisation's holds that stand, the one to review first on top."""
    actor.require(Action.PROTECTION_VIEW)
    return LegalHold.objects.filter(organisation_id=actor.organisation_id, released_at=None).order_by(
        "review_on", "id"
    )


def holds_of(actor: Actor, subject_id: UUID) -> QuerySet[LegalHold]:
    """The organisation's holds on one person, standing and released."""
    own = LegalHold.objects.filter(organisation_id=actor.organisation_id, subject_id=subject_id)
    return own.order_by("-set_at")


def live_restrictions(actor: Actor) -> QuerySet[Restriction]:
    """The organisation's restrictions that stand, the oldest first."""
    actor.require(Action.PROTECTION_VIEW)
    own = Restriction.objects.filter(organisation_id=actor.organisation_id, lifted_at=None)
    return own.order_by("since", "id")


def restriction_of(actor: Actor, subject_id: UUID) -> Restriction | None:
    """The organisation's standing restriction of one person."""
    return live_restrictions(actor).filter(subject_id=subject_id).first()


def breaches(actor: Actor) -> QuerySet[Breach]:
    """The organisation's breaches: open ones first, then the newest."""
    actor.require(Action.PROTECTION_VIEW)
    own = Breach.objects.filter(organisation_id=actor.organisation_id)
    return own.order_by(F("closed_at").desc(nulls_first=True), "-found_at")


def get_breach(actor: Actor, breach_id: UUID) -> Breach:
    """One breach of the organisation, with its steps."""
    found = breaches(actor).filter(id=breach_id).prefetch_related("steps").first()
    if found is None:
        raise NotFound
    return found


def requests_of(actor: Actor, subject_ids: Iterable[UUID]) -> QuerySet[SubjectRequest]:
    """Requests about some people."""
    return own_requests(actor).filter(subject_id__in=list(subject_ids))


def copies_of(actor: Actor, subject_id: UUID) -> QuerySet[SubjectExport]:
    """Copies made for one person, the newest first."""
    actor.require(Action.SUBJECT_EXPORT)
    own = SubjectExport.objects.filter(organisation_id=actor.organisation_id, subject_id=subject_id)
    return own.order_by("-made_at")


def get_copy(actor: Actor, export_id: UUID) -> SubjectExport:
    """One copy of the organisation."""
    actor.require(Action.SUBJECT_EXPORT)
    found = SubjectExport.objects.filter(organisation_id=actor.organisation_id, id=export_id).first()
    if found is None:
        raise NotFound
    return found


def copy_to_make(actor: Actor, export_id: UUID) -> SubjectExport:
    """A copy that was asked for and is not made yet."""
    asked = get_copy(actor, export_id)
    if asked.state != ExportState.RUNNING:
        raise NotFound
    return asked


def copies_to_take_away(actor: Actor, before: datetime) -> list[SubjectExport]:
    """Copies that lie there longer than they should."""
    own = SubjectExport.objects.filter(organisation_id=actor.organisation_id, state=ExportState.READY)
    return list(own.filter(ready_at__lt=before))


def erasures(actor: Actor) -> QuerySet[Erasure]:
    """The organisation's ledger of erasures, the newest first."""
    actor.require(Action.PROTECTION_VIEW)
    return Erasure.objects.filter(organisation_id=actor.organisation_id).order_by("-begun_at")


def notices_about(actor: Actor, subject_id: UUID) -> QuerySet[CorrectionNotice]:
    """What recipients of one person's data were told, the newest first."""
    own = CorrectionNotice.objects.filter(organisation_id=actor.organisation_id, subject_id=subject_id)
    return own.select_related("recipient").order_by("-sent_at")


def notices_unconfirmed(actor: Actor, before: datetime) -> QuerySet[CorrectionNotice]:
    """What recipients were told before a moment and have not confirmed, the longest waiting first."""
    sent = CorrectionNotice.objects.filter(organisation_id=actor.organisation_id, receipt_at=None)
    return sent.filter(sent_at__lt=before).select_related("recipient").order_by("sent_at", "id")


def notices_to_take_note_of(actor: Actor) -> QuerySet[CorrectionNotice]:
    """What others told the actor's organisation, and nobody here has confirmed yet."""
    waiting = CorrectionNotice.objects.filter(recipient_id=actor.organisation_id, receipt_at=None)
    return waiting.select_related("organisation").order_by("sent_at")


def live_rules(actor: Actor) -> list[RetentionRule]:
    """The organisation's retention rules in force."""
    own = RetentionRule.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    return list(own.order_by("record_class", "country"))
