"""One case, if it is the actor's to see."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import now

from homeward.access.actor import Actor, Reach
from homeward.cases.models import Case, EmergencyAccess, Listing, Remark
from homeward.cases.rules import EventKind, Scope
from homeward.lib.problems import EditConflict, NotFound
from homeward.privacy.queries import not_found
from homeward.sharing.rules import Category

# What the summary of a case says by category, each told only where it is shared.
REMARKS = (Category.PLAN, Category.PROTECTION)


def within_reach(reach: Reach) -> Q:
    """The listings that an actor limited to an office or a team works with."""
    within = Q()
    if reach.office_id:
        within &= Q(office_id=reach.office_id)
    if reach.team_id:
        within &= Q(team_id=reach.team_id)
    return within


def own_listings(actor: Actor) -> QuerySet[Listing]:
    """Live listings of the actor's organisation, within the actor's reach."""
    live = Q(until=None) | Q(until__gt=now())
    return Listing.objects.filter(live, within_reach(actor.reach), organisation_id=actor.organisation_id)


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Cases whose record the actor may read, including those opened in an emergency."""
    listed = own_listings(actor).exclude(scope=Scope.ARRIVAL).filter(case=OuterRef("pk"))
    seen = Exists(listed) | Exists(_emergencies(actor).filter(case=OuterRef("pk")))
    return Case.objects.filter(seen)


def get_case(actor: Actor, case_id: UUID) -> Case:
    """The case with its person, or NotFound, whether it is missing or not the actor's to know of."""
    people = ("person", "lead_organisation", "lead_user")
    related = (*people, "file", "programme", "programme_version__programme")
    told = {f"told_{one}": _words(one) for one in REMARKS}
    found = visible_cases(actor).filter(id=case_id).select_related(*related).annotate(**told).first()
    if found is None:
        raise not_found(actor, case_id)
    found.remarks_told = {one: words for one in REMARKS if (words := getattr(found, f"told_{one}"))}
    return found


def _words(category: Category) -> Subquery:
    """What the summary says of one category, if the database shows it to who asks."""
    return Subquery(Remark.objects.filter(case=OuterRef("pk"), category=category).values("words")[:1])


def require_case(actor: Actor, case_id: UUID) -> None:
    """Raise NotFound unless the actor may read the case; for those who need nothing of its record."""
    if not visible_cases(actor).filter(id=case_id).exists():
        raise NotFound


def case_for_edit(actor: Actor, case_id: UUID, expected_version: int | None = None) -> Case:
    """The case locked for change; EditConflict when somebody saved it after the version the actor read."""
    found = visible_cases(actor).filter(id=case_id).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    if expected_version is not None and found.version != expected_version:
        raise EditConflict
    return found


def get_listing(actor: Actor, case_id: UUID) -> Listing:
    """The organisation's own listing of a case the actor may see."""
    found = Listing.objects.filter(organisation_id=actor.organisation_id, case_id=case_id).first()
    if found is None:
        raise NotFound
    return found


def hidden_categories(actor: Actor, case_id: UUID) -> frozenset[Category]:
    """What of a case the actor may see is kept from their organisation; the lead sees everything."""
    shown = get_listing(actor, case_id).categories
    return frozenset() if shown is None else frozenset(Category) - {Category(one) for one in shown}


def hidden_of_person(actor: Actor, person_id: UUID) -> frozenset[Category]:
    """What of a person no case shared with the actor's organisation shows it; nothing when it has none."""
    found = Listing.objects.filter(organisation_id=actor.organisation_id, person_id=person_id)
    shown = [set(Category if one is None else one) for one in found.values_list("categories", flat=True)]
    return frozenset(Category) - set().union(*shown) if shown else frozenset()


def cases_in_file(actor: Actor, file_id: UUID) -> QuerySet[Case]:
    """The cases applying together, as far as the actor may see them."""
    in_file = visible_cases(actor).filter(file_id=file_id)
    return in_file.select_related("person").order_by("opened_on", "id")


def cases_by_file_number(actor: Actor, numbers: Collection[str]) -> list[Case]:
    """Cases of the actor's own files that bear one of these numbers of a partner, with their people."""
    own = visible_cases(actor).filter(
        file__organisation_id=actor.organisation_id, file__partner_reference__in=numbers
    )
    return list(own.select_related("person", "file"))


def has_emergency_access(actor: Actor, case_id: UUID) -> bool:
    """True while the actor holds emergency access to the case."""
    return _emergencies(actor).filter(case_id=case_id).exists()


def emergency_until(actor: Actor, case_id: UUID) -> datetime | None:
    """When the actor's emergency access to a case beyond their reach ends, or None when they need none."""
    if own_listings(actor).filter(case_id=case_id).exists():
        return None
    longest = _emergencies(actor).filter(case_id=case_id).order_by("-until").first()
    return longest.until if longest else None


def lead_since(case: Case) -> date:
    """Since when the person who leads the case does so."""
    changed = case.events.filter(kind=EventKind.LEAD_CHANGED).order_by("-on").first()
    return changed.on if changed else case.opened_on


def _emergencies(actor: Actor) -> QuerySet[EmergencyAccess]:
    return EmergencyAccess.objects.filter(
        organisation_id=actor.organisation_id, user_id=actor.user_id, until__gt=now()
    )
