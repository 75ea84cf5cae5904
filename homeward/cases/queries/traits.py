"""The coarse traits of a case, as an extract names them, for who compares."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from homeward.access.actor import Actor
from homeward.cases.gate_rules import ProfileFlag
from homeward.cases.queries.cases import get_listing, hidden_categories
from homeward.cases.queries.gates import flags_of_case
from homeward.sharing.rules import Category

if TYPE_CHECKING:
    from homeward.cases.models import Case

F = ProfileFlag
# In the order of the extract: the first that applies is the one that counts.
SEALED_GROUPS = (
    ("trafficking", {F.VICTIM_OF_TRAFFICKING}),
    ("unaccompanied_child", {F.UNACCOMPANIED_CHILD, F.SEPARATED_CHILD}),
    ("violence", {F.SURVIVOR_OF_VIOLENCE}),
    ("health", {F.HEALTH_NEED, F.MENTAL_HEALTH_CONCERN, F.CAPACITY_DOUBT}),
)
GROUPS = (
    ("single_parent", {F.SINGLE_PARENT}),
    ("older_person", {F.OLDER_PERSON}),
    ("disability", {F.DISABILITY}),
)


@dataclass(frozen=True)
class Traits:
    """What of a case may be compared; None where it is not known, or not shown to the organisation."""

    origin: str | None
    place: str | None
    programme: str | None
    basis: str | None
    sex: str | None
    age: int | None
    group: str | None
    sealed_group: str | None


def traits_of(actor: Actor, case: "Case") -> Traits:
    """The traits of a case that `get_case` gave the actor."""
    born = get_listing(actor, case.id).birth_year
    shows_flags = Category.VULNERABILITY not in hidden_categories(actor, case.id)
    flags = flags_of_case(actor, case.id) if shows_flags else frozenset()
    return Traits(
        origin=case.return_country or None,
        place=case.return_place.strip() or None,
        programme=case.programme.code if case.programme else None,
        basis=case.return_type,
        sex=case.person.sex,
        age=(case.applied_on or case.opened_on).year - born if born else None,
        group=_first(GROUPS, flags) if shows_flags else None,
        sealed_group=_first(SEALED_GROUPS, flags) if shows_flags else None,
    )


def _first(groups: tuple[tuple[str, set[ProfileFlag]], ...], flags: frozenset[ProfileFlag]) -> str:
    return next((name for name, wanted in groups if wanted & flags), "none")
