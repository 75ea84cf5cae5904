"""What can go wrong with extracts that the caller can put right."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem


class NoExtractsLogin(Problem):
    """The process that makes extracts was started without their login."""

    status = 503
    code = "no_extracts_login"
    message = _("Extracts are made by a process of their own, with a database login of its own.")


class NotAsWritten(Problem):
    """Files of an extract are missing or other than its manifest says."""

    status = 409
    code = "extract_not_as_written"
    message = _("Files of this extract are missing or were changed since it was made.")


class NotReady(Problem):
    """The extract cannot be read: it is not made yet, or was taken away."""

    status = 409
    code = "extract_not_ready"
    message = _("This extract is not ready, or was taken away.")


class NoSuchEngine(Problem):
    """HOMEWARD_ANALYTICS names an engine that is not known or not installed."""

    status = 503
    code = "no_such_engine"
    message = _("HOMEWARD_ANALYTICS names an engine that is not known or not installed.")
