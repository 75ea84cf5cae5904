"""What may be missing when an answer is recorded, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from homeward.consent.rules import Lack
from homeward.lib.problems import Problem, WrongState, type_of_message


class ConsentNotProved(Problem):
    """A yes without anything that shows it."""

    status = 422
    code = "consent_not_proved"
    message = _("Something that shows this consent is still missing.")


class StillAgreed(WrongState):
    """A no to something to which the person has said yes."""

    code = "still_agreed"
    message = _("The person agreed to this before. Take that consent back first.")


class WithdrawnAlready(WrongState):
    """The yes was taken back before, or was a no all along."""

    code = "withdrawn_already"
    message = _("There is no consent here that could be taken back.")


FIELDS: Mapping[Lack, tuple[str, type_of_message]] = {
    Lack.PAPER: ("evidence_file", _("Add the signed paper: a photograph or a scan.")),
    Lack.WITNESS: ("witness_name", _("Say who else heard the answer.")),
    Lack.INTERPRETER: ("interpreter_name", _("Say who interpreted.")),
    Lack.GUARDIAN: ("guardian_name", _("Say who answered as the guardian.")),
    Lack.GUARDIANS_PROOF: ("witness_name", _("Add the paper the guardian signed, or say who else heard it.")),
    Lack.GUARDIAN_OF_CHILD: ("way", _("The person is under age: their guardian answers with them.")),
    Lack.OWN_WITNESS: ("witness_name", _("A witness or interpreter is somebody other than you.")),
}


def said(lacking: tuple[Lack, ...]) -> dict[str, type_of_message]:
    """Each thing missing, at the input where it is given."""
    return dict(FIELDS[lack] for lack in lacking)
