"""What can be wrong with an act on an import."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Invalid, WrongState


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
