"""What a reader meets when the use of somebody's records is stopped, or numbers would tell of a few."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import NotFound, Problem


class UseStopped(NotFound):
    """The reader worked with these records until a data protection officer stopped their use."""

    code = "use_stopped"
    message = _(
        "The use of these records is stopped at the moment. Nothing is lost. Your data protection officer "
        "knows why, and when they can be used again."
    )


class WouldDisclose(Problem):
    """Together with what the same readers have already, the tables would tell of a few people."""

    status = 409
    code = "would_disclose"
    message = _(
        "Nothing left. Together with what these readers have got before, these tables would tell of a few "
        "people, whatever is hidden. Release larger groups, longer periods or fewer tables, or wait until "
        "more people are counted."
    )


class TablesDisagree(Problem):
    """The same cell has two counts, so the tables do not count the same people."""

    status = 422
    code = "tables_disagree"
    message = _(
        "Nothing left. Two tables give different numbers for the same people, or parts are more than their "
        "total. Say which filter tells them apart, or what else is counted."
    )


class TooManyCells(Problem):
    """The release is larger than can be made safe."""

    status = 422
    code = "too_many_cells"
    message = _("Nothing left. The tables have too many cells. Release fewer dimensions at a time.")
