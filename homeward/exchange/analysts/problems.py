"""What can go wrong with files for analysts that the caller can put right."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem


class NoSuchColumn(Problem):
    """A column was asked for that an analysis file of this kind does not have, or that does not leave."""

    status = 422
    code = "no_such_column"
    message = _("There is no such column in a file of this kind.")

    @classmethod
    def of(cls, name: str, nearest: str = "") -> "NoSuchColumn":
        """Say which, and what may have been meant."""
        if nearest:
            told = _("“%(name)s” is no column of a file of this kind. The nearest is “%(nearest)s”.")
            return cls(told % {"name": name, "nearest": nearest})
        return cls(_("“%(name)s” is no column of a file of this kind.") % {"name": name})


class RoundsAlike(Problem):
    """Two rounds would have the same columns in a file with one row for each case."""

    status = 409
    code = "rounds_alike"
    message = _("Two rounds would have the same name in this file. Ask for one row for each case and round.")

    @classmethod
    def of(cls, one: str, other: str) -> "RoundsAlike":
        """Say which."""
        told = _(
            "The rounds “%(one)s” and “%(other)s” would have the same name in this file. "
            "Ask for one row for each case and round."
        )
        return cls(told % {"one": one, "other": other})


class NothingToShow(Problem):
    """Too few cases stand behind every number: nothing of the table can leave."""

    status = 409
    code = "nothing_to_show"
    message = _("Too few cases stand behind every number of this table: nothing of it can leave.")


class OtherRowsLeft(Problem):
    """Rows of the same extract left with other columns: put together, they could be matched one by one."""

    status = 409
    code = "other_rows_left"
    message = _(
        "Rows of this extract left already with other columns. Put together, the two could show people."
    )
