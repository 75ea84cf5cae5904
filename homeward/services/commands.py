"""Writing the directory: adding, changing, verifying; room taken and given back; proposals and feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from homeward.privacy.opening import Why, pass_through
from homeward.services.filing import BroughtIn, bring
from homeward.services.hsds.going_out import Made
from homeward.services.hsds.going_out import service as as_hsds
from homeward.services.hsds.shapes import ServiceShape
from homeward.services.models import Feedback, Proposal, Provider, Room, Service, ServicePlace
from homeward.services.problems import NoRoom
from homeward.services.public import opened
from homeward.services.queries import (
    get_service,
    open_services,
    own_provider,
    places_of,
    provider_for_edit,
    service_for_edit,
    with_everything,
)
from homeward.services.rules import (
    ChangeKind,
    FeedbackState,
    PlaceDetails,
    PlaceReason,
    ProposalState,
    ProviderDetails,
    RoomDetails,
    ServiceDetails,
)
from homeward.services.writing import apply_details, check_details, check_rooms, put_places, put_rooms, tell


@dataclass(frozen=True)
class OpenedPlaces:
    """Where a restricted service is given, shown once."""

    id: UUID
    places: tuple[ServicePlace, ...]


@command(Action.SERVICE_EDIT)
def add_provider(actor: Actor, *, details: ProviderDetails) -> Provider:
    """Put an organisation into the directory, kept by the actor's organisation."""
    if not details.name.strip():
        raise Invalid(fields={"name": _("Give the organisation a name.")})
    return Provider.objects.create(organisation_id=actor.organisation_id, **vars(details))


@command(Action.SERVICE_EDIT)
def edit_provider(
    actor: Actor, *, provider_id: UUID, expected_version: int, details: ProviderDetails
) -> Provider:
    """Change what the directory says of an organisation."""
    if not details.name.strip():
        raise Invalid(fields={"name": _("Give the organisation a name.")})
    provider = provider_for_edit(actor, provider_id, expected_version)
    for name, value in vars(details).items():
        setattr(provider, name, value)
    provider.version += 1
    provider.save()
    return provider


@command(Action.SERVICE_EDIT)
def add_service(
    actor: Actor,
    *,
    provider_id: UUID,
    details: ServiceDetails,
    places: Sequence[PlaceDetails] = (),
    rooms: Sequence[RoomDetails] = (),
    verified_on: date | None = None,
) -> Service:
    """Put a service into the directory; who adds it made sure of it today, unless another day is told."""
    check_details(details)
    check_rooms(rooms)
    provider = own_provider(actor, provider_id)
    service = Service(
        organisation_id=actor.organisation_id, provider=provider, account_id=provider.account_id
    )
    apply_details(service, details)
    service.last_verified_on, service.last_verified_by = verified_on or localdate(), actor.name
    service.save()
    put_places(actor, service, places)
    put_rooms(actor, service, rooms)
    tell(actor, service, ChangeKind.ADDED, {})
    return service


@command(Action.SERVICE_EDIT)
def edit_service(
    actor: Actor,
    *,
    service_id: UUID,
    expected_version: int,
    details: ServiceDetails,
    places: Sequence[PlaceDetails] | None = None,
    rooms: Sequence[RoomDetails] | None = None,
) -> Service:
    """Change what the directory says of a service; places and room stay as they are unless given."""
    check_details(details)
    check_rooms(rooms or ())
    service = service_for_edit(actor, service_id, expected_version)
    changed = apply_details(service, details)
    service.version += 1
    service.save()
    if places is not None and (moved := put_places(actor, service, places)):
        changed["places"] = [None, sorted(filter(None, moved))]
    if rooms is not None:
        changed |= {f"room: {unit}": both for unit, both in put_rooms(actor, service, rooms).items()}
    tell(actor, service, ChangeKind.EDITED, changed)
    return service


@command(Action.SERVICE_EDIT)
def verify_service(actor: Actor, *, service_id: UUID) -> Service:
    """Say that all the entry says is true today."""
    service = service_for_edit(actor, service_id)
    before = service.last_verified_on
    service.last_verified_on, service.last_verified_by = localdate(), actor.name
    service.save(update_fields=["last_verified_on", "last_verified_by", "updated_at"])
    tell(actor, service, ChangeKind.VERIFIED, {"last_verified_on": [str(before or ""), str(localdate())]})
    return service


@command(Action.SERVICE_COUNT_ROOM)
def count_room(actor: Actor, *, service_id: UUID, unit: str, total: int, available: int) -> Room:
    """Say how much there is and how much of it is free, as of now."""
    service = get_service(actor, service_id)
    check_rooms([RoomDetails(unit, total, available)])
    room = _locked(actor, service.id, unit)
    if room is None:
        raise NotFound
    before = f"{room.available}/{room.total}"
    room.total, room.available, room.counted_at = total, available, now()
    room.save()
    tell(actor, service, ChangeKind.ROOM, {f"room: {unit}": [before, f"{available}/{total}"]})
    return room


@command(Action.SERVICE_COUNT_ROOM)
def reserve_room(actor: Actor, *, service_id: UUID, unit: str = "") -> Room | None:
    """Take one free place of a service; None when it keeps no count, and NoRoom when all are taken."""
    service = get_service(actor, service_id)
    room = _locked(actor, service.id, unit, has_some=True)
    if room is None:
        return None
    if room.available == 0:
        raise NoRoom
    Room.objects.filter(id=room.id).update(available=F("available") - 1)
    room.refresh_from_db()
    return room


@command(Action.SERVICE_COUNT_ROOM)
def free_room(actor: Actor, *, service_id: UUID, unit: str = "") -> Room | None:
    """Give one place back to a service; None when it keeps no count."""
    service = get_service(actor, service_id)
    room = _locked(actor, service.id, unit, is_taken=True)
    if room is None:
        return None
    if room.available < room.total:
        Room.objects.filter(id=room.id).update(available=F("available") + 1)
        room.refresh_from_db()
    return room


def _locked(
    actor: Actor, service_id: UUID, unit: str, *, has_some: bool = False, is_taken: bool = False
) -> Room | None:
    """One count of a service, locked: of the unit named, or the first that has some free, or some taken.

    All counts of the service are locked in one order, so that two who choose at once wait for each other.
    """
    counted = Room.objects.filter(service_id=service_id)
    if unit:
        counted = counted.filter(unit=unit)
    if not counted.exists():
        return None
    rooms = list(counted.order_by("id").select_for_update())
    if not rooms:  # the policy shows them, and does not let this organisation change them
        raise Refused
    fitting = [
        room
        for room in rooms
        if (not has_some or room.available > 0) and (not is_taken or room.available < room.total)
    ]
    return (fitting or rooms)[0]


@command(Action.SERVICE_OPEN_RESTRICTED)
def open_restricted_place(actor: Actor, *, service_id: UUID, reason: PlaceReason) -> OpenedPlaces:
    """Show where a restricted service is given, through the door of everything that is kept closed."""
    service = get_service(actor, service_id)
    pass_through(actor, Action.SERVICE_OPEN_RESTRICTED, subject_id=service.id, why=Why(reason.value))
    with opened(service.id):
        places = tuple(places_of(actor, service.id))
    return OpenedPlaces(service.id, places)


@command(Action.SERVICE_PROPOSE)
def propose_change(actor: Actor, *, service_id: UUID, words: str) -> Proposal:
    """Tell who keeps an entry what is wrong or missing in it."""
    service = get_service(actor, service_id)
    if not words.strip():
        raise Invalid(fields={"words": _("Say what is different.")})
    return Proposal.objects.create(
        organisation_id=actor.organisation_id,
        keeper_id=service.organisation_id,
        service=service,
        name=service.name,
        words=words.strip(),
        by_name=actor.name,
    )


@command(Action.SERVICE_PROPOSE)
def propose_service(actor: Actor, *, keeper_id: UUID, name: str, words: str) -> Proposal:
    """Tell an organisation that keeps entries of a service that is missing."""
    if not name.strip():
        raise Invalid(fields={"name": _("Give the service a name.")})
    if not words.strip():
        raise Invalid(fields={"words": _("Say what it offers, where, and how to reach it.")})
    return Proposal.objects.create(
        organisation_id=actor.organisation_id,
        keeper_id=keeper_id,
        name=name.strip(),
        words=words.strip(),
        by_name=actor.name,
    )


@command(Action.SERVICE_EDIT)
def answer_proposal(actor: Actor, *, proposal_id: UUID, is_taken: bool, answer: str = "") -> Proposal:
    """Say whether a proposal was taken up; the entry itself is changed by editing it."""
    own = Proposal.objects.filter(id=proposal_id, keeper_id=actor.organisation_id)
    proposal = own.select_for_update().first()
    if proposal is None:
        raise NotFound
    if proposal.state != ProposalState.WAITING:
        raise WrongState(_("This proposal was answered already."))
    proposal.state = ProposalState.TAKEN if is_taken else ProposalState.DECLINED
    proposal.answer, proposal.answered_at, proposal.answered_by = answer.strip(), now(), actor.name
    proposal.save()
    return proposal


@command(Action.SERVICE_RATE)
def say_feedback(actor: Actor, *, service_id: UUID, rating: int, words: str = "") -> Feedback:
    """Say how a service was found; it is shown once its keeper has read it."""
    service = get_service(actor, service_id)
    if rating not in range(1, 6):
        raise Invalid(fields={"rating": _("Give one to five stars.")})
    return Feedback.objects.create(
        organisation_id=actor.organisation_id, service=service, rating=rating, words=words.strip()
    )


@command(Action.SERVICE_EDIT)
def read_feedback(actor: Actor, *, feedback_id: UUID, is_shown: bool) -> Feedback:
    """Show what was said of a service to everybody, or keep it back: words about a person stay here."""
    own = Feedback.objects.filter(id=feedback_id, service__organisation_id=actor.organisation_id)
    said = own.select_for_update(of=("self",)).first()
    if said is None:
        raise NotFound
    said.state = FeedbackState.SHOWN if is_shown else FeedbackState.HIDDEN
    said.read_at, said.read_by = now(), actor.name
    said.save()
    return said


@dataclass(frozen=True)
class TakenOut:
    """Services as HSDS objects, and the id by which the trail knows that they were taken out."""

    id: UUID
    services: tuple[Made, ...]


@command(Action.SERVICE_IMPORT)
def bring_in_services(actor: Actor, *, services: Sequence[ServiceShape]) -> BroughtIn:
    """Add and change entries as a file tells them; what others keep is left alone."""
    return bring(actor, services)


@command(Action.SERVICE_EXPORT)
def take_out_services(actor: Actor) -> TakenOut:
    """The part of the directory that is public, as HSDS objects: a file travels further than a page."""
    found = with_everything(open_services(actor)).order_by("name", "id")
    return TakenOut(new_id(), tuple(as_hsds(one) for one in found))
