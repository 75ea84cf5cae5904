"""Asking for an extract, agreeing to a linkable one, noting how far it is, and taking it away."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.extracts.files import remove
from homeward.extracts.models import Extract
from homeward.extracts.queries import directory_of, linkable_extracts, made_from
from homeward.extracts.rules import SHORTEST_REASON, ExtractState, Failure, kept_until, may_move
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState, type_of_message
from homeward.privacy.sealing import place_of, seal_for_installation

S = ExtractState


@command(Action.EXTRACT_ASK)
def ask_extract(
    actor: Actor,
    *,
    why: str,
    opened_from: date | None = None,
    opened_until: date | None = None,
    linkable_why: str = "",
    follows_id: UUID | None = None,
) -> Extract:
    """Ask for an extract of what the organisation may see; a linkable one waits for a second person."""
    problems: dict[str, type_of_message] = {}
    linked = bool(linkable_why.strip()) or follows_id is not None
    if len(why.strip()) < SHORTEST_REASON:
        problems["why"] = _("Say what the extract is for.")
    if linked and len(linkable_why.strip()) < SHORTEST_REASON:
        problems["linkable_why"] = _("Say why it has to be joined with another extract.")
    if opened_from and opened_until and opened_until < opened_from:
        problems["opened_until"] = _("The period ends before it begins.")
    if problems:
        raise Invalid(fields=problems)
    if follows_id is not None and not linkable_extracts(actor).filter(id=follows_id).exists():
        raise NotFound
    return Extract.objects.create(
        organisation_id=actor.organisation_id,
        state=S.UNCONFIRMED if linked else S.ASKED,
        why=why.strip(),
        opened_from=opened_from,
        opened_until=opened_until,
        is_linkable=linked,
        linkable_why=linkable_why.strip(),
        follows_id=follows_id,
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
    )


@command(Action.EXTRACT_CONFIRM)
def confirm_extract(actor: Actor, *, extract_id: UUID) -> Extract:
    """Agree, as a second person, that an extract may carry pseudonyms that another carries too."""
    return _answer(actor, extract_id, S.ASKED)


@command(Action.EXTRACT_CONFIRM)
def decline_extract(actor: Actor, *, extract_id: UUID) -> Extract:
    """Say no to a linkable extract; the same can be asked for without."""
    return _answer(actor, extract_id, S.DECLINED)


@command(Action.EXTRACT_MAKE)
def begin_extract(actor: Actor, *, extract_id: UUID) -> Extract:
    """Begin to make an extract, or begin anew after a crash."""
    extract = _moving(actor, extract_id, S.MAKING)
    extract.started_at, extract.frame, extract.frames_done, extract.rows_done = now(), "", 0, 0
    extract.save()
    return extract


@command(Action.EXTRACT_MAKE)
def note_extract_progress(
    actor: Actor, *, extract_id: UUID, frame: str, frames_done: int, rows_done: int
) -> Extract:
    """Note at which frame an extract is; WrongState when it was withdrawn meanwhile."""
    extract = _moving(actor, extract_id, S.MAKING)
    extract.frame, extract.frames_done, extract.rows_done = frame, frames_done, rows_done
    extract.save(update_fields=["frame", "frames_done", "rows_done"])
    return extract


@command(Action.EXTRACT_MAKE)
def finish_extract(
    actor: Actor,
    *,
    extract_id: UUID,
    manifest: Mapping[str, Any],
    manifest_sha256: str,
    key: bytes,
    rows_done: int,
) -> Extract:
    """Freeze an extract; its key is kept, sealed, only if another may follow it."""
    extract = _moving(actor, extract_id, S.READY)
    extract.manifest, extract.manifest_sha256 = dict(manifest), manifest_sha256
    extract.key = seal_for_installation(place_of(extract, "key"), key) if extract.is_linkable else None
    extract.frame, extract.frames_done, extract.rows_done = "", len(manifest["frames"]), rows_done
    extract.ready_at, extract.kept_until = now(), kept_until(localdate())
    extract.save()
    return extract


@command(Action.EXTRACT_MAKE)
def fail_extract(actor: Actor, *, extract_id: UUID, failure: Failure) -> Extract:
    """Note that an extract could not be made, and why."""
    extract = _moving(actor, extract_id, S.FAILED)
    extract.failure, extract.frame = failure, ""
    extract.save(update_fields=["state", "failure", "frame"])
    return extract


@command(Action.EXTRACT_WITHDRAW)
def withdraw_extract(actor: Actor, *, extract_id: UUID, why: str) -> Extract:
    """Take an extract away: its files and its key are gone, the line that it was made stays."""
    if len(why.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"why": _("Say why it is taken away.")})
    return _end(actor, extract_id, S.WITHDRAWN, why.strip())


@command(Action.EXTRACT_MAKE)
def expire_extract(actor: Actor, *, extract_id: UUID) -> Extract:
    """Take an extract away whose time is over."""
    return _end(actor, extract_id, S.EXPIRED, "")


def _end(actor: Actor, extract_id: UUID, state: ExtractState, why: str) -> Extract:
    extract = _moving(actor, extract_id, state)
    extract.key, extract.ended_at, extract.ended_by_name, extract.ended_why = None, now(), actor.name, why
    extract.save(update_fields=["state", "key", "ended_at", "ended_by_name", "ended_why"])
    remove(directory_of(extract.id))
    remove(made_from(extract.id))
    return extract


def _answer(actor: Actor, extract_id: UUID, state: ExtractState) -> Extract:
    actor.require_person()
    extract = _locked(actor, extract_id)
    if extract.state != S.UNCONFIRMED:
        raise WrongState
    if extract.asked_by_id == actor.user_id:
        raise Refused(_("Somebody other than who asked has to answer this."))
    extract.state = state
    extract.answered_by_id, extract.answered_by_name, extract.answered_at = actor.user_id, actor.name, now()
    extract.save(update_fields=["state", "answered_by_id", "answered_by_name", "answered_at"])
    return extract


def _moving(actor: Actor, extract_id: UUID, state: ExtractState) -> Extract:
    extract = _locked(actor, extract_id)
    if not may_move(ExtractState(extract.state), state):
        raise WrongState
    extract.state = state
    return extract


def _locked(actor: Actor, extract_id: UUID) -> Extract:
    own = Extract.objects.filter(id=extract_id, organisation_id=actor.organisation_id)
    found = own.select_for_update().first()
    if found is None:
        raise NotFound
    return found
