"""The main menu: one row per entry, shown to whoever may go there."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor


@dataclass(frozen=True)
class Entry:
    """A word, the page it leads to, and the verb a role needs for it (none: everyone signed in)."""

    label: str | Promise
    url_name: str
    verb: str = ""


ENTRIES = (
    Entry(_("Inbox"), "inbox"),
    Entry(_("Cases"), "cases", "case.list"),
    Entry(_("People"), "people", "person.search"),
    Entry(_("Import"), "imports", "import.upload"),
    Entry(_("Administration"), "administration", "member.invite"),
    Entry(_("Audit"), "audit", "audit.search"),
)


@dataclass(frozen=True)
class Link:
    """An entry as one reader sees it."""

    label: str | Promise
    url: str
    is_current: bool


def links(request: HttpRequest, actor: Actor | None) -> list[Link]:
    """The entries whose page exists and which the actor's role includes."""
    found = []
    for entry in ENTRIES:
        url = _address(entry.url_name)
        if actor and url and _may(actor, entry.verb):
            found.append(Link(entry.label, url, request.path.startswith(url)))
    return found


def _may(actor: Actor, verb: str) -> bool:
    if not verb:
        return True
    return verb in set(Action) and actor.may(Action(verb))


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
