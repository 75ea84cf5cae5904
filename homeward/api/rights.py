"""REST: holds, restrictions, retention and what recipients are told, for an officer's own programs."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import Country, Day, Moment, Text
from homeward.api.operations import creates, ends, reads
from homeward.casework.rights import commands as rights_commands
from homeward.privacy import commands, queries
from homeward.privacy.commands import retention as retention_commands
from homeward.privacy.commands import telling as telling_commands
from homeward.privacy.rules import ExportState, NoticeKind, RecordClass
from homeward.sharing.queries import visible_disclosures
from homeward.sharing.rules import Basis, Category, DisclosureKind, Purpose

router = Router(tags=["protection"])
MOST_LISTED = 500
Why = Annotated[Text, Field(min_length=1)]


class BecauseIn(Schema):
    because: Why


class HoldIn(Schema):
    person_id: UUID
    reason: Why
    review_on: Day


class HoldOut(Schema):
    """That a person's records are kept, whatever a rule or a request says."""

    id: UUID
    subject_id: Annotated[UUID, Field(serialization_alias="person_id")]
    reason: str
    review_on: date
    set_by_name: str
    set_at: datetime
    released_at: datetime | None


class RestrictionIn(Schema):
    person_id: UUID
    reason: Why


class RestrictionOut(Schema):
    """That nobody but officers uses a person's records."""

    id: UUID
    subject_id: Annotated[UUID, Field(serialization_alias="person_id")]
    is_for_everybody: bool
    reason: str
    since: datetime
    set_by_name: str
    lifted_at: datetime | None


class RetentionRuleIn(Schema):
    record_class: RecordClass
    country: Country = ""
    months: Annotated[int, Field(ge=1, le=1200)]
    because: Why


class RetentionRuleOut(Schema):
    """How long records of a class are kept after their last day; of one country, or of all."""

    id: UUID
    record_class: RecordClass
    country: str
    months: int
    because: str
    made_by_name: str
    made_at: datetime
    ended_at: datetime | None


class CopyOut(Schema):
    """How far a copy for a person is; an officer hands it over."""

    id: UUID
    state: ExportState
    language: str
    work_done: int
    work_all: int
    made_by_name: str
    made_at: datetime
    ready_at: datetime | None


class CorrectionNoticeIn(Schema):
    words: Why


class RecipientToldOut(Schema):
    """About whom how many organisations were told."""

    id: Annotated[UUID, Field(serialization_alias="person_id")]
    count: int


class CorrectionNoticeOut(Schema):
    """What a recipient was told of data they had been given, and their receipt."""

    id: UUID
    organisation_id: UUID
    recipient_id: UUID
    disclosure_id: UUID
    pseudonym: str
    kind: NoticeKind
    words: str
    sent_at: datetime
    receipt_at: datetime | None


class TakenNoteIn(Schema):
    words: Text = ""


class DisclosureOut(Schema):
    """One line of the register: what was shown about whom, to whom, on what ground, until when."""

    id: UUID
    subject_id: Annotated[UUID, Field(serialization_alias="person_id")]
    case_id: UUID | None
    by_organisation_id: UUID
    organisation_id: UUID
    kind: DisclosureKind
    purpose: Purpose
    basis: Basis
    condition: str
    necessity: str
    categories: list[Category]
    clause_id: UUID
    consent_id: UUID | None
    made_by_name: str
    made_at: datetime
    until: datetime
    first_opened_at: datetime | None
    ended_at: datetime | None
    ended_why: str
    receipt_at: datetime | None


@reads(router, "/holds", Action.PROTECTION_VIEW, list[HoldOut])
def list_holds(request: HttpRequest) -> object:
    """Holds that stand, the one to review first on top."""
    actor = actor_of(request)
    remember_reading(actor, Action.PROTECTION_VIEW, subject_id=None)
    return queries.live_holds(actor)[:MOST_LISTED]


@creates(router, "/holds", Action.HOLD_SET, HoldOut)
def set_hold(request: HttpRequest, body: HoldIn) -> object:
    """Keep everything of a person until the hold is released."""
    given = body.dict()
    return commands.set_hold(actor_of(request), subject_id=given.pop("person_id"), **given)


@creates(router, "/holds/{uuid:hold_id}/release", Action.HOLD_RELEASE, HoldOut)
def release_hold(request: HttpRequest, hold_id: UUID, body: BecauseIn) -> object:
    """Let rules and requests apply to the person again."""
    return commands.release_hold(actor_of(request), hold_id=hold_id, because=body.because)


@reads(router, "/restrictions", Action.PROTECTION_VIEW, list[RestrictionOut])
def list_restrictions(request: HttpRequest) -> object:
    """Restrictions that stand, the oldest first."""
    actor = actor_of(request)
    remember_reading(actor, Action.PROTECTION_VIEW, subject_id=None)
    return queries.live_restrictions(actor)[:MOST_LISTED]


@creates(router, "/restrictions", Action.RESTRICTION_SET, RestrictionOut)
def restrict_use(request: HttpRequest, body: RestrictionIn) -> object:
    """Stop every use of a person's records but an officer's, from the next request on."""
    return commands.restrict(actor_of(request), subject_id=body.person_id, reason=body.reason)


@creates(router, "/restrictions/{uuid:restriction_id}/lift", Action.RESTRICTION_LIFT, RestrictionOut)
def lift_restriction(request: HttpRequest, restriction_id: UUID, body: BecauseIn) -> object:
    """Let the records be used again; the person has to be told before."""
    return commands.lift_restriction(actor_of(request), restriction_id=restriction_id, because=body.because)


@reads(router, "/retention/rules", Action.PROTECTION_VIEW, list[RetentionRuleOut])
def list_retention_rules(request: HttpRequest) -> object:
    """The rules in force; what no rule covers is kept for good."""
    return queries.live_rules(actor_of(request))


@creates(router, "/retention/rules", Action.RETENTION_SET, RetentionRuleOut)
def set_retention_rule(request: HttpRequest, body: RetentionRuleIn) -> object:
    """Set a rule, in place of the one before for the same records and country."""
    return retention_commands.set_rule(actor_of(request), **body.dict())


@ends(router, "/retention/rules/{uuid:rule_id}", Action.RETENTION_SET, RetentionRuleOut)
def end_retention_rule(request: HttpRequest, rule_id: UUID) -> object:
    """End a rule; what it covered is kept for good."""
    return retention_commands.end_rule(actor_of(request), rule_id=rule_id)


@reads(router, "/people/{uuid:person_id}/copies", Action.SUBJECT_EXPORT, list[CopyOut])
def list_copies(request: HttpRequest, person_id: UUID) -> object:
    """Copies that officers had made for a person, the newest first, with how far each is."""
    actor = actor_of(request)
    queries.require_subject(actor, person_id)
    remember_reading(actor, Action.SUBJECT_EXPORT, subject_id=person_id)
    return queries.copies_of(actor, person_id)[:MOST_LISTED]


@reads(router, "/people/{uuid:person_id}/corrections", Action.PROTECTION_VIEW, list[CorrectionNoticeOut])
def list_corrections_told(request: HttpRequest, person_id: UUID) -> object:
    """What recipients of a person's data were told, and who has not confirmed it yet."""
    actor = actor_of(request)
    queries.require_subject(actor, person_id)
    remember_reading(actor, Action.PROTECTION_VIEW, subject_id=person_id)
    return queries.notices_about(actor, person_id)[:MOST_LISTED]


@creates(router, "/people/{uuid:person_id}/corrections", Action.CORRECTION_TELL, RecipientToldOut)
def tell_correction(request: HttpRequest, person_id: UUID, body: CorrectionNoticeIn) -> object:
    """Tell every organisation that ever received something about a person what was corrected."""
    actor = actor_of(request)
    queries.require_subject(actor, person_id)
    return rights_commands.tell_correction(actor, person_id=person_id, words=body.words)


@reads(router, "/corrections", Action.CORRECTION_RECEIVE, list[CorrectionNoticeOut])
def list_corrections_received(request: HttpRequest) -> object:
    """What other organisations told this one, and nobody here has confirmed; the longest waiting first."""
    actor = actor_of(request)
    remember_reading(actor, Action.CORRECTION_RECEIVE, subject_id=None)
    return queries.notices_to_take_note_of(actor)[:MOST_LISTED]


@creates(router, "/corrections/{uuid:notice_id}/receipt", Action.CORRECTION_RECEIVE, CorrectionNoticeOut)
def take_note_of_correction(request: HttpRequest, notice_id: UUID, body: TakenNoteIn) -> object:
    """Confirm, as the recipient, that the own copy was put right."""
    return telling_commands.take_note(actor_of(request), notice_id=notice_id, words=body.words)


@reads(router, "/disclosures", Action.PROTECTION_VIEW, list[DisclosureOut])
def list_disclosures(request: HttpRequest, before: Moment | None = None) -> object:
    """The register of disclosures, newest first, 500 at a time; go on with the `made_at` of the last one."""
    actor = actor_of(request)
    remember_reading(actor, Action.PROTECTION_VIEW, subject_id=None)
    found = visible_disclosures(actor)
    return (found.filter(made_at__lt=before) if before else found)[:MOST_LISTED]
