"""How referrals go: how many are accepted, how long answers take, how many get none."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.referrals.figures import count_referrals
from homeward.referrals.rules import FEWEST_SHOWN

PERIOD = timedelta(days=365)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The last twelve months by service and by organisation; small groups are left out."""
    actor = actor_of(request)
    actor.require(Action.REFERRAL_STATISTICS)
    remember_reading(actor, Action.REFERRAL_STATISTICS, subject_id=None)
    since = now() - PERIOD
    found = {
        "counted": count_referrals(actor, since),
        "fewest": FEWEST_SHOWN,
        "since": since,
    }
    return render(request, "referrals/figures.html", found)
