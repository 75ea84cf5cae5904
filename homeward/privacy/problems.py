"""What a reader meets when the use of somebody's records is stopped."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import NotFound


class UseStopped(NotFound):
    """The reader worked with these records until a data protection officer stopped their use."""

    code = "use_stopped"
    message = _(
        "The use of these records is stopped at the moment. Nothing is lost. Your data protection officer "
        "knows why, and when they can be used again."
    )
