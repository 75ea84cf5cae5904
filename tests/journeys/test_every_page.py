"""Every page of the access matrix, as somebody who may open it: reads without fault, fits a phone.

`make thorough` looks at each in three languages, `make test` in one of them, a third of the pages in each.
"""

import re

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.cases.commands import open_in_emergency
from homeward.cases.queries import CaseFilters, listed_cases
from homeward.casework.commands import decide_eligibility
from homeward.casework.tests.test_eligibility import START, STRICT, applied
from homeward.exchange.queries import held_of, problem_groups
from homeward.exchange.tests.imports import brought, saved
from homeward.reports.tests.made import a_frozen_report, every_block
from homeward.web.outcomes.tests.test_picture import scored
from tests.access.pages import ROWS
from tests.access.test_pages import by_name
from tests.access.world import World
from tests.browser import PHONE
from tests.cast import ACTORS, frida, ines, jonas, nora, rosa, tarek
from tests.thorough import some

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LANGUAGES = ("en", "fr", "ar")
RECORD = re.compile(r"[0-9a-f-]{36}")
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


@pytest.fixture
def visit(visit_within):
    return visit_within


def somebody_let_in(row):
    """The first of the cast whom the page answers, or None when it answers nobody."""
    said = by_name(row)
    return next((name for name in ACTORS if said.get(name, said.get("others")) == 200), None)


NO_PAGES = (
    "health",
    "consent_receipt_json",
    "form_workbook",
    "scoring_workbook",
    "figure",
    "report_file",
)  # not read as pages
PAGES = [row for row in ROWS if row.method == "get" and somebody_let_in(row) and row.name not in NO_PAGES]


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_it_has_no_accessibility_fault_and_fits_a_phone(row, visit, cast):
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


def test_scores_with_and_without_a_number_read_as_well(visit, sami):
    scored(sami)
    look_at(visit, nora, reverse("case_outcomes", args=[sami.id]))


@pytest.mark.parametrize("name", ["import_columns", "import"])
def test_a_list_that_was_brought_in_reads_as_well(name, visit, cast):
    given = brought(nora)
    if name == "import":
        saved(nora, given)
    look_at(visit, nora, reverse(name, args=[given.id]))


def test_pages_about_what_the_matrix_does_not_make_read_as_well(visit, sami):
    opened = open_in_emergency(tarek, reference=sami.reference, reason="His brother threatens him now")
    look_at(visit, ines, reverse("emergency_review", args=[opened.id]))
    look_at(visit, rosa, reverse("case_assign", args=[sami.id]))


def test_what_a_list_told_and_asks_reads_as_well(visit, cast):
    given = brought(nora)
    with acting_as(nora):
        key = next(group.key for group in problem_groups(nora, given))
    look_at(visit, nora, reverse("import_problem", args=[given.id, key]))
    saved(nora, given)
    with acting_as(nora):
        rows = listed_cases(nora, CaseFilters(), localdate())
        case_id = next(row.case_id for row in rows if row.latin_name == "Amina Demo")
        kept = held_of(nora, case_id)[0]
    look_at(visit, nora, reverse("case_held_open", args=[case_id, kept.id]))


def test_a_report_that_says_something_reads_as_well(visit, cast):
    report = a_frozen_report(blocks=every_block())
    look_at(visit, rosa, reverse("report", args=[report.id]))


def test_rules_in_words_and_gates_of_services_read_as_well(visit, cast):
    terms = STRICT | {"packages": [START | {"gates": ["continuity_of_care"]}]}
    application = applied(terms=terms)
    decision = decide_eligibility(jonas, case_id=application.case_id)
    look_at(visit, jonas, reverse("ask_override", args=[application.case_id, decision.id]))
    look_at(visit, jonas, reverse("case_gates", args=[application.case_id]))


@pytest.mark.parametrize("width", [1280, 1024, 390, 360])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_of_those_who_do_most_fits_and_opens(visit, cast, language, width):
    visitor = visit(rosa, language=language)
    page = visitor.open(reverse("budgets"))
    page.set_viewport_size({"width": width, "height": 900})
    page.locator("nav details > summary").first.click()
    current = page.locator("nav details a[aria-current=page]")
    assert current.get_attribute("href") == reverse("budgets")
    box = current.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert visitor.violations(within="nav") == []  # what lies under an open menu is half covered
    assert visitor.overflows() == []


def look_at(visit, actor, path):
    """Open the page, ask axe, and make the window as narrow as a phone."""
    faults = {}
    for language in some(LANGUAGES, RECORD.sub("", path)):
        visitor = visit(actor, language=language)
        page = visitor.open(path)
        faults[language] = [*direction_faults(page, language), *visitor.violations()]
        page.set_viewport_size(PHONE)
        faults[language] += ["wider than a phone: " + one for one in visitor.overflows()]
        visitor.leave()
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
