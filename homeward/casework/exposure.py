"""Who was exposed to one account between two moments: worked out from the trail, for a breach.

Exact as far as entries name a case, a person or something of theirs. A list is one entry and names nobody:
lists are told apart, with how many people they could show at most.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import remember
from homeward.audit.trail import Acts, acts_of
from homeward.cases.queries import visible_cases
from homeward.cases.queries.cases import own_listings
from homeward.files.queries import visible_files
from homeward.lib.problems import Invalid
from homeward.people.queries.behind import people_behind, people_named

AT_ONCE = 10_000
Key = tuple[UUID | None, UUID | None]  # the person, the case


@dataclass(frozen=True)
class Exposed:
    """One person, or one case no longer shared, that the account came to."""

    person_id: UUID | None
    name: str = field(repr=False)
    native_name: str = field(repr=False)
    case_ids: tuple[UUID, ...]
    references: tuple[str, ...]
    actions: tuple[str, ...]
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Listed:
    """Lists and searches of one kind that the account read; they name nobody."""

    action: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Exposure:
    """Everything one account came to in a window of time."""

    people: tuple[Exposed, ...]
    lists: tuple[Listed, ...]
    listed_at_most: int


def exposed(actor: Actor, *, account_id: UUID, since: datetime, until: datetime) -> Exposure:
    """Whom the account came to from `since` on and before `until`. Asking is itself an entry."""
    actor.require(Action.BREACH_LIST)
    if until <= since:
        raise Invalid(fields={"until": _("The end must come after the beginning.")})
    with acting_as(actor):
        acts = acts_of(account_id, since, until)
        found = _exposure(actor, acts)
        remember(actor, Action.BREACH_LIST, subject_id=account_id, note=f"{len(found.people)} people")
    return found


def _exposure(actor: Actor, acts: Iterable[Acts]) -> Exposure:
    done = [(act.case_id or act.subject_id, act) for act in acts]
    behind = _behind(actor, sorted({named for named, _act in done if named}))
    grouped: defaultdict[Key, list[Acts]] = defaultdict(list)
    lists: list[Acts] = []
    for named, act in done:
        keys = behind.get(named, frozenset()) if named else frozenset()
        if not keys and act.case_id:
            keys = frozenset({(None, act.case_id)})
        for key in keys:
            grouped[key].append(act)
        if not keys:
            lists.append(act)
    told = tuple(sorted((_listed(kind, rows) for kind, rows in _by_action(lists)), key=lambda one: one.first))
    at_most = own_listings(actor).count() if any(one.action == Action.CASE_LIST for one in told) else 0
    return Exposure(_people(actor, grouped), told, at_most)


def _behind(actor: Actor, ids: Sequence[UUID]) -> Mapping[UUID, frozenset[Key]]:
    """The people behind each id: directly, by their case, by a paper or by a file."""
    found: dict[UUID, frozenset[Key]] = {}
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        for case_id, person_id in visible_cases(actor).filter(id__in=part).values_list("id", "person_id"):
            found[case_id] = frozenset({(person_id, case_id)})
        left = [one for one in part if one not in found]
        for one, people in people_behind(actor, left).items():
            found[one] = frozenset((person_id, None) for person_id in people)
        for file in visible_files(actor).filter(id__in=left, subject_id__isnull=False):
            found[file.id] = frozenset({(file.subject_id, file.case_id)})
    return found


def _people(actor: Actor, grouped: Mapping[Key, list[Acts]]) -> tuple[Exposed, ...]:
    by_person: defaultdict[Key, set[UUID]] = defaultdict(set)
    acts: defaultdict[Key, list[Acts]] = defaultdict(list)
    for (person_id, case_id), rows in grouped.items():
        key = (person_id, None) if person_id else (None, case_id)
        acts[key] += rows
        by_person[key] |= {case_id} if case_id else set()
    names = people_named(actor, [person_id for person_id, _case in acts if person_id])
    references = _references(actor, {case_id for cases in by_person.values() for case_id in cases})
    people = [
        _exposed(key, rows, sorted(by_person[key]), names.get(key[0]) if key[0] else None, references)
        for key, rows in acts.items()
    ]
    return tuple(sorted(people, key=lambda one: (one.first, str(one.person_id))))


def _exposed(
    key: Key, acts: list[Acts], case_ids: list[UUID], person: object, references: Mapping[UUID, str]
) -> Exposed:
    return Exposed(
        person_id=key[0],
        name=getattr(person, "name", ""),
        native_name=getattr(person, "native_name", ""),
        case_ids=tuple(case_ids),
        references=tuple(references[one] for one in case_ids if one in references),
        actions=tuple(sorted({act.action for act in acts})),
        times=sum(act.times for act in acts),
        first=min(act.first for act in acts),
        last=max(act.last for act in acts),
    )


def _references(actor: Actor, case_ids: Collection[UUID]) -> Mapping[UUID, str]:
    ids = sorted(case_ids)
    found: dict[UUID, str] = {}
    for start in range(0, len(ids), AT_ONCE):
        part = visible_cases(actor).filter(id__in=ids[start : start + AT_ONCE])
        found.update(part.values_list("id", "reference"))
    return found


def _by_action(lists: Iterable[Acts]) -> Iterable[tuple[str, list[Acts]]]:
    kinds: defaultdict[str, list[Acts]] = defaultdict(list)
    for act in lists:
        kinds[act.action].append(act)
    return kinds.items()


def _listed(action: str, acts: list[Acts]) -> Listed:
    first, last = min(act.first for act in acts), max(act.last for act in acts)
    return Listed(action, sum(act.times for act in acts), first, last)
