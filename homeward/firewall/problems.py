"""What stands in the way of a notice."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem


class NoProtocol(Problem):
    """No protocol is in force under which this could be told."""

    status = 409
    code = "no_protocol"
    message = _("No protocol with this body is in force. Without one, nothing can be told.")
