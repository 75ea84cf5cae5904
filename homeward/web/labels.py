"""Words for the codes that faces show."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.access.roles import Role
from homeward.organisations.rules import IdentityCheck, OrganisationClass

ROLE_LABELS: Mapping[Role, str | Promise] = {
    Role.RETURN_COUNSELLOR: _("Return counsellor"),
    Role.CASE_MANAGER: _("Case manager"),
    Role.COORDINATOR: _("Coordinator"),
    Role.FINANCE_OFFICER: _("Finance officer"),
    Role.ORIGIN_AUTHORITY: _("Authority of the country of origin"),
    Role.SERVICE_PROVIDER: _("Service provider"),
    Role.FIELD_OFFICER: _("Field officer"),
    Role.EVALUATOR: _("Evaluator"),
    Role.DONOR: _("Donor"),
    Role.DATA_PROTECTION_OFFICER: _("Data protection officer"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.RETURNEE: _("The person themselves"),
    Role.SYSTEM: _("Homeward itself"),
}

WHAT_ROLES_DO: Mapping[str, str | Promise] = {
    Role.RETURN_COUNSELLOR: _("Advises people before they decide, applies with them, hands their case over."),
    Role.CASE_MANAGER: _("Receives people after arrival, agrees a plan with them, delivers and follows up."),
    Role.COORDINATOR: _("Decides about applications and plans, assigns cases, watches over programmes."),
    Role.FINANCE_OFFICER: _("Pays what was approved, keeps the proofs, answers for every sum."),
    Role.ORIGIN_AUTHORITY: _(
        "Sees what is offered in the country of origin and who needs what, without names."
    ),
    Role.SERVICE_PROVIDER: _("Answers referrals and reports what was delivered."),
    Role.FIELD_OFFICER: _("Visits people at home, with a phone and often without a network."),
    Role.EVALUATOR: _("Studies what helped, by pseudonym only."),
    Role.DONOR: _("Sees results and spending, never a person."),
    Role.DATA_PROTECTION_OFFICER: _("Checks who saw what, and for which purpose."),
    Role.ADMINISTRATOR: _("Invites colleagues, gives roles, keeps the organisation's details."),
}

CLASS_LABELS: Mapping[str, str | Promise] = {
    OrganisationClass.DESTINATION_AUTHORITY: _("Authority of the country of destination"),
    OrganisationClass.COUNSELLING_NGO: _("Counselling organisation"),
    OrganisationClass.IMPLEMENTING_PARTNER: _("Implementing partner"),
    OrganisationClass.SERVICE_PROVIDER: _("Service provider"),
    OrganisationClass.ORIGIN_AUTHORITY: _("Authority of the country of origin"),
    OrganisationClass.DONOR: _("Donor"),
    OrganisationClass.EVALUATOR: _("Evaluator"),
    OrganisationClass.ENFORCEMENT: _("Enforcement body"),
}

IDENTITY_CHECK_LABELS: Mapping[str, str | Promise] = {
    IdentityCheck.IN_PERSON: _("Met in person"),
    IdentityCheck.VIDEO_CALL: _("Saw them in a video call"),
    IdentityCheck.KNOWN_NUMBER: _("Called a number known before"),
}
