"""What the page of a sample shows."""

from typing import TYPE_CHECKING, Any

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.followup.sampling.progress import GroupProgress, Rates
from homeward.followup.sampling.queries import Picture, people_of, picture_of
from homeward.followup.sampling.rules import Ended, ReplaceWhen, SampleState, may_replace
from homeward.programmes.queries import known_programmes
from homeward.web.case_words import RETURN_TYPES
from homeward.web.followup.words import round_name
from homeward.web.people.words import SEXES
from homeward.web.samples.forms import DoubleForm
from homeward.web.samples.words import (
    AIMS,
    ALLOCATIONS,
    DESIGNS,
    ENDED,
    REPLACE_WHEN,
    STATES,
    TOLD_APART,
    group_name,
    in_percent,
    percent,
)

if TYPE_CHECKING:
    from homeward.followup.models import Sample

MOST = 200
SHOWN = (Ended.REFUSAL, Ended.NON_CONTACT, Ended.OTHER, Ended.NOT_IN_FRAME, Ended.NOT_TRIED)


def page_of(actor: Actor, sample: "Sample") -> dict[str, Any]:
    """Everything of one sample, in words."""
    is_drawn = sample.state == SampleState.DRAWN
    found: dict[str, Any] = {
        "sample": sample,
        "round": round_name(sample.round),
        "state": STATES[sample.state],
        "design": DESIGNS[sample.design],
        "by": TOLD_APART[sample.by],
        "allocation": ALLOCATIONS[sample.allocation],
        "replace_when": REPLACE_WHEN[sample.replace_when],
        "aim": AIMS.get(sample.asked.get("aim", ""), ""),
        "asked": in_percent(sample.asked),
        "rule": list(_rule(actor, sample)),
        "is_drawn": is_drawn,
        "may_visit": actor.may(Action.VISIT_VIEW),
        "may_plan": actor.may(Action.SAMPLE_PLAN),
    }
    if not is_drawn:
        return found
    picture = picture_of(actor, sample)
    return {**found, **_drawn(sample, picture), "double_form": DoubleForm() if _may_double(sample) else None}


def _rule(actor: Actor, sample: "Sample") -> Any:
    rule = sample.rule
    if rule.get("programme_id"):
        wanted = known_programmes(actor).filter(id=rule["programme_id"]).values_list("name", flat=True)
        yield from wanted
    yield from rule.get("places", ())
    yield from (str(SEXES.get(one, one)) for one in rule.get("sexes", ()))
    yield from (str(RETURN_TYPES.get(one, one)) for one in rule.get("return_types", ()))


def _may_double(sample: "Sample") -> bool:
    return not sample.of_id and not hasattr(sample, "double")


def _drawn(sample: "Sample", picture: Picture) -> dict[str, Any]:
    members = [
        {
            "member": one,
            "group": group_name(sample.by, one.group),
            "ended": ENDED[one.ended],
            "weight": picture.weights[one.id],
            "is_replaced": one.id in picture.replaced,
            "may_replace": not sample.of_id
            and one.id not in picture.replaced
            and may_replace(ReplaceWhen(sample.replace_when), one.ended, one.attempts, sample.replace_after),
        }
        for one in picture.members[:MOST]
    ]
    return {
        "groups": [_group(sample, one) for one in picture.groups],
        "rates": _rates(picture.rates),
        "evenness": None if picture.rates.evenness is None else round(picture.rates.evenness, 2),
        "next": [(one, group_name(sample.by, one.member.group), percent(one.gain)) for one in picture.next],
        "members": members,
        "has_more": len(picture.members) > MOST,
        "count": len(picture.members),
        "people": sum(people_of(sample).values()),
        "gone": picture.gone,
        "ended_heads": [ENDED[one] for one in SHOWN],
    }


def _group(sample: "Sample", one: GroupProgress) -> dict[str, Any]:
    return {
        "name": group_name(sample.by, one.name),
        "people": one.people,
        "asked": one.asked,
        "interviews": one.interviews,
        "share": percent(one.interviews / one.belonging) if one.belonging else None,
        "parts": [(ENDED[part], one.ended.get(part, 0)) for part in SHOWN],
    }


def _rates(rates: Rates) -> dict[str, int | None]:
    return {name: percent(getattr(rates, name)) for name in ("response", "cooperation", "refusal", "contact")}
