"""Where somebody stands between upload and report."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from homeward.exchange.models import Import

STEPS = (_("Upload"), _("Match columns"), _("Preview"), _("Save"), _("Report"))


def steps(at: int, given: "Import | None") -> list[dict[str, Any]]:
    """The five steps with where the reader stands."""
    columns = reverse("import_columns", args=[given.id]) if given and at == 2 else ""
    return [
        {
            "label": label,
            "state": "done" if number < at else "now" if number == at else "ahead",
            "url": columns if number == 1 else "",
        }
        for number, label in enumerate(STEPS)
    ]
