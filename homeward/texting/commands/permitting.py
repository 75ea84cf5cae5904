"""That a person may be written to at a number, and that they may no longer be."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.access.roles import Role
from homeward.cases.queries import get_case
from homeward.lib.problems import Invalid, NotFound
from homeward.people.queries import get_contact
from homeward.texting.models import Permission
from homeward.texting.numbers import index_of
from homeward.texting.queries import permissions_of
from homeward.texting.reaching import is_safe, number_of
from homeward.texting.rules import LANGUAGES, NoWay, YesWay
from homeward.texting.stopping import end_permissions


@command(Action.MESSAGE_PERMIT)
def permit_messages(
    actor: Actor, *, case_id: UUID, contact_id: UUID, language: str, way: YesWay
) -> Permission:
    """Record that the person wants to be written to at a number, in a language; asked twice it is one yes."""
    case = get_case(actor, case_id)
    contact = get_contact(actor, case.person_id, contact_id)
    number = number_of(contact, case.return_country)
    if not is_safe(contact) or not number:
        raise Invalid(fields={"contact_id": _("It is not safe to write to this number, or it is none.")})
    if language not in LANGUAGES:
        raise Invalid(fields={"language": _("Choose one of the languages.")})
    live = permissions_of(actor, case_id).filter(contact_id=contact_id)
    found = live.first()
    if found and bytes(found.number_index) == index_of(number) and found.language == language:
        return found
    live.update(ended_at=now(), ended_how=_no_way(actor, way))
    try:
        with transaction.atomic():
            return Permission.objects.create(
                organisation_id=actor.organisation_id,
                case_id=case_id,
                contact=contact,
                number_index=index_of(number),
                language=language,
                given_at=now(),
                way=_yes_way(actor, way),
                recorded_by_id=actor.user_id,
                recorded_by_name=actor.name,
            )
    except IntegrityError:  # a colleague was quicker
        return live.get()


@command(Action.MESSAGE_PERMIT)
def end_messages(actor: Actor, *, permission_id: UUID, way: NoWay) -> Permission:
    """Record that the person wants no more messages at a number; what waits is not sent."""
    own = Permission.objects.filter(organisation_id=actor.organisation_id, id=permission_id, ended_at=None)
    found = own.first()
    if found is None:
        raise NotFound
    get_case(actor, found.case_id)
    how = NoWay.OWN_PAGE if actor.role == Role.RETURNEE else way
    end_permissions(actor, [found], how)
    return found


def _yes_way(actor: Actor, way: YesWay) -> YesWay:
    return YesWay.OWN_PAGE if actor.role == Role.RETURNEE else way


def _no_way(actor: Actor, way: YesWay) -> NoWay:
    return NoWay(_yes_way(actor, way).value)
