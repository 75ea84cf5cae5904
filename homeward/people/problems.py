"""Why partners cannot be asked about a person, worded for the person who asks."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem, Refused, WrongState


class AskingSwitchedOff(WrongState):
    """The installation does not let partners ask one another."""

    code = "asking_switched_off"
    message = _("This installation does not ask partners about possible duplicates.")


class NobodyToAsk(WrongState):
    """No agreement in force lets anybody answer."""

    code = "nobody_to_ask"
    message = _("No agreement in force lets a partner answer this question.")


class NotAskedAbout(WrongState):
    """The person is protected; which protection it is, is not told."""

    code = "not_asked_about"
    message = _(
        "Partners are not asked about this person: a child, somebody under protection, or a record with a "
        "hold. A coordinator can allow it for this person, with a reason."
    )


class AskedLately(WrongState):
    """The same question within a day would tell nothing but what changed in the record."""

    code = "asked_lately"
    message = _("Partners were asked about this person less than a day ago.")


class TooLittleKnown(Problem):
    """Nothing on record is rare enough to be compared."""

    status = 422
    code = "too_little_known"
    message = _("Too little is known to ask: record a paper, or the name with the date of birth, first.")


class TooManyQuestions(Refused):
    """The reader, or their organisation, asked as often within a day as they may."""

    status = 429
    code = "too_many_questions"
    message = _(
        "Partners were asked many times within a day. The data protection officer knows. Wait a while."
    )
