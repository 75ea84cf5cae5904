"""Counting referrals: what became of them by service and by partner, with small numbers kept back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet

from homeward.access.actor import Actor
from homeward.referrals.models import Referral
from homeward.referrals.queries import visible_referrals
from homeward.referrals.rules import (
    FEWEST_SHOWN,
    PARTS,
    UNDER_WAY,
    WAITING,
    Figures,
    ReferralState,
    joined,
    shown_parts,
)

S = ReferralState
STATES_OF: Mapping[str, Iterable[ReferralState]] = {
    "accepted": UNDER_WAY | {S.COMPLETED},
    "declined": {S.DECLINED},
    "waiting": WAITING,
    "silent": {S.EXPIRED},
    "taken_back": {S.RECALLED},
}


class Median(Aggregate):
    """The middle value, between the two middle ones where their number is even."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Counted:
    """The figures that may be shown, and how many services are left out because too few were sent there."""

    services: tuple[Figures, ...]
    partners: tuple[Figures, ...]
    left_out: int


def count_referrals(actor: Actor, since: datetime) -> Counted:
    """What became of the referrals sent since a day that the actor may see, most used first."""
    sent = visible_referrals(actor).filter(sent_at__gte=since).order_by()
    rows = _by(sent, "service_id", "service_name", "provider_name")
    shown = [row for row in rows if row["sent"] >= FEWEST_SHOWN]
    services = {row["service_id"]: _figures(row, row["service_name"]) for row in shown}
    by_partner = _by(sent.filter(service_id__in=services), "provider_name")
    medians = {row["provider_name"]: row["median"] for row in by_partner}
    grouped: defaultdict[str, list[Figures]] = defaultdict(list)
    for row in shown:
        grouped[row["provider_name"]].append(services[row["service_id"]])
    partners = [joined(name, each, medians.get(name)) for name, each in grouped.items()]
    return Counted(_most_first(services.values()), _most_first(partners), len(rows) - len(shown))


def _by(sent: QuerySet[Referral], *columns: str) -> list[dict[str, Any]]:
    counts = {part: Count("id", filter=Q(state__in=[str(one) for one in STATES_OF[part]])) for part in PARTS}
    reply = F("replied_at") - F("sent_at")
    rows = sent.values(*columns).annotate(
        sent=Count("id"),
        answered=Count("replied_at"),
        median=Median(reply, output_field=DurationField(), filter=Q(replied_at__isnull=False)),
        **counts,
    )
    return list(rows)


def _figures(row: Mapping[str, Any], name: str) -> Figures:
    parts = dict(zip(PARTS, shown_parts([row[part] for part in PARTS]), strict=True))
    enough = row["answered"] >= FEWEST_SHOWN
    return Figures(
        name=name,
        sent=row["sent"],
        answered=row["answered"],
        median_reply=row["median"] if enough else None,
        **parts,
    )


def _most_first(rows: Iterable[Figures]) -> tuple[Figures, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.sent, row.name)))
