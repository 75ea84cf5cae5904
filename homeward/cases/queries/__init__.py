"""Reading cases: what an actor may see, lists, search, one case with its timeline and shares."""

from homeward.cases.queries.cases import (
    case_for_edit,
    cases_in_file,
    get_case,
    get_listing,
    has_emergency_access,
    visible_cases,
)
from homeward.cases.queries.listings import (
    CaseFilters,
    Page,
    listed_cases,
    listings_of_people,
    page_of_listings,
    saved_views,
    search_cases,
)
from homeward.cases.queries.timeline import (
    emergencies_to_review,
    expected_arrivals,
    shares_of,
    timeline_of,
)

__all__ = [
    "CaseFilters",
    "Page",
    "case_for_edit",
    "cases_in_file",
    "emergencies_to_review",
    "expected_arrivals",
    "get_case",
    "get_listing",
    "has_emergency_access",
    "listed_cases",
    "listings_of_people",
    "page_of_listings",
    "saved_views",
    "search_cases",
    "shares_of",
    "timeline_of",
    "visible_cases",
]
