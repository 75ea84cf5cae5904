"""Fixtures for tests that drive a real Chromium against the real server."""

import os
import shutil
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, sync_playwright

# Playwright keeps an event loop running; Django refuses the database beside one unless told.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Visitor:
    """Somebody at a browser: opens pages by their path, looks and clicks."""

    page: Page
    address: str

    def open(self, path: str) -> Page:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status < 400, f"{path} answered {answer.status}"
        return self.page

    def violations(self) -> list[str]:
        """What axe holds against the page as it stands, each with the first element concerned."""
        found = Axe().run(self.page, options={"runOnly": WCAG}).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]

    def overflows(self) -> bool:
        """True when the page has to be scrolled sideways."""
        root = "document.documentElement"
        return bool(self.page.evaluate(f"{root}.scrollWidth > {root}.clientWidth + 1"))


@pytest.fixture(scope="session")
def chromium():
    """The machine's own Chromium; `make test` has seen to it that there is one."""
    path = os.environ.get("HOMEWARD_TEST_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "No Chromium was found. `make test` installs it or says how."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, live_server, client_of):
    """`visit(nora, language="ar", size=PHONE)` is Nora at a browser, signed in."""
    contexts: list[BrowserContext] = []

    def visitor(actor=None, *, language="en", size=DESKTOP, scheme="light"):
        context = chromium.new_context(viewport=size, locale=language, color_scheme=scheme)
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if actor:
            cookies[settings.SESSION_COOKIE_NAME] = client_of(actor).session.session_key
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        return Visitor(page, live_server.url)

    yield visitor
    for context in contexts:
        context.close()
