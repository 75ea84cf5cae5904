"""Keeping one filled form: found or stored, its files kept, its state settled, within the command."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from homeward.access.actor import Actor
from homeward.files.blobs import new_blob_name, write_blob
from homeward.lib.encryption import new_key
from homeward.lib.markup import BadMarkup
from homeward.lib.problems import NotFound
from homeward.privacy.sealing import keyed_fingerprint, place_of, seal_for_installation
from homeward.surveys.filled.answers import Extracted, extract
from homeward.surveys.filled.envelope import Envelope, moment, read_envelope
from homeward.surveys.filled.quality import oddities
from homeward.surveys.forms.questions import Question
from homeward.surveys.models import Attachment, InstrumentVersion, Submission
from homeward.surveys.problems import BodyRefused, DifferentBody, NotCurrent, UnknownForm
from homeward.surveys.queries import form_of, questions_of
from homeward.surveys.rules import (
    MOST_ATTACHMENT_BYTES,
    MOST_ATTACHMENTS,
    SubmissionState,
    Trouble,
)

ONE_OF_AN_INSTANCE = "one_submission_of_an_instance"


@dataclass(frozen=True)
class Sent:
    """A file that came with a filled form."""

    name: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Receipt:
    """What the sender is told: it is kept, under which id, and which files are still to come."""

    id: UUID
    instance_id: str
    is_new: bool
    state: SubmissionState
    received_at: datetime
    sha256: str
    waiting_for: tuple[str, ...] = ()
    respondent: UUID | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Arrival:
    """What was sent, by whom, from which device, about whom."""

    actor: Actor
    body: bytes = field(repr=False)
    envelope: Envelope = field(repr=False)
    device: str = ""
    respondent: UUID | None = None


def read(body: bytes) -> Envelope:
    """The envelope of what was sent, or BodyRefused."""
    try:
        return read_envelope(body)
    except BadMarkup as bad:
        raise BodyRefused from bad


def take_in(arrival: Arrival, files: Sequence[Sent]) -> Receipt:
    """Keep a form and its files once, within a command of whoever received it."""
    submission, is_new = keep(arrival)
    if not submission.erased_at:
        keep_files(submission, files)
    waiting = () if submission.erased_at else settle(submission)
    return Receipt(
        id=submission.id,
        instance_id=submission.instance_id,
        is_new=is_new,
        state=SubmissionState(submission.state),
        received_at=submission.received_at,
        sha256=bytes(submission.sha256).hex(),
        waiting_for=waiting,
        respondent=submission.respondent,
    )


def keep(arrival: Arrival) -> tuple[Submission, bool]:
    """The submission of this instance, locked, and whether it is new; concurrent senders make one row."""
    # Most forms come once and correct nothing: those are stored before anything is looked for.
    if not arrival.envelope.deprecated_id and (new := _stored(arrival, None)):
        return new, True
    known = _locked(arrival)
    if known is None:
        old = _corrected(arrival)
        if (known := _locked(arrival)) is None:
            return _in_place_of(arrival, old)
    if bytes(known.sha256) != sha256(arrival.body).digest():
        raise DifferentBody
    return known, False


def keep_files(submission: Submission, files: Sequence[Sent]) -> None:
    """Keep the files that the form speaks of; what was kept before stays, others are left out."""
    if not files:
        return
    kept = {one.name: bytes(one.fingerprint) for one in submission.attachments.all()}
    for sent in files[:MOST_ATTACHMENTS]:
        if sent.name not in submission.expected_files or len(sent.content) > MOST_ATTACHMENT_BYTES:
            continue
        print_of = keyed_fingerprint("attachments", sent.content)
        if sent.name not in kept:
            _keep_file(submission, sent, print_of)
            kept[sent.name] = print_of
        elif kept[sent.name] != print_of and Trouble.DIFFERENT_ATTACHMENT not in submission.troubles:
            submission.troubles = [*submission.troubles, Trouble.DIFFERENT_ATTACHMENT.value]


def settle(submission: Submission) -> tuple[str, ...]:
    """Set the state from what is there; returns the names of the files still to come."""
    there = set(submission.attachments.values_list("name", flat=True)) if submission.expected_files else set()
    waiting = tuple(name for name in submission.expected_files if name not in there)
    state = SubmissionState.COMPLETE
    if waiting:
        state = SubmissionState.WAITING_FOR_ATTACHMENTS
    elif submission.troubles and not submission.reviewed_at:
        state = SubmissionState.FLAGGED
    if state != submission.state or Trouble.DIFFERENT_ATTACHMENT.value in submission.troubles:
        submission.state = state
        submission.save(update_fields=["state", "troubles"])
    return waiting


def _locked(arrival: Arrival) -> Submission | None:
    same = Submission.objects.filter(
        organisation_id=arrival.actor.organisation_id, instance_id=arrival.envelope.instance_id
    )
    return same.select_for_update().defer("body", "answers").first()


def _corrected(arrival: Arrival) -> Submission | None:
    """The submission that this one replaces, locked."""
    if not arrival.envelope.deprecated_id:
        return None
    own = Submission.objects.filter(
        organisation_id=arrival.actor.organisation_id, instance_id=arrival.envelope.deprecated_id
    )
    old = own.select_for_update().defer("body", "answers").first()
    if old is None or old.erased_at:
        raise NotCurrent
    return old


def _in_place_of(arrival: Arrival, old: Submission | None) -> tuple[Submission, bool]:
    if old and old.superseded_by:
        raise NotCurrent
    new = _stored(arrival, old)
    if new is None:  # somebody else was quicker
        return keep(arrival)
    if old:
        old.superseded_by = new.id
        old.save(update_fields=["superseded_by"])
    return new, True


def _stored(arrival: Arrival, old: Submission | None) -> Submission | None:
    """The submission, newly stored; None when one of this instance is there already."""
    form = _form(arrival)
    if old and old.form.instrument_id != form.instrument_id:
        raise NotCurrent
    submission = _filled(arrival, form, old)
    try:
        with transaction.atomic():
            submission.save(force_insert=True)
    except IntegrityError as refused:
        if ONE_OF_AN_INSTANCE in str(refused):
            return None
        raise
    return submission


def _form(arrival: Arrival) -> InstrumentVersion:
    try:
        return form_of(arrival.actor, arrival.envelope.form_id, arrival.envelope.form_version or None)
    except NotFound as unknown:
        raise UnknownForm from unknown


def _filled(arrival: Arrival, form: InstrumentVersion, old: Submission | None) -> Submission:
    envelope, questions = arrival.envelope, questions_of(form)
    found = _extracted(envelope, questions)
    began_at, ended_at = _said(found, questions, "start"), _said(found, questions, "end")
    found.troubles |= oddities(
        questions, found.answers, began_at=began_at, ended_at=ended_at, received_at=now()
    )
    submission = Submission(
        organisation_id=arrival.actor.organisation_id,
        form=form,
        instance_id=envelope.instance_id,
        respondent=arrival.respondent or envelope.respondent or (old.respondent if old else None),
        received_by_id=arrival.actor.user_id,
        device=arrival.device[:100],
        sha256=sha256(arrival.body).digest(),
        size_bytes=len(arrival.body),
        answers=found.answers,
        expected_files=list(dict.fromkeys(found.files)),
        troubles=sorted(one.value for one in found.troubles),
        state=SubmissionState.COMPLETE,
        began_at=began_at,
        ended_at=ended_at,
        deprecated_id=envelope.deprecated_id,
    )
    submission.body = seal_for_installation(place_of(submission, "body"), arrival.body)
    return submission


def _extracted(envelope: Envelope, questions: Sequence[Question]) -> Extracted:
    if envelope.is_encrypted:
        return Extracted(files=list(envelope.encrypted_files), troubles={Trouble.ENCRYPTED})
    return extract(envelope.root, questions)


def _said(found: Extracted, questions: Sequence[Question], kind: str) -> datetime | None:
    """The moment that the device wrote down by itself."""
    path = next((one.path for one in questions if one.type == kind), "")
    value = found.answers.get(path)
    return moment(value) if isinstance(value, str) else None


def _keep_file(submission: Submission, sent: Sent, print_of: bytes) -> None:
    attachment = Attachment(
        submission=submission,
        organisation_id=submission.organisation_id,
        name=sent.name[:255],
        content_type=sent.content_type[:100],
        size_bytes=len(sent.content),
        fingerprint=print_of,
        blob=new_blob_name(),
    )
    key = new_key()
    attachment.key = seal_for_installation(place_of(attachment, "key"), key)
    attachment.save(force_insert=True)
    write_blob(attachment.blob, key, place_of(attachment, "content"), sent.content)
