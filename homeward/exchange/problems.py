"""What can be wrong with an act on an import."""

from django.utils.translation import gettext_lazy as _

from homeward.exchange.workbooks import refusals
from homeward.files import problems as of_files
from homeward.lib.problems import Invalid, Problem, WrongState, type_of_message


class NothingReady(WrongState):
    code = "import_nothing_ready"
    message = _("No row is ready to be saved. Answer the problems first, or correct the file.")


class UndoneTooLate(WrongState):
    code = "import_undo_too_late"
    message = _("An import can be undone for one day after it was saved. That day has passed.")


class NoSuggestion(Invalid):
    code = "import_no_suggestion"
    message = _("There is no suggestion for this value. Record it as unknown, or correct the file.")


class CannotBeAnswered(Invalid):
    code = "import_problem_unanswerable"
    message = _("This problem has no such answer. Leave the row out, or correct the file.")


class Failed(Problem):
    """Something went wrong that nobody at the screen can put right."""

    status = 500
    code = "failed"
    message = _("Something went wrong on our side. Nothing was saved. Try again, or tell whoever runs this.")


def words_for(code: str) -> type_of_message:
    """The message of a problem that was kept by its code while nobody watched."""
    for module in (refusals, of_files):
        for known in vars(module).values():
            if isinstance(known, type) and issubclass(known, Problem) and known.code == code:
                return known.message
    return Failed.message
