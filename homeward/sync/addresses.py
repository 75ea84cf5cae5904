"""Where a telephone finds things: beneath its secret where it asked there, else bare."""

from django.http import HttpRequest
from django.urls import reverse


def address_of(request: HttpRequest, page: str, **places: object) -> str:
    """The whole address of one of the pages of telephones."""
    if secret := getattr(request, "secret_above", ""):
        page, places = f"{page}_by_secret", {"secret": secret, **places}
    return request.build_absolute_uri(reverse(f"sync:{page}", kwargs=places))
