"""How fast casework is: first page of the list, search by part of a name, opening a case, saving a note.

Runs the production server (two workers) on the database of HOMEWARD_VAR_DIR, row-level security on, and asks
it over HTTP as signed-in members. Prints a table in Markdown: p50 and p95 in milliseconds, failures, memory.
"""

import argparse
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.config.settings")

HOST, PORT = "127.0.0.1", 8765
CSRF = "b" * 32
HEADERS = {"Host": "localhost"}


@dataclass
class Member:
    """A signed-in browser: its cookies, what it may open, and its own connection per thread."""

    name: str
    cookies: str
    case_ids: list[str]
    parts_of_names: list[str]
    visible: int
    own: threading.local = field(default_factory=threading.local)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes, str]:
        connection = getattr(self.own, "connection", None)
        # The server ends connections that are idle for some seconds.
        if connection is None or time.perf_counter() - self.own.used > 2:
            connection = self.own.connection = http.client.HTTPConnection(HOST, PORT, timeout=30)
        self.own.used = time.perf_counter()
        headers = {**HEADERS, "Cookie": self.cookies, "Referer": f"http://localhost:{PORT}/"}
        body = urlencode({**form, "csrfmiddlewaretoken": CSRF}) if form is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("Location", "")

    def open_list(self) -> bool:
        return self.ask("GET", "/cases/?view=all&order=newest")[0] == 200

    def search(self) -> bool:
        status, _, where = self.ask("POST", "/cases/find", {"text": random.choice(self.parts_of_names)})
        return status == 302 and self.ask("GET", where)[0] == 200

    def open_case(self) -> bool:
        return self.ask("GET", f"/cases/{random.choice(self.case_ids)}/")[0] == 200

    def save_note(self) -> bool:
        path = f"/cases/{random.choice(self.case_ids)}/notes/new"
        note = {"kind": "note", "visibility": "organisation", "text": "Came to the office; all well."}
        note |= dict(zip(("on_day", "on_month", "on_year"), time.strftime("%d %m %Y").split(), strict=True))
        return self.ask("POST", path, note)[0] == 302


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--users", type=int, nargs="+", default=[1, 16])
    given = parser.parse_args()
    random.seed(1)
    members = sign_in(max(given.users))
    server = start_server()
    try:
        print("| who sees | act | users | p50 ms | p95 ms | failures |\n|---|---|---|---|---|---|")
        for member in members:
            for act in (Member.open_list, Member.search, Member.open_case, Member.save_note):
                if act is Member.save_note and member.name != "case manager":
                    continue
                for users in given.users:
                    measure(member, act, users, given.requests)
        print(f"\nServer memory, all processes together: {memory(server.pid)} MiB")
    finally:
        server.terminate()
        server.wait(20)
    return 0


def measure(member: Member, act: Callable[[Member], bool], users: int, requests: int) -> None:
    """Ask `requests` times, by as many threads as there are users, after a warm-up."""
    for _ in range(5):
        act(member)
    times: list[float] = []
    failures = 0

    def once(_: int) -> None:
        nonlocal failures
        started = time.perf_counter()
        if not act(member):
            failures += 1
        times.append((time.perf_counter() - started) * 1000)

    with ThreadPoolExecutor(users) as pool:
        list(pool.map(once, range(requests)))
    cuts = statistics.quantiles(times, n=20)
    who = f"{member.name}, {member.visible:,} cases"
    print(f"| {who} | {act.__name__} | {users} | {cuts[9]:.0f} | {cuts[18]:.0f} | {failures} |", flush=True)


def sign_in(users: int) -> list[Member]:
    """Sessions for the busiest case manager and for the national desk, made in the database."""
    from homeward.config.environment import ensure_database, use_embedded_when_unset

    use_embedded_when_unset()
    ensure_database()
    import django

    django.setup()
    return [
        member("case manager", "Nora Sample", "Return Partners Demo"),
        member("national desk", "Vera Demo", "Nordholm Return Office"),
    ]


def member(name: str, person: str, organisation: str) -> Member:
    from django.test import Client
    from django.utils.timezone import now

    from homeward.access.acting import acting_alone, acting_as
    from homeward.cases.queries import CaseFilters, listed_cases
    from homeward.organisations.models import User
    from homeward.organisations.queries import actor_for, memberships_of

    user = User.objects.get(name=person)
    with acting_alone(user.id):
        hat = next(one for one in memberships_of(user.id) if one.organisation.name == organisation)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["membership_id"], session["second_factor"] = str(hat.id), True
    session.save()
    actor = actor_for(hat)
    with acting_as(actor):
        listed = listed_cases(actor, CaseFilters(), now().date())
        visible = listed.count()
        rows = list(listed.order_by("-updated_at").values_list("case_id", "latin_name")[:2000:7])
    parts = sorted({part for _, full in rows for part in re.findall(r"\b\w{5,7}", full)})
    cookies = f"sessionid={session.session_key}; csrftoken={CSRF}"
    return Member(name, cookies, [str(case_id) for case_id, _ in rows], parts, visible)


def start_server() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "homeward.config.cli", "serve", "--port", str(PORT), "--workers", "2"]
    server = subprocess.Popen(command, env={**os.environ, "HOMEWARD_HOSTS": "localhost 127.0.0.1"})
    for _ in range(200):
        time.sleep(0.2)
        try:
            connection = http.client.HTTPConnection(HOST, PORT, timeout=2)
            connection.request("GET", "/health", headers=HEADERS)
            if connection.getresponse().status == 200:
                return server
        except OSError:
            continue
    raise SystemExit("The server did not start.")


def memory(pid: int) -> int:
    """Proportional memory of a process and its children, in MiB (Linux)."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    total = 0
    for one in [str(pid), *listed.stdout.split()]:
        with open(f"/proc/{one}/smaps_rollup") as rollup:
            total += next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return total // 1024


if __name__ == "__main__":
    sys.exit(main())
