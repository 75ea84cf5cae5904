"""Reading cases: what an actor may see, lists, search, one case with its timeline and shares."""

from homeward.cases.queries.cases import (
    case_for_edit,
    cases_by_file_number,
    cases_in_file,
    emergency_until,
    get_case,
    get_listing,
    has_emergency_access,
    lead_since,
    visible_cases,
)
from homeward.cases.queries.listings import (
    CaseFilters,
    ListedCases,
    Page,
    count_up_to,
    listed_cases,
    listings_of_people,
    page_of_listings,
    saved_views,
    search_cases,
)
from homeward.cases.queries.timeline import (
    emergencies_to_review,
    expected_arrivals,
    get_share,
    shares_of,
    timeline_of,
)

__all__ = [
    "CaseFilters",
    "ListedCases",
    "Page",
    "case_for_edit",
    "cases_by_file_number",
    "cases_in_file",
    "count_up_to",
    "emergencies_to_review",
    "emergency_until",
    "expected_arrivals",
    "get_case",
    "get_listing",
    "get_share",
    "has_emergency_access",
    "lead_since",
    "listed_cases",
    "listings_of_people",
    "page_of_listings",
    "saved_views",
    "search_cases",
    "shares_of",
    "timeline_of",
    "visible_cases",
]
