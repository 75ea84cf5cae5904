"""What is missing before data may move, worded for the person who wants to move it."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Invalid, Problem, WrongState
from homeward.sharing.rules import Decision, Refusal

WORDS: dict[Refusal, str | Promise] = {
    Refusal.RECEIVER_BARRED: _("Nothing can be disclosed to this organisation here."),
    Refusal.NO_AGREEMENT: _("There is no agreement under which your organisation gives to this one."),
    Refusal.AGREEMENT_NOT_LIVE: _("The agreement with this organisation is not in force today."),
    Refusal.PURPOSE_NOT_AGREED: _("The agreement does not name this purpose."),
    Refusal.CATEGORY_NOT_AGREED: _("The agreement does not cover everything you chose."),
    Refusal.NO_CATEGORY: _("Choose what is shared."),
    Refusal.NO_NECESSITY: _("Say why the other organisation needs this."),
    Refusal.NO_GROUND: _("A legal basis is needed."),
    Refusal.GROUND_TOO_NARROW: _("The legal basis does not reach everything you chose."),
    Refusal.GROUND_ENDED: _("The legal basis has ended."),
    Refusal.NO_CONSENT: _("There is no recorded consent of the person to this."),
    Refusal.NO_CONDITION: _("Vulnerability, health and protection need a second legal condition."),
    Refusal.CONDITION_DOES_NOT_FIT: _("Vital interests are a condition only where they are the basis too."),
    Refusal.ORIGIN_NEEDS_CONSENT: _(
        "The state of origin is told who somebody is only if the person consented to that."
    ),
    Refusal.NO_SECOND_PERSON: _("A second person has to agree before this is shared without consent."),
    Refusal.TRANSFER_NOT_ALLOWED: _("No rule of your organisation lets this cross the border."),
    Refusal.ENDS_BEFORE_IT_BEGINS: _("Choose an end that lies ahead."),
    Refusal.ONWARD_NOT_AGREED: _(
        "Your organisation received this from another, and their agreement does not let you pass it on. "
        "Ask the organisation that leads the case."
    ),
}

INPUT: dict[Refusal, str] = {
    Refusal.PURPOSE_NOT_AGREED: "purpose",
    Refusal.CATEGORY_NOT_AGREED: "categories",
    Refusal.NO_CATEGORY: "categories",
    Refusal.NO_NECESSITY: "necessity",
    Refusal.NO_GROUND: "basis",
    Refusal.GROUND_TOO_NARROW: "basis",
    Refusal.GROUND_ENDED: "basis",
    Refusal.NO_CONSENT: "basis",
    Refusal.NO_CONDITION: "condition",
    Refusal.CONDITION_DOES_NOT_FIT: "condition",
    Refusal.NO_SECOND_PERSON: "condition",
    Refusal.ENDS_BEFORE_IT_BEGINS: "until",
}


class NotAllowedToShare(Invalid):
    """Something that must stand before data moves is missing; `refusals` names each."""

    code = "not_allowed_to_share"
    message = _("This may not be shared as it is.")

    def __init__(self, decision: Decision) -> None:
        self.refusals = decision.refusals
        said = [WORDS[refusal] for refusal in decision.refusals]
        fields: dict[str, str | Promise] = {}
        for refusal in decision.refusals:
            named = INPUT.get(refusal, "organisation")
            fields[named] = (
                format_lazy("{} {}", fields[named], WORDS[refusal]) if named in fields else WORDS[refusal]
            )
        super().__init__(format_lazy("{} " * len(said), *said), fields=fields)


class NotOpen(WrongState):
    """The agreement was accepted by all, or ended."""

    code = "agreement_not_open"
    message = _("This agreement is in force or has ended. To change it, propose an amendment.")


class AcceptedAlready(WrongState):
    """The actor's organisation accepted before."""

    code = "agreement_accepted_already"
    message = _("Your organisation accepted this agreement already.")


class DisclosureEnded(WrongState):
    """The disclosure was recalled, or its day has passed."""

    code = "disclosure_ended"
    message = _("This is no longer shared.")


class SamePerson(Problem):
    """Who asks for an override never agrees to it."""

    status = 403
    code = "same_person"
    message = _("You asked for this. Somebody else has to answer.")
