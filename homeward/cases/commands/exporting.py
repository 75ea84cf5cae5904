"""Taking a list of cases out of the house, on the record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.queries import CaseFilters, ListedCases, count_up_to, listed_cases, search_cases
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Problem

MOST_ROWS = 50_000


class TooManyToExport(Problem):
    """The list is longer than one export may be."""

    status = 422
    code = "too_many_to_export"
    message = _("This list has more than 50,000 cases. Filter it first, and export the parts.")


@dataclass(frozen=True)
class Export:
    """What was let out: its own id for the record, and the listings, to be read in the same transaction."""

    id: UUID
    listings: ListedCases
    count: int


@command(Action.CASE_EXPORT)
def export_cases(actor: Actor, *, filters: CaseFilters, today: date, text: str = "") -> Export:
    """Let out the listings that fit, at most 50,000; larger exports are for a background job to make."""
    listings = listed_cases(actor, filters, today)
    if text:
        listings &= search_cases(actor, text)
    count, is_more = count_up_to(listings, MOST_ROWS)
    if is_more:
        raise TooManyToExport
    return Export(new_id(), listings.order_by("reference"), count)
