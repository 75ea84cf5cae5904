"""Mail to people, sent after commit. It says that something waits, never about whom or what."""

from collections.abc import Iterable

from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeward.organisations.models import Invitation, User


def invite(invitation: Invitation, link: str) -> None:
    """Send the invitation's link, in the language of the organisation that invites."""
    if link:
        with override(invitation.organisation.language):
            subject = _("An account has been offered to you")
            text = _(
                "Open this address within seven days to take it up. It works once.\n\n%(link)s\n\n"
                "If you did not expect this, ignore it: nothing happens."
            )
            _send(subject, text % {"link": link}, [invitation.email])


def something_waits(people: Iterable[User], link: str) -> None:
    """Tell each person that something waits for them."""
    for person in people:
        with override(person.language):
            _send(_("Something waits for you"), _("Sign in to see it.") + f"\n\n{link}", [person.email])


def factors_removed(person: User) -> None:
    """Tell the owner of an account that it can be opened with the password and must be secured again."""
    with override(person.language):
        text = _(
            "The second step of your sign-in was removed at your request. "
            "Sign in with your password and set up a new one.\n\n"
            "If you did not ask for this, tell your administrator at once."
        )
        _send(_("Your sign-in was changed"), text, [person.email])


def _send(subject: str, text: str, addresses: list[str]) -> None:
    # A mail server that is down must not undo what was done; the page shows the link as well.
    transaction.on_commit(lambda: send_mail(subject, text, None, addresses, fail_silently=True))
