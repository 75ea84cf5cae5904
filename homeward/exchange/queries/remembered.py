"""What was settled before: a partner's layout, and rows that were saved."""

from collections.abc import Sequence

from homeward.access.actor import Actor
from homeward.exchange.choices import ReadingChoices
from homeward.exchange.keeping import open_choices
from homeward.exchange.models import ImportRow, RememberedLayout
from homeward.exchange.rules import RowState

ROWS_AT_ONCE = 5_000


def remembered_choices(actor: Actor, sender: str, layout_key: str) -> ReadingChoices | None:
    """The choices made for this sender's list with these headers, else the last made for such a list."""
    known = RememberedLayout.objects.filter(organisation_id=actor.organisation_id, layout_key=layout_key)
    own = known.filter(sender=sender.strip().casefold()).first()
    found = own or known.order_by("-remembered_at").first()
    return open_choices(found) if found else None


def saved_fingerprints(actor: Actor, fingerprints: Sequence[bytes]) -> frozenset[bytes]:
    """Which of these rows the organisation has saved already."""
    saved = ImportRow.objects.filter(organisation_id=actor.organisation_id, state=RowState.SAVED)
    found: set[bytes] = set()
    for start in range(0, len(fingerprints), ROWS_AT_ONCE):
        part = fingerprints[start : start + ROWS_AT_ONCE]
        found |= {
            bytes(one) for one in saved.filter(fingerprint__in=part).values_list("fingerprint", flat=True)
        }
    return frozenset(found)
