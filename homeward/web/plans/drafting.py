"""Beginning a plan, writing its goals and activities, leaving them out, amending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.journey_rules import Act
from homeward.plans import commands, queries
from homeward.web.journey.contact import OnDayForm
from homeward.web.journey.pages import CaseForm, CasePage, case_page, long_text
from homeward.web.plans.forms import ActivityForm, DraftForm, GoalForm, draft_of
from homeward.web.plans.reading import version_seen

if TYPE_CHECKING:
    from homeward.cases.models import Case


class AmendForm(CaseForm):
    reason = forms.CharField(
        label=_("Why the plan changes"),
        help_text=_("The person and those who approve read it. It stays with the new version."),
        max_length=2000,
        widget=long_text(3),
    )


def _goal(form: CaseForm) -> GoalForm:
    assert isinstance(form, GoalForm)  # noqa: S101
    return form


def _activity(form: CaseForm) -> ActivityForm:
    assert isinstance(form, ActivityForm)  # noqa: S101
    return form


def _draft(form: CaseForm) -> dict[str, Any]:
    assert isinstance(form, DraftForm)  # noqa: S101
    return form.written_to()


def _add_goal(form: CaseForm) -> object:
    return commands.add_goal(form.actor, **_draft(form), **_goal(form).goal())


def _change_goal(form: CaseForm, goal_id: UUID) -> object:
    return commands.change_goal(form.actor, **_draft(form), goal_id=goal_id, **_goal(form).goal())


def _add_activity(form: CaseForm, goal_id: UUID) -> object:
    details = _activity(form).details()
    return commands.add_activity(form.actor, **_draft(form), goal_id=goal_id, details=details)


def _change_activity(form: CaseForm, activity_id: UUID) -> object:
    details = _activity(form).details()
    return commands.change_activity(form.actor, **_draft(form), activity_id=activity_id, details=details)


def _beside(actor: Actor, case: Case, given: Mapping[str, UUID]) -> Mapping[str, object]:
    """What the writer of an activity looks at meanwhile: the goal, and the entitlement that is left."""
    version = draft_of(actor, case)
    seen = version_seen(actor, version)
    goal_id = given.get("goal_id")
    if goal_id is None:
        goal_id = queries.get_activity(actor, version, given["activity_id"]).goal_id
    goal = next(one.goal for one in seen.goals if one.goal.id == goal_id)
    return {"seen": seen, "goal": goal}


def _about_goal(actor: Actor, case: Case, given: Mapping[str, UUID]) -> Mapping[str, object]:
    goal = queries.get_goal(actor, draft_of(actor, case), given["goal_id"])
    return {"removed": goal.own_words}


def _about_activity(actor: Actor, case: Case, given: Mapping[str, UUID]) -> Mapping[str, object]:
    activity = queries.get_activity(actor, draft_of(actor, case), given["activity_id"])
    return {"removed": activity.what}


begin = case_page(
    CasePage(
        heading=_("Begin the plan"),
        lead=_("The plan is the person’s. Begin with what they want, before or after the journey."),
        save=_("Begin the plan"),
        done=_("The plan is begun. Write down the first goal."),
        verb=Action.PLAN_DRAFT,
        act=Act.BEGIN_PLANNING,
        form=OnDayForm,
        run=lambda form: commands.begin_plan(form.actor, **form.told()),
        back="plan",
    )
)
add_goal = case_page(
    CasePage(
        heading=_("Add a goal"),
        save=_("Save the goal"),
        done=_("The goal is saved. Say what is done for it."),
        verb=Action.PLAN_DRAFT,
        form=GoalForm,
        run=_add_goal,
        back="plan",
    )
)
change_goal = case_page(
    CasePage(
        heading=_("Change the goal"),
        save=_("Save the goal"),
        done=_("The goal is saved."),
        verb=Action.PLAN_DRAFT,
        form=GoalForm,
        run=_change_goal,
        back="plan",
    )
)
remove_goal = case_page(
    CasePage(
        heading=_("Leave out this goal"),
        lead=_("Its activities are left out too. Earlier versions keep theirs."),
        save=_("Leave it out"),
        done=_("The goal is left out."),
        verb=Action.PLAN_DRAFT,
        form=DraftForm,
        run=lambda form, goal_id: commands.remove_goal(form.actor, **_draft(form), goal_id=goal_id),
        before="plans/removed.html",
        context=_about_goal,
        back="plan",
    )
)
add_activity = case_page(
    CasePage(
        heading=_("Add an activity"),
        save=_("Save the activity"),
        done=_("The activity is saved."),
        verb=Action.PLAN_DRAFT,
        form=ActivityForm,
        run=_add_activity,
        context=_beside,
        template="plans/activity.html",
        back="plan",
    )
)
change_activity = case_page(
    CasePage(
        heading=_("Change the activity"),
        save=_("Save the activity"),
        done=_("The activity is saved."),
        verb=Action.PLAN_DRAFT,
        form=ActivityForm,
        run=_change_activity,
        context=_beside,
        template="plans/activity.html",
        back="plan",
    )
)
remove_activity = case_page(
    CasePage(
        heading=_("Leave out this activity"),
        save=_("Leave it out"),
        done=_("The activity is left out."),
        verb=Action.PLAN_DRAFT,
        form=DraftForm,
        run=lambda form, activity_id: commands.remove_activity(
            form.actor, **_draft(form), activity_id=activity_id
        ),
        before="plans/removed.html",
        context=_about_activity,
        back="plan",
    )
)
amend = case_page(
    CasePage(
        heading=_("Amend the plan"),
        lead=_("A new version begins as a copy. The agreed one stays in force until the person agrees anew."),
        save=_("Begin the new version"),
        done=_("A new version is begun."),
        verb=Action.PLAN_DRAFT,
        form=AmendForm,
        run=lambda form: commands.amend_plan(form.actor, **form.told()),
        back="plan",
    )
)
