"""Bringing forms in, publishing them, and receiving what they are filled with."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import md5
from mimetypes import guess_type
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.files.blobs import remove_blob
from homeward.files.rules import clean_name
from homeward.lib.moves import check_move
from homeward.lib.privacy_classes import PrivacyClass
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.organisations.tokens import digest_of, new_token
from homeward.surveys.forms.making import FormFile as GivenFile
from homeward.surveys.forms.making import MadeForm, NotAForm, make_form
from homeward.surveys.forms.questions import as_json
from homeward.surveys.forms.troubles import FormProblem
from homeward.surveys.library import shipped, shipped_names, workbook_of
from homeward.surveys.models import Attachment, FormFile, Instrument, InstrumentVersion, Phone, Submission
from homeward.surveys.problems import CodeTaken, FormRefused
from homeward.surveys.queries import (
    PHONE_PREFIX,
    draft_for_edit,
    live_phone,
    missing_files,
    own_instrument,
    own_version,
)
from homeward.surveys.receiving import Arrival, Receipt, Sent, read, take_in
from homeward.surveys.rules import (
    MOST_FORM_BYTES,
    PHONE_STANDS,
    VERSION_MOVES,
    FileKind,
    FormState,
    SubmissionState,
    Trouble,
)


@dataclass(frozen=True)
class NewPhone:
    """A telephone with the secret it signs in with, which is shown once and kept nowhere."""

    phone: Phone
    secret: str = field(repr=False)

    @property
    def id(self) -> UUID:
        return self.phone.id


@command(Action.INSTRUMENT_EDIT)
def add_instrument(actor: Actor, *, file: GivenFile) -> InstrumentVersion:
    """Begin an instrument from a workbook: its first version, a draft, under the code that the form has."""
    return _begun(actor, file, _made(file))


def _begun(actor: Actor, file: GivenFile, made: MadeForm) -> InstrumentVersion:
    if Instrument.objects.filter(code=made.code).exists():
        raise CodeTaken
    instrument = Instrument(organisation_id=actor.organisation_id, code=made.code, title=made.title)
    try:
        with transaction.atomic():
            instrument.save(force_insert=True)
    except IntegrityError as taken:
        raise CodeTaken from taken
    return _version(actor, instrument, made, file)


@command(Action.INSTRUMENT_EDIT)
def upload_form(
    actor: Actor, *, instrument_id: UUID, file: GivenFile, what_changed: str = ""
) -> InstrumentVersion:
    """Bring a workbook in as the next version of an instrument, in place of a draft that is there."""
    instrument = own_instrument(actor, instrument_id)
    return _next(actor, instrument, file, what_changed)


def _next(
    actor: Actor, instrument: Instrument, file: GivenFile, what_changed: str = "", *, is_ours: bool = False
) -> InstrumentVersion:
    InstrumentVersion.objects.filter(instrument=instrument, state=FormState.DRAFT).delete()
    number = _next_number(instrument)
    made = _made(file, version=str(number), code=instrument.code, is_ours=is_ours)
    if made.code != instrument.code:
        raise FormRefused((_other_code(instrument.code, made.code),))
    return _version(actor, instrument, made, file, what_changed)


@command(Action.INSTRUMENT_EDIT)
def add_form_file(
    actor: Actor, *, version_id: UUID, expected_version: int, file: GivenFile
) -> InstrumentVersion:
    """Add a file that telephones fetch with the form, such as a list of choices or a picture."""
    draft = draft_for_edit(actor, version_id, expected_version)
    if not file.content or len(file.content) > MOST_FORM_BYTES:
        raise Invalid(fields={"file": _("A file has at least one byte and at most 10 MB.")})
    name = clean_name(file.name)
    FormFile.objects.filter(form=draft, kind=FileKind.MEDIA, name=name).delete()
    _add_file(draft, name, FileKind.MEDIA, file.content)
    return _saved(draft)


@command(Action.INSTRUMENT_EDIT)
def set_privacy(
    actor: Actor, *, version_id: UUID, expected_version: int, privacy: Mapping[str, PrivacyClass]
) -> InstrumentVersion:
    """Say how private the answers to questions are, by their paths."""
    draft = draft_for_edit(actor, version_id, expected_version)
    unknown = set(privacy) - {one["path"] for one in draft.questions}
    if unknown:
        raise Invalid(fields={"privacy": _("A question named here is not in the form.")})
    for one in draft.questions:
        one["privacy"] = int(privacy.get(one["path"], one["privacy"]))
    return _saved(draft)


@command(Action.INSTRUMENT_EDIT)
def discard_form(actor: Actor, *, version_id: UUID, expected_version: int) -> Instrument:
    """Throw a draft away; what is published is not touched."""
    draft = draft_for_edit(actor, version_id, expected_version)
    InstrumentVersion.objects.filter(id=draft.id).delete()
    return draft.instrument


@command(Action.INSTRUMENT_PUBLISH)
def publish_form(
    actor: Actor, *, version_id: UUID, expected_version: int, what_changed: str = ""
) -> InstrumentVersion:
    """Let a form be asked from now on; it never changes again; the version before is retired."""
    draft = draft_for_edit(actor, version_id, expected_version)
    absent = missing_files(actor, draft)
    if absent:
        raise Invalid(_("Add the files that the form names first: %s") % ", ".join(absent[:10]))
    draft.what_changed = what_changed.strip() or draft.what_changed
    draft.state, draft.published_at = FormState.PUBLISHED, now()
    draft.published_by_id, draft.published_by_name = actor.user_id, actor.name
    earlier = InstrumentVersion.objects.filter(instrument=draft.instrument, state=FormState.PUBLISHED)
    earlier.update(state=FormState.RETIRED)
    Instrument.objects.filter(id=draft.instrument_id).update(title=draft.title)
    return _saved(draft)


@command(Action.INSTRUMENT_PUBLISH)
def retire_form(actor: Actor, *, version_id: UUID) -> InstrumentVersion:
    """Offer a form no longer; what is filled already on a telephone is still received."""
    version = own_version(actor, version_id)
    check_move(VERSION_MOVES, FormState(version.state), FormState.RETIRED)
    version.state = FormState.RETIRED
    version.version += 1
    version.save(update_fields=["state", "version"])
    return version


@command(Action.INSTRUMENT_PUBLISH)
def load_shipped(actor: Actor, *, name: str) -> InstrumentVersion:
    """Publish an instrument that comes along, or its next version; what is published already stays."""
    if name not in shipped_names():
        raise NotFound
    code, file = str(shipped(name)["code"]), workbook_of(name)
    instrument = Instrument.objects.filter(organisation_id=actor.organisation_id, code=code).first()
    if instrument is None:
        draft = _begun(actor, file, _made(file, is_ours=True))
    else:
        same = instrument.versions.filter(form_version=shipped(name)["version"])
        if kept := same.exclude(state=FormState.DRAFT).first():
            return kept
        draft = _next(actor, own_instrument(actor, instrument.id), file, is_ours=True)
    return publish_form(actor, version_id=draft.id, expected_version=draft.version)


@command(Action.SUBMISSION_RECEIVE)
def receive(
    actor: Actor,
    *,
    body: bytes,
    attachments: Sequence[Sent] = (),
    device: str = "",
    respondent: UUID | None = None,
) -> Receipt:
    """Keep a filled form exactly as sent, once, however often it comes; the receipt says what is missing."""
    return take_in(Arrival(actor, body, read(body), device, respondent), attachments)


@command(Action.SUBMISSION_RECEIVE)
def doubt_submission(actor: Actor, *, submission_id: UUID, trouble: Trouble) -> Submission:
    """Flag what was just received for a second look, for a reason that is not in the form itself."""
    submission = _own_submission(actor, submission_id)
    if trouble.value not in submission.troubles:
        submission.troubles = sorted([*submission.troubles, trouble.value])
    if submission.state == SubmissionState.COMPLETE and not submission.reviewed_at:
        submission.state = SubmissionState.FLAGGED
    submission.save(update_fields=["troubles", "state"])
    return submission


@command(Action.SUBMISSION_REVIEW)
def review_submission(actor: Actor, *, submission_id: UUID) -> Submission:
    """Let a flagged submission count after a second look; what was odd about it stays written."""
    submission = _own_submission(actor, submission_id)
    submission.reviewed_at, submission.reviewed_by_id = now(), actor.user_id
    if submission.state == SubmissionState.FLAGGED:
        submission.state = SubmissionState.COMPLETE
    submission.save(update_fields=["reviewed_at", "reviewed_by_id", "state"])
    return submission


@command(Action.SUBJECT_ERASE)
def erase_answers(actor: Actor, *, respondent: UUID) -> int:
    """Empty all that one respondent answered, with its files; the rows stay, so that nothing comes back."""
    own = Submission.objects.filter(organisation_id=actor.organisation_id, respondent=respondent)
    files = Attachment.objects.filter(submission__in=own)
    blobs = list(files.values_list("blob", flat=True))
    files.delete()
    emptied = own.update(body=b"", answers={}, device="", expected_files=[], erased_at=now())
    transaction.on_commit(lambda: _remove(blobs))
    return emptied


@command(Action.PHONE_ADD)
def add_phone(actor: Actor, *, name: str, shows_names: bool = False) -> NewPhone:
    """Let a telephone fetch forms and send answers in the actor's name, for a year."""
    if actor.membership_id is None:
        raise Refused
    if not name.strip():
        raise Invalid(fields={"name": _("Give the phone a name that you will know it by.")})
    secret, moment = new_token(actor.organisation_id, PHONE_PREFIX), now()
    phone = Phone.objects.create(
        organisation_id=actor.organisation_id,
        membership_id=actor.membership_id,
        name=name.strip()[:100],
        secret_digest=digest_of(secret),
        shows_names=shows_names,
        added_at=moment,
        expires_at=moment + PHONE_STANDS,
    )
    return NewPhone(phone, secret)


@command(Action.PHONE_END)
def end_phone(actor: Actor, *, phone_id: UUID) -> Phone:
    """Shut a telephone out at once and for good, such as one that was lost."""
    phone = live_phone(actor, phone_id)
    phone.ended_at, phone.ended_by_id = now(), actor.user_id
    phone.save(update_fields=["ended_at", "ended_by_id"])
    return phone


def _remove(blobs: Sequence[str]) -> None:
    for blob in blobs:
        remove_blob(blob)


def _own_submission(actor: Actor, submission_id: UUID) -> Submission:
    own = Submission.objects.filter(id=submission_id, organisation_id=actor.organisation_id)
    found = own.defer("body", "answers").select_for_update().first()
    if found is None:
        raise NotFound
    return found


def _made(file: GivenFile, *, version: str = "1", code: str = "", is_ours: bool = False) -> MadeForm:
    try:
        return make_form(file, version=version, code=code, is_ours=is_ours)
    except NotAForm as refused:
        raise FormRefused(refused.problems) from refused


def _version(
    actor: Actor, instrument: Instrument, made: MadeForm, file: GivenFile, what_changed: str = ""
) -> InstrumentVersion:
    if InstrumentVersion.objects.filter(instrument=instrument, form_version=made.version).exists():
        raise FormRefused((_same_version(made.version),))
    version = InstrumentVersion.objects.create(
        instrument=instrument,
        organisation_id=actor.organisation_id,
        number=_next_number(instrument),
        form_version=made.version,
        title=made.title,
        xform=made.xform,
        hash=md5(made.xform.encode(), usedforsecurity=False).hexdigest(),
        questions=as_json(made.questions),
        languages=list(made.languages),
        default_language=made.default_language[:60],
        warnings=[_told(one) for one in made.warnings],
        checked=made.checked,
        is_encrypted=made.is_encrypted,
        needed_files=list(made.media),
        what_changed=what_changed.strip(),
        uploaded_by_id=actor.user_id,
    )
    _add_file(version, clean_name(file.name), FileKind.SOURCE, file.content)
    return version


def _add_file(form: InstrumentVersion, name: str, kind: FileKind, content: bytes) -> None:
    FormFile.objects.create(
        form=form,
        organisation_id=form.organisation_id,
        name=name,
        kind=kind,
        content=content,
        content_type=guess_type(name)[0] or "application/octet-stream",
        hash=md5(content, usedforsecurity=False).hexdigest(),
        size_bytes=len(content),
    )


def _saved(draft: InstrumentVersion) -> InstrumentVersion:
    draft.version += 1
    draft.save()
    return draft


def _next_number(instrument: Instrument) -> int:
    last: int | None = instrument.versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _told(problem: FormProblem) -> dict[str, object]:
    """A warning as it is kept: in the language of who uploaded, where it was."""
    return {**asdict(problem), "what": str(problem.what), "remedy": str(problem.remedy)}


def _other_code(wanted: str, given: str) -> FormProblem:
    return FormProblem(
        _("The form has another code than its instrument."),
        _("Write the code of the instrument under form_id, or begin a new instrument with this form."),
        "settings",
        2,
        "form_id",
        f"{given} ≠ {wanted}",
    )


def _same_version(version: str) -> FormProblem:
    return FormProblem(
        _("A form of this version is there already."),
        _("Write another version on the sheet settings, such as today’s date, and upload it again."),
        "settings",
        2,
        "version",
        version,
    )
