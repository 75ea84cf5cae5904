"""Reading instruments, forms and submissions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor, system_actor
from homeward.access.reading import reading
from homeward.lib.problems import EditConflict, NotFound, WrongState
from homeward.organisations.queries import actor_for
from homeward.organisations.tokens import digest_of, organisation_of
from homeward.privacy.sealing import open_for_installation, place_of
from homeward.surveys.forms.questions import Question, from_json
from homeward.surveys.models import FormFile, Instrument, InstrumentVersion, Phone, Submission
from homeward.surveys.rules import SEEN_NOTED_EVERY, FileKind, FormState, SubmissionState
from homeward.surveys.webform.form import WebForm
from homeward.surveys.webform.reading import read_form


@dataclass(frozen=True)
class PhoneAtWork:
    """A telephone that may fetch and send now: as whom, in which language, and whether it may show names."""

    id: UUID
    actor: Actor
    language: str
    shows_names: bool


LARGE = ("xform", "questions", "warnings")
PHONE_PREFIX = "hp_"


def known_instruments(actor: Actor) -> QuerySet[Instrument]:
    """Every instrument on this installation, by title."""
    actor.require(Action.INSTRUMENT_VIEW)
    return Instrument.objects.select_related("organisation").order_by("title", "code")


def get_instrument(actor: Actor, instrument_id: UUID) -> Instrument:
    """One instrument."""
    found = known_instruments(actor).filter(id=instrument_id).first()
    if found is None:
        raise NotFound
    return found


def own_instrument(actor: Actor, instrument_id: UUID) -> Instrument:
    """An instrument that the actor's organisation keeps, locked."""
    own = Instrument.objects.filter(organisation_id=actor.organisation_id, id=instrument_id)
    found = own.select_for_update().first()
    if found is None:
        raise NotFound
    return found


def versions_of(actor: Actor, instrument_id: UUID) -> QuerySet[InstrumentVersion]:
    """The versions of an instrument, newest first; drafts are seen by the organisation that keeps it."""
    found = InstrumentVersion.objects.filter(instrument_id=instrument_id).defer(*LARGE)
    return found.select_related("instrument").order_by("-number")


def get_version(actor: Actor, version_id: UUID) -> InstrumentVersion:
    """One version with all it asks: published ones are for everybody, a draft is its own organisation's."""
    actor.require(Action.INSTRUMENT_VIEW)
    found = InstrumentVersion.objects.filter(id=version_id).select_related("instrument").first()
    if found is None:
        raise NotFound
    return found


def draft_for_edit(actor: Actor, version_id: UUID, expected_version: int) -> InstrumentVersion:
    """The actor's own draft, locked, as they last saw it."""
    draft = own_version(actor, version_id)
    if draft.state != FormState.DRAFT:
        raise WrongState(_("This version is published and no longer changes. Upload a new one."))
    if draft.version != expected_version:
        raise EditConflict
    return draft


def own_version(actor: Actor, version_id: UUID) -> InstrumentVersion:
    """A version that the actor's organisation keeps, locked."""
    own = InstrumentVersion.objects.filter(id=version_id, organisation_id=actor.organisation_id)
    found = own.select_for_update().first()
    if found is None:
        raise NotFound
    return found


def published_forms(actor: Actor) -> QuerySet[InstrumentVersion]:
    """The forms that are asked now: the newest published version of each instrument."""
    published = InstrumentVersion.objects.filter(state=FormState.PUBLISHED).defer(*LARGE)
    newest = published.order_by("instrument_id", "-number").distinct("instrument_id")
    return newest.select_related("instrument")


def form_of(actor: Actor, form_id: str, version: str | None = None) -> InstrumentVersion:
    """The published form of a code and version, retired ones too; without a version, the one asked now."""
    known = InstrumentVersion.objects.filter(~Q(state=FormState.DRAFT), instrument__code=form_id)
    if version is None:
        known = known.filter(state=FormState.PUBLISHED).order_by("-number")
    else:
        known = known.filter(form_version=version)
    found = known.select_related("instrument").defer(*LARGE).first()
    if found is None:
        raise NotFound
    return found


def forms_to_fetch(version_ids: Sequence[UUID]) -> QuerySet[InstrumentVersion]:
    """These published forms with their whole text, retired ones too, for whoever answers with them."""
    found = InstrumentVersion.objects.filter(id__in=version_ids).exclude(state=FormState.DRAFT)
    return found.select_related("instrument").defer("questions", "warnings")


@lru_cache(maxsize=128)
def _kept_questions(version_id: UUID) -> tuple[Question, ...]:
    kept = InstrumentVersion.objects.exclude(state=FormState.DRAFT).values_list("questions", flat=True)
    return from_json(kept.get(id=version_id))


def questions_of(version: InstrumentVersion) -> tuple[Question, ...]:
    """What a version asks; remembered once it is published, for then it never changes."""
    if version.state == FormState.DRAFT:
        return from_json(version.questions)
    return _kept_questions(version.id)


def files_of(actor: Actor, version_id: UUID, kind: FileKind = FileKind.MEDIA) -> QuerySet[FormFile]:
    """The files of a form by name, without their content."""
    found = FormFile.objects.filter(form_id=version_id, kind=kind)
    return found.defer("content").order_by("name")


def file_of(actor: Actor, version_id: UUID, name: str, kind: FileKind = FileKind.MEDIA) -> FormFile:
    """One file of a form with its content."""
    found = FormFile.objects.filter(form_id=version_id, kind=kind, name=name).first()
    if found is None:
        raise NotFound
    return found


def missing_files(actor: Actor, version: InstrumentVersion) -> list[str]:
    """Files that the form names and nobody has added."""
    there = set(files_of(actor, version.id).values_list("name", flat=True))
    return sorted(set(version.needed_files) - there)


def visible_submissions(actor: Actor) -> QuerySet[Submission]:
    """Submissions of the actor's organisation without what was sent, in the order of arrival."""
    return Submission.objects.defer("body").select_related("form__instrument").order_by("id")


def current_submissions(actor: Actor, *, form_ids: Sequence[UUID]) -> QuerySet[Submission]:
    """The submissions of these forms that stand: neither corrected by a later one nor erased."""
    return visible_submissions(actor).filter(form_id__in=form_ids, superseded_by=None, erased_at=None)


def submissions_of(actor: Actor, respondent: UUID) -> QuerySet[Submission]:
    """What stands of one respondent, in the order of arrival."""
    return visible_submissions(actor).filter(respondent=respondent, superseded_by=None, erased_at=None)


def submissions_of_many(actor: Actor, respondents: Sequence[UUID]) -> QuerySet[Submission]:
    """What stands of several respondents, in the order of arrival."""
    found = visible_submissions(actor).filter(respondent__in=respondents)
    return found.filter(superseded_by=None, erased_at=None)


def flagged_submissions(actor: Actor) -> QuerySet[Submission]:
    """Submissions that were flagged and nobody has looked through, the oldest first."""
    actor.require(Action.SUBMISSION_REVIEW)
    flagged = visible_submissions(actor).filter(state=SubmissionState.FLAGGED, superseded_by=None)
    return flagged.defer("body", "answers", "form__xform", "form__questions", "form__warnings")


def get_submission(actor: Actor, submission_id: UUID) -> Submission:
    """One submission with its answers, without what was sent."""
    found = visible_submissions(actor).filter(id=submission_id).first()
    if found is None:
        raise NotFound
    return found


@reading(Action.SUBMISSION_EXPORT)
def form_to_export(actor: Actor, version_id: UUID) -> InstrumentVersion:
    """The form whose answers are brought out as a file; that they were is on the record."""
    return get_version(actor, version_id)


@reading(Action.SUBMISSION_OPEN)
def open_submission(actor: Actor, submission_id: UUID) -> Submission:
    """One submission, its `body` opened to what was sent; the look is on the record."""
    found = Submission.objects.filter(id=submission_id, erased_at=None).first()
    if found is None:
        raise NotFound
    found.body = open_for_installation(place_of(found, "body"), found.body)
    return found


def own_phones(actor: Actor) -> QuerySet[Phone]:
    """The telephones of this hat of the actor's, those at work first."""
    actor.require(Action.PHONE_ADD)
    return _phones(actor).filter(membership=actor.membership_id)


def colleagues_phones(actor: Actor) -> QuerySet[Phone]:
    """The telephones of everybody at the actor's organisation, those at work first."""
    actor.require(Action.PHONE_VIEW)
    return _phones(actor).select_related("membership__user")


def live_phone(actor: Actor, phone_id: UUID) -> Phone:
    """A telephone that has not ended: the actor's own, or a colleague's where the role looks after those."""
    known = _phones(actor).filter(id=phone_id, ended_at=None)
    if not actor.may(Action.PHONE_VIEW):
        known = known.filter(membership=actor.membership_id)
    found = known.first()
    if found is None:
        raise NotFound
    return found


def phone_at_work(secret: str) -> PhoneAtWork | None:
    """The telephone that knows the secret and its officer, or None; notes the use at most once a minute."""
    organisation_id = organisation_of(secret, PHONE_PREFIX)
    if organisation_id is None:
        return None
    moment = now()
    with acting_as(system_actor(organisation_id)):
        known = Phone.objects.filter(
            organisation_id=organisation_id,
            secret_digest=digest_of(secret),
            ended_at=None,
            expires_at__gt=moment,
            membership__ended_at=None,
            membership__user__is_active=True,
            organisation__ended_at=None,
        )
        found = known.select_related("membership__user").first()
        if found and (found.last_seen_at is None or found.last_seen_at < moment - SEEN_NOTED_EVERY):
            Phone.objects.filter(id=found.id).update(last_seen_at=moment)
    if found is None:
        return None
    officer = found.membership
    return PhoneAtWork(found.id, actor_for(officer), officer.user.language, found.shows_names)


def _phones(actor: Actor) -> QuerySet[Phone]:
    mine = Phone.objects.filter(organisation_id=actor.organisation_id)
    return mine.order_by(F("ended_at").desc(nulls_first=True), "-added_at")


@lru_cache(maxsize=32)
def _kept_web_form(version_id: UUID) -> WebForm:
    return _read_web_form(InstrumentVersion.objects.get(id=version_id))


def _read_web_form(version: InstrumentVersion) -> WebForm:
    files = {one.name: one for one in FormFile.objects.filter(form=version, kind=FileKind.MEDIA)}
    return read_form(version.xform, lambda name: bytes(files[name].content) if name in files else None)


def web_form_of(version: InstrumentVersion) -> WebForm:
    """A form as a page asks it; remembered once it is published, for then it never changes."""
    return _read_web_form(version) if version.state == FormState.DRAFT else _kept_web_form(version.id)


def missing_codes_of(version: InstrumentVersion) -> dict[str, Mapping[str, str]]:
    """The codes that stand for no answer, and why, by the path of their question in the form."""
    root = web_form_of(version).root.name
    return {f"/{root}/{one.path}": one.missing_codes for one in questions_of(version) if one.missing_codes}
