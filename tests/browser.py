"""Fixtures for tests that drive a real Chromium against the real server."""

import os
import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client
from playwright.sync_api import Page, sync_playwright

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
NOWHERE = "http://testserver"  # where no server is
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OPTIONS = {"runOnly": WCAG, "reporter": "no-passes", "preload": False}
AXE_FAULTS = """([within, options]) => axe.run(within, options).then(found =>
  found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`))"""

TOO_WIDE = """() => {
  const root = document.documentElement, width = root.clientWidth;
  if (root.scrollWidth <= width + 1) return [];
  const outside = element => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.right > width + 1 || box.left < -1);
  };
  const found = [...document.querySelectorAll("body *")].filter(outside);
  return [`${root.scrollWidth} px`, ...found.slice(0, 3).map(one => one.outerHTML.slice(0, 120))];
}"""


@dataclass
class Visitor:
    """Somebody at a browser: opens pages by their path, looks and clicks."""

    page: Page
    address: str
    leave: Callable[[], None]  # before the test is over, for whoever comes next

    def open(self, path: str) -> Page:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status < 400, f"{path} answered {answer.status}"
        return self.page

    def violations(self, within: str = "html") -> list[str]:
        """What axe holds against the page as it stands, each with the first element concerned."""
        self.page.evaluate(AXE_SCRIPT)
        faults: list[str] = self.page.evaluate(AXE_FAULTS, [within, AXE_OPTIONS])
        return faults

    def overflows(self) -> list[str]:
        """What makes the page need scrolling sideways; nothing when it fits."""
        found: list[str] = self.page.evaluate(TOO_WIDE)
        return found


@pytest.fixture(scope="session")
def chromium():
    """The machine's own Chromium; `make test` has seen to it that there is one."""
    path = os.environ.get("HOMEWARD_TEST_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "No Chromium was found. `make test` installs it or says how."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows():
    """Open windows that no test uses at the moment, by how they were made: new ones start slowly."""
    return defaultdict(list)


@pytest.fixture
def window(chromium, windows):
    """`window("ar", PHONE)` is an open window of Chromium that nobody else uses."""
    in_use = {}

    def one(language, size=DESKTOP, scheme="light"):
        kind = (language, size["width"], scheme)
        page = windows[kind].pop() if windows[kind] else new_window(chromium, language, size, scheme)
        in_use[page] = kind
        page.set_viewport_size(size)
        return page, lambda: leave(page)

    def leave(page):
        for opened in page.context.pages:
            if opened is not page:
                opened.close()
        page.unroute_all()
        page.context.clear_cookies()
        windows[in_use.pop(page)].append(page)

    yield one
    for page in list(in_use):
        leave(page)


@pytest.fixture
def visit(window, live_server, client_of):
    """`visit(nora, language="ar", size=PHONE)` is Nora at a browser, signed in."""

    def visitor(actor=None, *, language="en", size=DESKTOP, scheme="light"):
        page, leave = window(language, size, scheme)
        page.context.add_cookies(cookies_of(actor and client_of(actor), language, live_server.url))
        return Visitor(page, live_server.url, leave)

    return visitor


@pytest.fixture
def visit_within(window, client_of):
    """Like `visit`, for looking only: what Chromium asks for is answered inside the test's own transaction.

    There is no server, nothing is committed, and no window keeps a cookie that an answer sets.
    """

    def visitor(actor=None, *, language="en", size=DESKTOP, scheme="light"):
        page, leave = window(language, size, scheme)
        page.context.add_cookies(cookies_of(actor and client_of(actor), language, NOWHERE))
        page.route("**/*", partial(answer_within, connection))
        return Visitor(page, NOWHERE, leave)

    connection = connections[DEFAULT_DB_ALIAS]
    return visitor


def cookies_of(client, language, address):
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if client:
        cookies[settings.SESSION_COOKIE_NAME] = client.session.session_key
    return [{"name": name, "value": value, "url": address} for name, value in cookies.items()]


def answer_within(connection, route):
    """Answer what a window asks for: files from where they lie, all else from Django on this connection."""
    asked = urlsplit(route.request.url)
    if asked.path.startswith(settings.STATIC_URL):
        route.fulfill(path=finders.find(asked.path.removeprefix(settings.STATIC_URL)))
        return
    connections[DEFAULT_DB_ALIAS] = connection  # Playwright's loop would be given one of its own
    client = Client()
    for cookie in route.request.frame.page.context.cookies(NOWHERE):
        client.cookies[cookie["name"]] = cookie["value"]
    answer = client.get(f"{asked.path}?{asked.query}", follow=True)  # Chromium would ask elsewhere
    route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.getvalue())


def new_window(chromium, language, size, scheme):
    page = chromium.new_context(viewport=size, locale=language, color_scheme=scheme).new_page()
    page.set_default_timeout(10_000)
    return page
