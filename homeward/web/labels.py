"""Words for the codes that faces show."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.access.roles import Role

ROLE_LABELS: Mapping[Role, str | Promise] = {
    Role.RETURN_COUNSELLOR: _("Return counsellor"),
    Role.CASE_MANAGER: _("Case manager"),
    Role.COORDINATOR: _("Coordinator"),
    Role.ORIGIN_AUTHORITY: _("Authority of the country of origin"),
    Role.SERVICE_PROVIDER: _("Service provider"),
    Role.FIELD_OFFICER: _("Field officer"),
    Role.EVALUATOR: _("Evaluator"),
    Role.DONOR: _("Donor"),
    Role.DATA_PROTECTION_OFFICER: _("Data protection officer"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.SYSTEM: _("Homeward itself"),
}
