"""An enforcement body in a real Chromium: joining, signing in, its projection and nothing else."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from homeward.access.actor import system_actor
from homeward.firewall.commands import make_account
from tests import enforcement
from tests.browser import AXE_FAULTS, AXE_OPTIONS, DESKTOP, PHONE
from tests.promises.test_firewall import NEED, tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EMAIL = "agent@border.example"


@pytest.fixture
def body(cast):
    return enforcement.a_body()


@pytest.fixture
def face(scratch, transactional_db, tmp_path):
    with enforcement.served(scratch, tmp_path / "enforcement.log") as address:
        yield address


def faults(page):
    page.evaluate(AXE_SCRIPT)
    return page.evaluate(AXE_FAULTS, ["html", AXE_OPTIONS])


def send(page, **answers):
    for box, value in answers.items():
        page.fill(f"#id_{box}", value)
    page.click("main form button")


@pytest.mark.parametrize(
    ("language", "size", "heading"),
    [("en", DESKTOP, "Notices of travel"), ("fr", PHONE, "Avis de voyage"), ("ar", DESKTOP, "إشعارات السفر")],
)
def test_somebody_at_a_border_post_joins_signs_in_and_sees_their_notices_only(
    face, sami, body, chromium, language, size, heading
):
    told = tell(sami, enforcement.in_force(body))
    invited = make_account(system_actor(body.id), name="Agent Sample", email=EMAIL)
    context = chromium.new_context(viewport=size, locale=language)
    page = context.new_page()
    page.goto(f"{face}/invitation/{invited.secret}")
    officer = enforcement.Officer(face)
    officer.secret = page.locator("bdi.ref").inner_text()
    assert faults(page) == []
    send(page, password=enforcement.PASSWORD, code=officer.code())
    assert faults(page) == []
    send(page, email=EMAIL, password=enforcement.PASSWORD, code=officer.code())
    page.wait_for_url(f"{face}/notices")
    assert faults(page) == []
    shown = page.locator("body").inner_text()
    assert heading in shown
    assert told.notice.pseudonym in shown
    assert NEED in shown
    for secret in ("Sami", "Example", sami.reference, str(sami.id)):
        assert secret not in page.content()
    links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    assert set(links) <= {"#main"}, "nothing else can be reached from here"
    page.goto(f"{face}/cases/{sami.id}/")
    assert faults(page) == []
    assert "Sami" not in page.content()
    context.close()
