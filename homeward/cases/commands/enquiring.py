"""Asking for a case of which only the reference is known, and what its lead makes of that.

Who asks writes one row of its own, whether there is such a case or not: the answer, and its time, are
the same. The lead's own timer finds the row afterwards; what comes of it stays with the lead.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command, remember
from homeward.cases.commands.handing_over import Told
from homeward.cases.handover_rules import ENQUIRY_KEPT, due_from
from homeward.cases.models import Enquiry, ReceivedEnquiry
from homeward.cases.notices import tell_of_turn
from homeward.cases.obstacles import require_text
from homeward.cases.queries.enquiries import cases_asked_for, get_received_enquiry
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.lib.identifiers import clean_reference
from homeward.lib.problems import Invalid, TooManyAttempts, WrongState

DAY = timedelta(days=1)
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@command(Action.HANDOVER_REQUEST)
def ask_by_reference(actor: Actor, *, reference: str, message: str) -> Enquiry:
    """Ask whoever leads the case of this reference to hand it over; nobody is told whether there is one."""
    require_text(message=message)
    meant = clean_reference(reference)
    if meant is None:
        raise Invalid(fields={"reference": _("This is no reference: one sign is wrong or missing.")})
    _require_few(actor)
    return Enquiry.objects.create(
        organisation_id=actor.organisation_id,
        reference=meant,
        message=message.strip(),
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
        asked_at=now(),
    )


@command(Action.HANDOVER_REMIND)
def receive_enquiries(actor: Actor) -> Told:
    """Put on record what others asked for by reference, and tell those who lead the cases; old ones go."""
    Enquiry.objects.filter(organisation_id=actor.organisation_id, asked_at__lt=now() - ENQUIRY_KEPT).delete()
    leads = set()
    found = cases_asked_for(actor)
    for enquiry, listing in found:
        received = ReceivedEnquiry.objects.create(
            organisation_id=actor.organisation_id,
            case_id=listing.case_id,
            from_organisation_id=enquiry.organisation_id,
            enquiry_id=enquiry.id,
            reference=enquiry.reference,
            message=enquiry.message,
            asked_by_name=enquiry.asked_by_name,
            asked_at=enquiry.asked_at,
            due_on=due_from(localdate()),
        )
        tell(actor, listing.case_id, EventKind.LEAD_ASKED_FOR, subject_id=received.id)
        remember(actor, Action.HANDOVER_REQUEST, subject_id=received.id, case_id=listing.case_id)
        leads |= {listing.worker_id} if listing.worker_id else set()
    if found:
        tell_of_turn(actor, leads)
    return Told(actor.organisation_id, len(found))


@command(Action.HANDOVER_ANSWER)
def set_enquiry_aside(actor: Actor, *, enquiry_id: UUID) -> ReceivedEnquiry:
    """Hand nothing over; who asked hears nothing, as if there were no such case."""
    received = get_received_enquiry(actor, enquiry_id, for_update=True)
    if received.ended_at:
        raise WrongState
    received.is_offered, received.ended_at, received.ended_by_name = False, now(), actor.name
    received.save(update_fields=["is_offered", "ended_at", "ended_by_name"])
    return received


def _require_few(actor: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"enquiries:{actor.organisation_id}"])
    today = Enquiry.objects.filter(organisation_id=actor.organisation_id, asked_at__gt=now() - DAY)
    own = today.filter(asked_by_id=actor.user_id).count()
    if own >= settings.ENQUIRIES_A_DAY or today.count() >= settings.ENQUIRIES_A_DAY_OF_ORGANISATION:
        raise TooManyAttempts
