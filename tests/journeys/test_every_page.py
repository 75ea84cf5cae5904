"""Every page of the access matrix, as somebody who may open it: reads in three languages, fits a phone."""

import pytest
from django.urls import reverse

from homeward.exchange.tests.imports import brought, saved
from tests.access.pages import ROWS
from tests.access.test_pages import by_name
from tests.access.world import World
from tests.browser import PHONE
from tests.cast import ACTORS, frida, nora

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = ("en", "fr", "ar")
# Of these the access matrix asks only about a case that does not exist.
CASE_PAGES = (
    "case",
    "case_edit",
    "case_next_step",
    "case_share",
    "case_end_share",
    "offer_case",
    "ask_former_partner",
    "ask_former_lead",
)
EVERYTHING = ("document_id", "contact_id", "note_id", "appointment_id", "scan_id", "application_id")


def somebody_let_in(row):
    """The first of the cast whom the page answers, or None when it answers nobody."""
    said = by_name(row)
    return next((name for name in ACTORS if said.get(name, said.get("others")) == 200), None)


PAGES = [row for row in ROWS if row.method == "get" and somebody_let_in(row) and row.name != "health"]


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_it_has_no_accessibility_fault_in_any_language_and_fits_a_phone(row, visit, cast):
    path = reverse(row.name, kwargs=dict(row.kwargs()))
    look_at(visit, ACTORS[somebody_let_in(row)], path)


@pytest.mark.parametrize("name", CASE_PAGES)
def test_a_case_with_one_of_everything_reads_as_well(name, visit, sami):
    world = World(sami)
    for made in EVERYTHING:
        getattr(world, made)
    wanted = {"case_id": sami.id, "share_id": world.share_id}
    kwargs = {key: wanted[key] for key in ("case_id", *(["share_id"] if name == "case_end_share" else []))}
    look_at(visit, nora, reverse(name, kwargs=kwargs))


def test_money_in_every_state_reads_as_well(visit, sami):
    """Its page, and the desk of who pays it."""
    world = World(sami)
    for made in ("entry_id", "proof_id", "instalment_id", "intent_id"):
        getattr(world, made)
    look_at(visit, nora, reverse("case_money", args=[sami.id]))
    for name in ("desk", "reconciliation", "budgets"):
        look_at(visit, frida, reverse(name))


@pytest.mark.parametrize("name", ["import_columns", "import"])
def test_a_list_that_was_brought_in_reads_as_well(name, visit, cast):
    given = brought(nora)
    if name == "import":
        saved(nora, given)
    look_at(visit, nora, reverse(name, args=[given.id]))


def look_at(visit, actor, path):
    """Open the page in each language, ask axe, and make the window as narrow as a phone."""
    faults = {}
    for language in LANGUAGES:
        visitor = visit(actor, language=language)
        page = visitor.open(path)
        faults[language] = [*direction_faults(page, language), *visitor.violations()]
        page.set_viewport_size(PHONE)
        faults[language] += ["wider than a phone: " + one for one in visitor.overflows()]
    assert not any(faults.values()), faults


def direction_faults(page, language):
    if "/print" in page.url:  # the person's own page is in their language, whoever prints it
        return []
    expected = (language, "rtl" if language == "ar" else "ltr")
    found = (page.get_attribute("html", "lang"), page.get_attribute("html", "dir"))
    return [] if found == expected else [f"lang and dir are {found}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_component_page_has_no_accessibility_fault_in_either_scheme(visit, cast, scheme):
    visitor = visit(language="ar", scheme=scheme)
    visitor.open(reverse("components"))
    assert visitor.violations() == []
