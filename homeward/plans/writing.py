"""What every change of a draft does: check an activity, remember who wrote."""

from dataclasses import asdict, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases.obstacles import require_text
from homeward.lib.problems import Invalid
from homeward.plans.content import ActivityDetails
from homeward.plans.models import PlanVersion
from homeward.plans.rules import ProviderKind


def checked_details(details: ActivityDetails) -> dict[str, Any]:
    """The columns of an activity, or Invalid at what is missing or cannot be."""
    require_text(what=details.what)
    wrong = {}
    if details.cost_minor < 0:
        wrong["cost"] = _("A cost is not below zero.")
    if details.cost_minor and not details.currency:
        wrong["currency"] = _("Say in which currency.")
    if wrong:
        raise Invalid(fields=wrong)
    is_matched = details.provider_kind == ProviderKind.MATCHING_FUND
    told = asdict(
        replace(
            details,
            what=details.what.strip(),
            provider_name=details.provider_name.strip(),
            feasibility=details.feasibility.strip(),
            plain_words=details.plain_words.strip(),
            currency=details.currency if details.cost_minor else "",
            matching_percent=details.matching_percent if is_matched else 0,
        )
    )
    return {**told, "picture": details.picture or ""}


def touch(actor: Actor, version: PlanVersion) -> PlanVersion:
    """Who changed a draft is among those who never approve it."""
    if actor.user_id not in version.drafted_by_ids:
        version.drafted_by_ids = [*version.drafted_by_ids, actor.user_id]
    version.revision += 1
    version.save()
    return version
