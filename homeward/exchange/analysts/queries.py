"""Reading files for analysts: which were asked for of an extract, and where a ready one is."""

from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import reading
from homeward.exchange.analysts.rules import AnalystFileState
from homeward.exchange.models import AnalystFile
from homeward.extracts.queries import made_from
from homeward.extracts.rules import ExtractState
from homeward.lib.problems import NotFound


def visible_files(actor: Actor, extract_id: UUID) -> QuerySet[AnalystFile]:
    """The files made from an extract of the organisation, the newest first."""
    actor.require(Action.EXTRACT_VIEW)
    own = AnalystFile.objects.filter(organisation_id=actor.organisation_id, extract_id=extract_id)
    return own.select_related("extract").order_by("-asked_at", "-id")


def get_file(actor: Actor, extract_id: UUID, file_id: UUID) -> AnalystFile:
    """One file of an extract."""
    found = visible_files(actor, extract_id).filter(id=file_id).first()
    if found is None:
        raise NotFound
    return found


def files_to_write(actor: Actor) -> QuerySet[AnalystFile]:
    """Those that wait, or were left behind, the oldest first."""
    actor.require(Action.EXTRACT_MAKE)
    states = [AnalystFileState.ASKED.value, AnalystFileState.MAKING.value]
    return AnalystFile.objects.filter(state__in=states).order_by("asked_at", "id")


def directory_of_file(file: AnalystFile) -> Path:
    """Where a file is, beside its extract."""
    return made_from(file.extract_id) / str(file.id)


def path_of(file: AnalystFile) -> Path:
    """Where the file itself is; NotFound while it is not made, or after its extract was taken away."""
    if file.state != AnalystFileState.READY or file.extract.state != ExtractState.READY:
        raise NotFound
    return directory_of_file(file) / file.name


@reading(Action.EXTRACT_EXPORT)
def hand_out_file(actor: Actor, *, extract_id: UUID, file_id: UUID) -> AnalystFile:
    """Give a ready file to who asks for it; each time is on the record."""
    file = get_file(actor, extract_id, file_id)
    if not path_of(file).is_file():
        raise NotFound
    return file
