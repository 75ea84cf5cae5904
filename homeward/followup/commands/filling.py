"""Filling the form of a visit on pages: begun, opened to the person, saved screen by screen, sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.files.blobs import new_blob_name, read_blob, remove_blob, write_blob
from homeward.followup.commands.handing_in import hand_in
from homeward.followup.commands.planning import Kept
from homeward.followup.drafts import answering_of, draft_for_edit, opened, put_back
from homeward.followup.models import DraftFile, Visit, VisitDraft
from homeward.followup.queries import MOST_AT_ONCE, get_visit
from homeward.followup.rules import MOST_DRAFT_FILE_BYTES, MOST_DRAFT_FILES, Answering, VisitState
from homeward.lib.encryption import new_key
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Invalid, NotFound, Problem, WrongState
from homeward.privacy.sealing import open_sealed, place_of, seal
from homeward.surveys.queries import form_of, web_form_of
from homeward.surveys.receiving import Sent
from homeward.surveys.webform.filling import Filling
from homeward.surveys.webform.sending import written
from homeward.surveys.webform.turning import Given, NoSuchScreen, Overtaken, Turn, all_faults, take


class SavedMeanwhile(Problem):
    """Another browser saved other answers on this screen."""

    status = 409
    code = "saved_meanwhile"
    message = _("Somebody saved other answers here since you opened this page. Nothing of theirs was lost.")


class PhoneOnly(Problem):
    """The form has something that a page cannot do."""

    status = 409
    code = "phone_only"
    message = _("This form can be filled on a phone only.")


@dataclass(frozen=True)
class Saved:
    """What came of saving a screen."""

    id: UUID
    case_id: UUID
    turn: Turn


@command(Action.FORM_FILL)
def begin_filling(actor: Actor, *, visit_id: UUID) -> VisitDraft:
    """Begin the form of a visit, or go on with what a colleague began."""
    return _begun(actor, get_visit(actor, visit_id), answering_of(actor))


@command(Action.FORM_OFFER)
def open_to_person(actor: Actor, *, visit_id: UUID) -> VisitDraft:
    """Let the person answer on their own page; what they write there nobody reads before they send it."""
    visit = get_visit(actor, visit_id)
    if visit.member_id is not None:
        raise WrongState(_("This form is about another member of the household."))
    return _begun(actor, visit, Answering.SELF)


@command(Action.FORM_OFFER)
def close_to_person(actor: Actor, *, visit_id: UUID) -> Visit:
    """Take the form off the person's own page, with what they wrote and did not send."""
    visit = get_visit(actor, visit_id)
    own = VisitDraft.objects.filter(
        visit=visit, organisation_id=actor.organisation_id, answering=Answering.SELF, sent_at=None
    )
    _remove(own)
    return visit


@command(Action.FORM_FILL)
def save_answers(
    actor: Actor, *, visit_id: UUID, given: Given, files: Sequence[tuple[int, Sent]] = ()
) -> Saved:
    """Save one screen; sent twice it is saved once, and never over what its reader did not see."""
    draft = draft_for_edit(actor, visit_id)
    found = opened(draft)
    typed = {**given.typed, **_kept_files(draft, files)}
    try:
        turn = take(found.filling, Given(given.screen, given.seal, typed, given.go), found.missing)
    except NoSuchScreen as gone:
        raise NotFound from gone
    except Overtaken as overtaken:
        raise SavedMeanwhile from overtaken
    put_back(draft, found.filling)
    draft.saved_at, draft.saved_by_name = now(), actor.name
    draft.version += 1
    draft.save(update_fields=["content", "saved_at", "saved_by_name", "version"])
    return Saved(draft.id, draft.case_id, turn)


@command(Action.FORM_FILL)
def send_filled(actor: Actor, *, visit_id: UUID) -> VisitDraft:
    """Hand in what was answered; sent twice, it is handed in once."""
    try:
        draft = draft_for_edit(actor, visit_id)
    except NotFound:
        sent = _sent_before(actor, visit_id)
        if sent is None:
            raise
        return sent
    found = opened(draft)
    if all_faults(found.filling, found.missing):
        raise Invalid(_("Some answers need another look before this can be sent."))
    draft.ended_at = now()
    files = list(draft.files.all())
    receipt = hand_in(
        actor,
        body=written(found.filling, localtime(draft.ended_at)),
        attachments=[_opened_file(draft, one) for one in files],
        device="web",
        visit_id=visit_id,
    )
    draft.content, draft.sent_at, draft.submission_id = b"", now(), receipt.id
    draft.version += 1
    draft.save(update_fields=["content", "ended_at", "sent_at", "submission_id", "version"])
    _remove_files(files)
    _remove(draft.visit.drafts.filter(sent_at=None))
    return draft


@command(Action.VISIT_KEEP_UP)
def forget_unsent(actor: Actor, *, before: datetime) -> Kept:
    """Remove what the organisation's people began and neither changed nor sent since."""
    own = VisitDraft.objects.filter(organisation_id=actor.organisation_id, sent_at=None)
    left = list(
        own.filter(saved_at__lt=before).select_for_update(skip_locked=True, of=("self",))[:MOST_AT_ONCE]
    )
    _remove(left)
    return Kept(actor.organisation_id, len(left))


def _begun(actor: Actor, visit: Visit, answering: Answering) -> VisitDraft:
    if visit.state == VisitState.DONE:
        raise WrongState(_("This visit was made already."))
    if not visit.instrument:
        raise WrongState(_("No form is asked at this visit."))
    mine = VisitDraft.objects.filter(
        visit=visit, organisation_id=actor.organisation_id, answering=answering, sent_at=None
    )
    found = mine.first()
    if found:
        return found
    form = form_of(actor, visit.instrument)
    if web_form_of(form).obstacles:
        raise PhoneOnly
    draft = VisitDraft(
        visit=visit,
        case_id=visit.case_id,
        organisation_id=actor.organisation_id,
        form=form,
        answering=answering,
        begun_by_id=actor.user_id,
    )
    begun = Filling.begun(
        web_form_of(form), localtime(), instance_id=f"uuid:{new_id()}", respondent=str(visit.key)
    )
    put_back(draft, begun)
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:  # another browser was quicker
        return mine.get()
    return draft


def _sent_before(actor: Actor, visit_id: UUID) -> VisitDraft | None:
    """The draft when it was sent already: the answer to that got lost on the way."""
    visit = get_visit(actor, visit_id)
    mine = visit.drafts.filter(organisation_id=actor.organisation_id, answering=answering_of(actor))
    return mine.filter(sent_at__isnull=False).order_by("-sent_at").first()


def _kept_files(draft: VisitDraft, files: Iterable[tuple[int, Sent]]) -> dict[int, str]:
    """Keep files beside their draft; returns the answer that each makes."""
    answers = {}
    for index, sent in files:
        if len(sent.content) > MOST_DRAFT_FILE_BYTES or draft.files.count() >= MOST_DRAFT_FILES:
            raise Invalid(_("A file may be 15 MB large, and a form may have 60 of them."))
        ending = sent.name.rpartition(".")[2].lower()
        ending = ending if ending.isascii() and ending.isalnum() and len(ending) <= 5 else "bin"
        one = DraftFile(
            draft=draft,
            case_id=draft.case_id,
            name=f"{new_id().hex}.{ending}",
            content_type=sent.content_type[:100],
            size_bytes=len(sent.content),
            blob=new_blob_name(),
        )
        key = new_key()
        one.key = seal(draft.visit.case.person_id, place_of(one, "key"), key)
        one.save(force_insert=True)
        write_blob(one.blob, key, place_of(one, "content"), sent.content)
        answers[index] = one.name
    return answers


def _opened_file(draft: VisitDraft, one: DraftFile) -> Sent:
    key = open_sealed(draft.visit.case.person_id, place_of(one, "key"), one.key)
    return Sent(one.name, read_blob(one.blob, key, place_of(one, "content")), one.content_type)


def _remove(drafts: Iterable[VisitDraft]) -> None:
    for draft in drafts:
        _remove_files(list(draft.files.all()))
        draft.delete()


def _remove_files(files: Sequence[DraftFile]) -> None:
    for one in files:
        blob = one.blob
        one.delete()
        transaction.on_commit(lambda name=blob: remove_blob(name))  # type: ignore[misc]
