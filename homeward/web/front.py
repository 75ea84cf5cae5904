"""The front door: where a visitor is sent, and whether the house stands."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from homeward.web.navigation import links


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send who is signed in to the first page of their menu, and others to the door."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    menu = links(request, getattr(request, "actor", None))
    return redirect(menu[0].url if menu else "account")


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers; says nothing else to strangers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
