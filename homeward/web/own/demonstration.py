"""The own page in the demonstration: whoever chose no member of staff comes in as an invented person."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.feedback.commands import offer_own_page
from homeward.feedback.queries import newest_links
from homeward.lib.problems import NotFound
from homeward.organisations.queries import actor_for
from homeward.web.own.doors import TOKEN

if TYPE_CHECKING:
    from homeward.feedback.models import OwnPageLink
    from homeward.organisations.models import Membership

MOST = 3  # of one organisation


def own_pages_of(hats: "Iterable[Membership]") -> "Iterator[tuple[Actor, OwnPageLink]]":
    """People of the demonstration who were given a page, and who may give them another link to it."""
    givers = {
        hat.organisation_id: actor for hat in hats if (actor := actor_for(hat)).may(Action.OWN_PAGE_OFFER)
    }
    for actor in givers.values():
        with acting_as(actor):
            found = newest_links(actor, MOST)
        yield from ((actor, link) for link in found)


def visit_own_page(request: HttpRequest, hats: "Iterable[Membership]") -> HttpResponse:
    """Make a link and a code as a colleague would, and stand before the door with both."""
    asked = request.POST["own_page"]
    found = next(((actor, link) for actor, link in own_pages_of(hats) if str(link.id) == asked), None)
    if found is None:
        raise NotFound
    actor, link = found
    made = offer_own_page(actor, case_id=link.case_id, language=link.language)
    request.session[TOKEN] = made.token
    code = f"{made.code[:3]} {made.code[3:]}"
    messages.info(request, gettext("In this demonstration the code is %(code)s.") % {"code": code})
    return redirect("my_enter")
