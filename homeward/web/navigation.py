"""The main menu: one row per entry, shown to whoever may go there."""

from dataclasses import dataclass
from itertools import accumulate

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.web.inbox import waiting_count


@dataclass(frozen=True)
class Entry:
    """A word, the page it leads to, and the verb a role needs for it (none: everyone signed in)."""

    label: str | Promise
    url_name: str
    verb: Action | None = None


ENTRIES = (
    Entry(_("Inbox"), "inbox"),
    Entry(_("Cases"), "cases", Action.CASE_LIST),
    Entry(_("Visits"), "visits", Action.VISIT_VIEW),
    Entry(_("Arrivals"), "arrivals", Action.ARRIVAL_VIEW),
    Entry(_("People"), "people", Action.PERSON_VIEW),
    Entry(_("Services"), "services", Action.SERVICE_VIEW),
    Entry(_("Referrals"), "referrals", Action.REFERRAL_VIEW),
    Entry(_("Handovers"), "handovers", Action.HANDOVER_VIEW),
    Entry(_("Shown to us"), "shared_with_us", Action.DISCLOSURE_OPEN),
    Entry(_("Programmes"), "programmes", Action.PROGRAMME_EDIT),
    Entry(_("Instruments"), "instruments", Action.INSTRUMENT_EDIT),
    Entry(_("Rounds"), "rounds", Action.ROUND_MONITOR),
    Entry(_("Extracts"), "extracts", Action.EXTRACT_VIEW),
    Entry(_("Indicators"), "frameworks", Action.INDICATOR_VIEW),
    Entry(_("Questions"), "questions", Action.EVALUATION_VIEW),
    Entry(_("Reports"), "reports", Action.REPORT_VIEW),
    Entry(_("Recommendations"), "recommendations", Action.RECOMMENDATION_VIEW),
    Entry(_("Approvals"), "approvals", Action.APPROVAL_VIEW),
    Entry(_("Import"), "imports", Action.IMPORT_PREPARE),
    Entry(_("Payments"), "desk", Action.DESK_VIEW),
    Entry(_("Budgets"), "budgets", Action.BUDGET_VIEW),
    Entry(_("Administration"), "administration", Action.MEMBER_INVITE),
    Entry(_("Agreements"), "agreements", Action.AGREEMENT_END),
    Entry(_("Protection"), "protection", Action.PROTECTION_VIEW),
    Entry(_("Complaints"), "complaints", Action.COMPLAINT_VIEW),
    Entry(_("Audit"), "audit", Action.AUDIT_SEARCH),
)


@dataclass(frozen=True)
class Link:
    """An entry as one reader sees it."""

    label: str | Promise
    url: str
    is_current: bool
    count: int = 0  # how much waits there


# Widths in letters that leave room for a name and a role beside the entries, in every language.
ROOM, ROOM_BESIDE_MORE, GAP = 66, 58, 3


@dataclass(frozen=True)
class Menu:
    """What stands in the bar, and what opens under "More"."""

    shown: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()

    @property
    def is_more_current(self) -> bool:
        return any(link.is_current for link in self.more)


def menu(request: HttpRequest, actor: Actor | None) -> Menu:
    """The entries of this reader, as many in sight as fit."""
    found = tuple(links(request, actor))
    widths = list(accumulate(len(str(link.label)) + GAP for link in found))
    if not widths or widths[-1] <= ROOM:
        return Menu(found)
    fitting = sum(width <= ROOM_BESIDE_MORE for width in widths)
    if fitting == len(found) - 1:  # nobody opens a menu for one entry
        fitting -= 1
    return Menu(found[:fitting], found[fitting:])


def links(request: HttpRequest, actor: Actor | None) -> list[Link]:
    """The entries whose page exists and which the actor's role includes."""
    found = []
    for entry in ENTRIES:
        url = _address(entry.url_name)
        if actor and url and (entry.verb is None or actor.may(entry.verb)):
            count = waiting_count(actor) if entry.url_name == "inbox" else 0
            found.append(Link(entry.label, url, request.path.startswith(url), count))
    return found


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
