"""What can go wrong in the directory that the caller can put right."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem


class NoRoom(Problem):
    """Every place of the service is taken; nothing was reserved."""

    status = 409
    code = "no_room"
    message = _("This service has no room left. Ask to be put on its waiting list, or choose another.")


class NotYours(Problem):
    """The entry is kept by another organisation, and the service is not the actor's own."""

    status = 403
    code = "entry_kept_elsewhere"
    message = _("Another organisation keeps this entry. Propose the change to it.")
