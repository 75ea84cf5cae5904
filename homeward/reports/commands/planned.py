"""Templates that an organisation makes its own, and reports that are made regularly."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid, NotFound, type_of_message
from homeward.reports.models import ReportSchedule, ReportTemplate
from homeward.reports.queries import chosen_template, template_for_edit, visible_schedules
from homeward.reports.rules import LANGUAGES, SHORTEST_NAME, Frequency, ReportAudience, next_due
from homeward.reports.sections import faults


@command(Action.REPORT_TEMPLATE_EDIT)
def copy_template(actor: Actor, *, template: str, name: str, language: str) -> ReportTemplate:
    """Make a template one's own, to change it; what it was copied from stays as it is."""
    chosen = chosen_template(actor, template, language)
    _require_name(name)
    return ReportTemplate.objects.create(
        organisation_id=actor.organisation_id,
        copied_from=chosen.key,
        name=name.strip(),
        audience=chosen.audience,
        sections=chosen.sections,
        changed_by_id=actor.user_id,
        changed_by_name=actor.name,
    )


@command(Action.REPORT_TEMPLATE_EDIT)
def change_template(
    actor: Actor,
    *,
    template_id: UUID,
    name: str,
    audience: ReportAudience,
    sections: Sequence[Mapping[str, Any]],
    expected_version: int,
) -> ReportTemplate:
    """Change what an own template says; reports that were made of it stay as they are."""
    template = template_for_edit(actor, template_id, expected_version)
    _require_name(name)
    wrong = faults(sections)
    if wrong:
        told = _("This section cannot be used as it is: %(which)s.")
        raise Invalid(fields={"sections": told % {"which": ", ".join(wrong)}})
    template.name, template.audience, template.sections = name.strip(), audience, list(sections)
    template.changed_by_id, template.changed_by_name = actor.user_id, actor.name
    template.version += 1
    template.save()
    return template


@command(Action.REPORT_TEMPLATE_EDIT)
def end_template(actor: Actor, *, template_id: UUID, expected_version: int) -> ReportTemplate:
    """Put an own template away; nothing is made of it any more, and its schedules end with it."""
    template = template_for_edit(actor, template_id, expected_version)
    template.ended_at, template.version = now(), template.version + 1
    template.save()
    visible_schedules(actor).filter(template=template).update(ended_at=now())
    return template


@command(Action.REPORT_SCHEDULE)
def schedule_report(actor: Actor, *, template: str, language: str, frequency: Frequency) -> ReportSchedule:
    """Have a report made by itself whenever a month or a quarter is over; people still let it go."""
    if language not in LANGUAGES:
        raise Invalid(fields={"language": _("Choose one of the languages.")})
    chosen = chosen_template(actor, template, language)
    return ReportSchedule.objects.create(
        organisation_id=actor.organisation_id,
        template_key="" if chosen.template_id else chosen.key,
        template_id=chosen.template_id,
        language=language,
        frequency=frequency,
        next_due_on=next_due(frequency, localdate()),
        set_by_id=actor.user_id,
        set_by_name=actor.name,
    )


@command(Action.REPORT_SCHEDULE)
def end_schedule(actor: Actor, *, schedule_id: UUID) -> ReportSchedule:
    """Have a report made by itself no longer; what was made stays."""
    schedule = _locked(actor, schedule_id)
    schedule.ended_at = now()
    schedule.save(update_fields=["ended_at"])
    return schedule


@command(Action.REPORT_WRITE)
def move_schedule(
    actor: Actor, *, schedule_id: UUID, extract_id: UUID | None, next_due_on: date
) -> ReportSchedule:
    """Note which extract a schedule waits for, or when it is due again."""
    schedule = _locked(actor, schedule_id)
    schedule.extract_id, schedule.next_due_on = extract_id, next_due_on
    schedule.save(update_fields=["extract_id", "next_due_on"])
    return schedule


def _require_name(name: str) -> None:
    problems: dict[str, type_of_message] = {}
    if len(name.strip()) < SHORTEST_NAME:
        problems["name"] = _("Give the template a name.")
    if problems:
        raise Invalid(fields=problems)


def _locked(actor: Actor, schedule_id: UUID) -> ReportSchedule:
    found = visible_schedules(actor).filter(id=schedule_id).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found
