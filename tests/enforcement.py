"""An enforcement body with a protocol, an account of its own, and its process as a real server."""

import html
import http.cookiejar
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from datetime import timedelta

from django.utils.timezone import localdate

from homeward.access.actor import system_actor
from homeward.config.cli.enforcement import ENFORCEMENT
from homeward.config.cli.serve import server_command
from homeward.config.postgres.passwords import local_secrets
from homeward.enforcement.factor import code_at
from homeward.firewall.commands import approve_protocol, make_account, propose_protocol
from homeward.lib.identifiers import new_id
from homeward.organisations.commands import create_enforcement_body
from tests.cast import ines, rosa

PASSWORD = "harbour lantern umbrella"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
KEPT = re.compile(r'name="kept" value="([^"]+)"')
KEY = re.compile(r"\b[A-Z2-7]{32}\b")


def a_body(name="Border Post Demo"):
    return create_enforcement_body(system_actor(new_id()), name=name, country="XN")


def in_force(body, proposer=rosa, approver=ines, days=30):
    """A protocol between the proposer's organisation and this body."""
    today = localdate()
    proposed = propose_protocol(
        proposer,
        body_id=body.id,
        legal_basis="Demo Border Act, section 5",
        purpose="Travel documents checked before departure",
        starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=days),
    )
    return approve_protocol(approver, protocol_id=proposed.id)


def login_url(scratch):
    return scratch.cluster.url("homeward_enforcement", local_secrets()["ENFORCEMENT_PASSWORD"], scratch.name)


@contextmanager
def served(scratch, log):
    """The process as it is run, with its own login and secret and nothing else of ours; where it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HOMEWARD_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "homeward.config.enforcement_settings",
        "HOMEWARD_ENFORCEMENT_DATABASE_URL": login_url(scratch),
        "HOMEWARD_ENFORCEMENT_SECRET_KEY": local_secrets()["HOMEWARD_ENFORCEMENT_SECRET_KEY"],
    }
    command = server_command("127.0.0.1", port, 1, ENFORCEMENT)
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)  # noqa: S603
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(15)


def wait_for(address):
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/health", timeout=5).close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("The enforcement process does not answer.")


class Officer:
    """Somebody at an enforcement body, with a browser of their own."""

    def __init__(self, address):
        self.address, self.secret = address, ""
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path):
        return self.ask(urllib.request.Request(self.address + path))

    def post(self, path, page="/", **given):
        _, shown = self.get(page)
        given["csrfmiddlewaretoken"] = (TOKEN.findall(shown) or [""])[0]
        return self.ask(urllib.request.Request(self.address + path, urllib.parse.urlencode(given).encode()))

    def ask(self, request):
        request.add_header("Referer", self.address + "/")
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, html.unescape(answer.read().decode(errors="replace"))
        except urllib.error.HTTPError as refused:
            return refused.code, html.unescape(refused.read().decode(errors="replace"))

    def join(self, invitation):
        """Take an invitation up, as far as the next sign-in."""
        page = f"/invitation/{invitation}"
        _, shown = self.get(page)
        self.secret = KEY.search(shown)[0]
        return self.post(page, page, kept=KEPT.search(shown)[1], password=PASSWORD, code=self.code())

    def code(self, ahead=0):
        return code_at(self.secret, int(time.time()) // 30 + ahead)

    def sign_in(self, email, password=PASSWORD, code=None):
        return self.post("/", email=email, password=password, code=code or self.code())


def an_officer(body, address, email="agent@border.example"):
    """Invited, joined and signed in."""
    invited = make_account(system_actor(body.id), name="Agent Sample", email=email)
    officer = Officer(address)
    officer.join(invited.secret)
    status, page = officer.sign_in(email)
    assert status == 200, page
    assert "Notices of travel" in page
    return officer
