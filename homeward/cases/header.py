"""The header of a case, and the first listing by which a new case may be written."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases.models import Case, Listing, Remark
from homeward.cases.rules import ReturnType, Scope, Stage
from homeward.codelists.countries import is_country
from homeward.lib.problems import Invalid
from homeward.sharing.rules import Category

# Kept as rows of their own: they are told only where their category is shared.
REMARKS = {"take_care": Category.PROTECTION, "promised": Category.PLAN}


@dataclass(frozen=True)
class CaseDetails:
    """The header of a case: where from, where to, how, and what a colleague must know to take over."""

    host_country: str = ""
    transit_countries: Sequence[str] = ()
    return_country: str = ""
    return_place: str = ""
    return_type: ReturnType = ReturnType.UNKNOWN
    how_heard: str = ""
    own_words: str = ""
    promised: str = ""
    take_care: str = ""


def check_details(details: CaseDetails) -> None:
    """Raise Invalid, naming the fields, unless every country is one."""
    wrong = {
        name: _("Choose a country from the list.")
        for name, codes in (
            ("host_country", [details.host_country]),
            ("return_country", [details.return_country]),
            ("transit_countries", details.transit_countries),
        )
        if not all(is_country(code) for code in codes if code)
    }
    if wrong:
        raise Invalid(fields=wrong)


def apply_details(case: Case, details: CaseDetails) -> None:
    """Put the header on a case that is not saved yet; its remarks are kept once it is."""
    for name, value in asdict(details).items():
        if name not in REMARKS:
            setattr(case, name, list(value) if name == "transit_countries" else value)


def remarks_in(case: Case, details: CaseDetails) -> list[Remark]:
    """What the header says in words that go by a category, as rows."""
    said = {category: getattr(details, name) for name, category in REMARKS.items()}
    return [Remark(case=case, category=category, words=words) for category, words in said.items() if words]


def keep_remarks(case: Case, details: CaseDetails, *, hidden: Collection[Category] = ()) -> None:
    """Save those words; what is hidden from who writes stays as it is."""
    kept = [one for one in remarks_in(case, details) if one.category not in hidden]
    Remark.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["case", "category"], update_fields=["words"]
    )
    gone = set(REMARKS.values()) - set(hidden) - {one.category for one in kept}
    Remark.objects.filter(case=case, category__in=gone).delete()
    vars(case).pop("remarks_told", None)


def first_listing(actor: Actor, case: Case) -> Listing:
    """The lead's own listing of a new case, bare until it is refreshed."""
    return Listing(
        organisation_id=actor.organisation_id,
        case=case,
        person_id=case.person_id,
        scope=Scope.LEAD,
        reference=case.reference,
        stage=Stage.ENQUIRY,
        stage_since=case.opened_on,
        lead_organisation_id=actor.organisation_id,
        lead_name=actor.name,
        updated_at=now(),
        worker_id=actor.user_id,
        office_id=actor.reach.office_id,
        team_id=actor.reach.team_id,
    )
