"""Records of processing (GDPR Article 30), generated from how the installation is really set up."""

from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import remember
from homeward.access.roles import MAY, Role
from homeward.casework.rights.tables import NOT_ABOUT_ANYBODY, RULES
from homeward.casework.rights.walk import about_people, columns_of
from homeward.consent.queries import newest_notices
from homeward.lib.privacy_classes import PrivacyClass
from homeward.organisations.queries import colleagues, organisation_names, own_organisation
from homeward.people.match_tokens import are_kept
from homeward.people.queries.asking import answering_partners
from homeward.privacy.queries import live_rules
from homeward.sharing.queries import agreements_in_force, transfer_rules_of, visible_disclosures
from homeward.sharing.rules import Purpose

FORMAT = "homeward-register-1"


def register(actor: Actor, *, on: date) -> dict[str, Any]:
    """Purposes, categories, recipients, transfers, retention and measures, as they are today."""
    actor.require(Action.PROTECTION_VIEW)
    with acting_as(actor):
        own = own_organisation(actor)
        found = {
            "format": FORMAT,
            "on": on.isoformat(),
            "controller": {"name": own.name, "country": own.country, "contact": own.contact_email},
            "officers": sorted(_officers(actor)),
            "purposes": _purposes(actor, on),
            "recipients": _recipients(actor, on),
            "transfer_rules": _transfer_rules(actor),
            "disclosed_so_far": _disclosed(actor),
            "partners_asked": _partners_asked(actor),
            "notices": [
                {"purpose": one.purpose, "version": one.version, "languages": sorted(one.texts)}
                for one in newest_notices(actor)
            ],
            "data": _data(),
            "retention": [
                {
                    "records": rule.record_class,
                    "country": rule.country,
                    "months": rule.months,
                    "because": rule.because,
                }
                for rule in live_rules(actor)
            ],
            "measures": _measures(),
        }
        remember(actor, Action.PROTECTION_VIEW, subject_id=None)
    return found


def _officers(actor: Actor) -> set[str]:
    team = colleagues(actor).filter(role=Role.DATA_PROTECTION_OFFICER)
    return {one.user.name for one in team}


def _clauses(actor: Actor, on: date) -> list[Any]:
    agreements = agreements_in_force(actor, on).prefetch_related("clauses")
    return [clause for one in agreements for clause in one.clauses.all()]


def _purposes(actor: Actor, on: date) -> list[str]:
    return sorted({purpose for clause in _clauses(actor, on) for purpose in clause.purposes})


def _recipients(actor: Actor, on: date) -> list[dict[str, Any]]:
    given = [one for one in _clauses(actor, on) if one.giver_id == actor.organisation_id]
    names = organisation_names(actor, {one.receiver_id for one in given})
    told = [
        {
            "name": names.get(one.receiver_id, ""),
            "purposes": sorted(one.purposes),
            "categories": sorted(one.categories),
            "transfer_basis": one.transfer_basis,
            "kept_days": one.retention_days,
            "agreed_until": one.agreement.ends_on.isoformat(),
        }
        for one in given
    ]
    return sorted(told, key=lambda one: (one["name"], one["agreed_until"]))


def _transfer_rules(actor: Actor) -> list[dict[str, Any]]:
    return [
        {
            "from": sorted(rule.from_countries),
            "to": sorted(rule.to_countries),
            "receiver_class": rule.receiver_class,
            "covers_special": rule.covers_special,
            "bases": sorted(rule.bases),
            "is_verified": rule.is_verified,
        }
        for rule in transfer_rules_of(actor).filter(ended_at=None).order_by("id")
    ]


def _disclosed(actor: Actor) -> list[dict[str, Any]]:
    made = visible_disclosures(actor).filter(by_organisation_id=actor.organisation_id)
    counted = Counter(made.values_list("organisation_id", "purpose"))
    names = organisation_names(actor, {organisation_id for organisation_id, _purpose in counted})
    told = [
        {"name": names.get(organisation_id, ""), "purpose": purpose, "times": times}
        for (organisation_id, purpose), times in counted.items()
    ]
    return sorted(told, key=lambda one: (one["name"], one["purpose"]))


def _partners_asked(actor: Actor) -> dict[str, Any] | None:
    """Whose answers about possible duplicates the organisation can ask for, and within what limits."""
    if not are_kept():
        return None
    partners = organisation_names(actor, answering_partners(actor))
    return {
        "purpose": str(Purpose.DUPLICATE_CHECK),
        "partners": sorted(partners.values()),
        "compared": "keyed hashes of document numbers, names and birth dates; no name leaves",
        "left_out": "restricted records; children, victims of trafficking, holds unless allowed by name",
        "questions_a_day_per_person": settings.PARTNER_QUESTIONS_A_DAY,
        "questions_a_day_per_organisation": settings.PARTNER_QUESTIONS_A_DAY_OF_ORGANISATION,
    }


def _data() -> list[dict[str, Any]]:
    """Each table about people: how many columns of which sensitivity, and what erasure does to it."""
    told = []
    for table, model in sorted(about_people().items()):
        levels = Counter(model.PRIVACY[field.name] for field in columns_of(model))  # type: ignore[attr-defined]
        rule = RULES[table]
        told.append(
            {
                "table": table,
                "columns": {level.name.lower(): levels[level] for level in PrivacyClass if levels[level]},
                "on_erasure": str(rule.erase),
                "why_kept": rule.why,
            }
        )
    return told


def _measures() -> dict[str, Any]:
    may_open = [role for role in Role if Action.COUNSELLING_OPEN in MAY[role] and role != Role.SYSTEM]
    return {
        "second_factor": "required",
        "row_level_security": "forced on every table of a case or an organisation",
        "sealed_fields": "one key per person, wrapped by versioned keys outside the database",
        "opened_an_hour_per_person": settings.OPENINGS_AN_HOUR,
        "opened_an_hour_per_organisation": settings.OPENINGS_AN_HOUR_OF_ORGANISATION,
        "roles_that_open_sealed_fields": sorted(may_open),
        "audit": "each look and each change, append-only, chained and signed",
        "breach_hours": settings.BREACH_HOURS,
        "unsent_answers_kept_days": settings.DRAFT_DAYS,
        "tables_about_nobody": len(NOT_ABOUT_ANYBODY),
    }
