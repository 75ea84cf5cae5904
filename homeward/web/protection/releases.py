"""What numbers left: as what, to whom, made from what, and how much of it was hidden."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.privacy.releases.queries import visible_releases
from homeward.privacy.releases.rules import INSIDE, PUBLIC

ON_A_PAGE = 50


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """The log of releases, the newest first."""
    actor = actor_of(request)
    page = Paginator(visible_releases(actor), ON_A_PAGE).get_page(request.GET.get("page"))
    remember_reading(actor, Action.RELEASE_VIEW, subject_id=None)
    words = {INSIDE: _("Colleagues inside"), PUBLIC: _("The public")}
    rows = [(one, words.get(one.audience, one.recipient or one.audience)) for one in page]
    return render(request, "protection/releases.html", {"rows": rows, "page": page})
