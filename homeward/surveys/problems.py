"""What can be put right about forms and what is sent."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Invalid, Problem
from homeward.surveys.forms.troubles import FormProblem


class FormRefused(Invalid):
    """The workbook does not make a form; `problems` say where and what to do."""

    code = "form_refused"
    message = _("This workbook cannot become a form yet.")

    def __init__(self, problems: tuple[FormProblem, ...]) -> None:
        self.problems = problems
        super().__init__(fields={"file": self.message})


class ProfileRefused(Invalid):
    """The file does not make a scoring profile of the instrument; `problems` say where and what to do."""

    code = "profile_refused"
    message = _("This file cannot become a scoring profile yet.")

    def __init__(self, problems: tuple[FormProblem, ...]) -> None:
        self.problems = problems
        super().__init__(fields={"file": self.message})


class TooFewAnswers(Problem):
    """Weights worked out from so few answers would say more about chance than about people."""

    status = 409
    code = "too_few_answers"
    message = _("There are too few whole answers to work weights out from.")


class CodeTaken(Problem):
    """Another instrument has the code already."""

    status = 409
    code = "code_taken"
    message = _("There is an instrument of this code already. Upload the form there, or change its form_id.")


class BodyRefused(Problem):
    """What was sent is not a filled form."""

    status = 400
    code = "body_refused"
    message = _("This is not a filled form that can be read.")


class UnknownForm(Problem):
    """No published form of that code and version is known here."""

    status = 404
    code = "unknown_form"
    message = _("No form of this code and version is published here.")


class DifferentBody(Problem):
    """The same form was sent before with other answers; the first is kept."""

    status = 409
    code = "different_body"
    message = _("This form was received before with other answers. The first were kept.")


class NotCurrent(Problem):
    """An edited form replaces one that is not here, or was replaced by another."""

    status = 409
    code = "not_current"
    message = _("The form that this one corrects is not here, or was corrected already.")
