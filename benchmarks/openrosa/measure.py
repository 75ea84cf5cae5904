"""How fast Homeward takes filled forms in, how far it is behind with them, how fast they come out as CSV.

Runs the production server (two workers) and the background worker on the database of HOMEWARD_VAR_DIR, with
durable commits, and sends to it with `load.py`. Prints tables in Markdown.

    HOMEWARD_VAR_DIR=/var/tmp/bench-openrosa .venv/bin/python -m homeward.config.cli demo --cases 20
    HOMEWARD_VAR_DIR=/var/tmp/bench-openrosa .venv/bin/python benchmarks/openrosa/measure.py
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.config.settings")
HOST, PORT = "127.0.0.1", 8767
PHONES = 64
CODE = "openrosa_benchmark"
HERE = Path(__file__).parent
RUNNING: list["subprocess.Popen[bytes]"] = []
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--clients", nargs="+", default=["1", "4", "16"])
    parser.add_argument("--sustained", type=float, default=0, help="seconds of 16 clients, worker at work")
    parser.add_argument("--export", type=int, nargs="*", default=[], help="numbers of forms to bring out")
    parser.add_argument("--workers", default="2")
    given = parser.parse_args()
    set_up()
    credentials = phones()
    RUNNING.extend([start(["serve", "--port", str(PORT), "--workers", given.workers]), start(["worker"])])
    try:
        wait_for_server()
        load(credentials, given.clients, given.seconds)
        if given.sustained:
            load(credentials, ["16"], given.sustained)
        at_work, behind = (memory(one.pid) for one in RUNNING)
        print(f"\nMemory of the server: {at_work} MiB; of the background worker: {behind} MiB")
    finally:
        for one in RUNNING:
            one.terminate()
            one.wait(20)
    for count in given.export:
        export(count)
    return 0


def set_up() -> None:
    from homeward.config.environment import ensure_database, use_embedded_when_unset

    use_embedded_when_unset()
    ensure_database()
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        for name in DURABLE:
            cursor.execute(f"SHOW {name}")
            (value,) = cursor.fetchone()
            print(f"{name} = {value}")
            assert value == "on", "figures without durable commits say nothing"


def phones() -> Path:
    """A form of thirty questions and telephones of one officer; where their credentials stand."""
    from homeward.access.acting import acting_as
    from homeward.access.actor import system_actor
    from homeward.surveys.commands import add_instrument, add_phone, publish_form
    from homeward.surveys.models import Instrument

    officer = nora()
    keeper = system_actor(officer.organisation_id)
    with acting_as(keeper):
        is_there = Instrument.objects.filter(code=CODE).exists()
    if not is_there:
        draft = add_instrument(keeper, file=workbook())
        publish_form(keeper, version_id=draft.id, expected_version=draft.version)
    secrets = [add_phone(officer, name=f"Benchmark {number}").secret for number in range(PHONES)]
    file = Path(tempfile.mkdtemp(prefix="openrosa-")) / "phones.txt"
    file.write_text("".join(f"http://{HOST}:{PORT}/phone phone:{secret}\n" for secret in secrets))
    return file


def nora() -> "Actor":  # noqa: F821
    from homeward.access.acting import acting_alone
    from homeward.organisations.models import User
    from homeward.organisations.queries import actor_for, memberships_of

    user = User.objects.get(name="Nora Sample")
    with acting_alone(user.id):
        return next(actor_for(hat) for hat in memberships_of(user.id))


def workbook() -> "FormFile":  # noqa: F821
    import io

    from openpyxl import Workbook

    from homeward.surveys.forms.making import FormFile

    book = Workbook()
    survey, settings = book.active, book.create_sheet("settings")
    survey.title = "survey"
    survey.append(["type", "name", "label"])
    for number in range(1, 31):
        survey.append(["text", f"q{number}", f"Question {number}"])
    settings.append(["form_id", "form_title", "version"])
    settings.append([CODE, "Benchmark", "1"])
    out = io.BytesIO()
    book.save(out)
    return FormFile(f"{CODE}.xlsx", out.getvalue())


def load(credentials: Path, clients: list[str], seconds: float) -> None:
    """Send, then look whether every accepted form is there, once, and how long its scoring was behind."""
    before, used, told = kept(), cpu_seconds(), credentials.with_name("figures.json")
    command = [sys.executable, HERE / "load.py", "--credentials", credentials, "--form-id", CODE]
    command += ["--clients", *clients, "--seconds", str(seconds), "--json", told]
    subprocess.run([str(word) for word in command], check=True)
    accepted = [number for one in json.loads(told.read_text()) for number in one["numbers"]]
    spent = cpu_seconds() - used
    new = kept() - before
    lost, doubled = len(missing(accepted)), new - len(set(accepted))
    print(f"\naccepted {len(accepted)}, kept {new}, lost {lost}, doubled {doubled}")
    each = spent / max(len(accepted), 1) * 1000
    print(f"processor time of server, worker and database for each: {each:.1f} ms")
    print(f"jobs done {drained():.1f} s after the last was accepted")


def kept() -> int:
    from homeward.access.acting import acting_as
    from homeward.surveys.models import Submission

    with acting_as(nora()):
        return Submission.objects.filter(form__instrument__code=CODE).count()


def missing(accepted: list[str]) -> set[str]:
    from homeward.access.acting import acting_as
    from homeward.surveys.models import Submission

    with acting_as(nora()):
        return set(accepted) - set(Submission.objects.values_list("instance_id", flat=True).iterator())


def drained() -> float:
    from django.db import connection

    began = time.perf_counter()
    while time.perf_counter() - began < 120:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
            if cursor.fetchone() == (0,):
                break
        time.sleep(0.1)
    return time.perf_counter() - began


def cpu_seconds() -> float:
    """Processor time of the server, the worker and the database so far, with all processes beneath them."""
    from homeward.config.postgres import server
    from homeward.config.postgres.cluster import main_cluster

    roots = [one.pid for one in RUNNING] + [server.process_of(main_cluster())]
    return sum(map(spent_by, filter(None, roots)))


def spent_by(pid: int) -> float:
    """A process, those it had, and those it has."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return own + sum(spent_by(one) for one in children(pid))


def children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(one) for one in listed.stdout.split() if Path(f"/proc/{one}").exists()]


def start(words: list[str]) -> "subprocess.Popen[bytes]":
    environment = {
        **os.environ,
        "HOMEWARD_HOSTS": "localhost 127.0.0.1",
        "HOMEWARD_PHONE_CALLS_A_MINUTE": "1000000",
    }
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "homeward.config.cli", *words], env=environment
    )


def wait_for_server() -> None:
    for _ in range(600):
        time.sleep(0.2)
        try:
            connection = http.client.HTTPConnection(HOST, PORT, timeout=2)
            connection.request("GET", "/health", headers={"Host": "localhost"})
            if connection.getresponse().status == 200:
                return
        except OSError:
            continue
    raise SystemExit("The server did not start.")


def memory(pid: int) -> int:
    """Proportional memory of a process and all beneath it, in MiB (Linux)."""
    own = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kilobytes = next(int(line.split()[1]) for line in own.splitlines() if line.startswith("Pss:"))
    return kilobytes // 1024 + sum(map(memory, children(pid)))


def export(count: int) -> None:
    """So many forms, copied from one that was received, as CSV: first byte, last byte, memory."""
    import resource

    from django.db import connection

    from homeward.access.acting import acting_as
    from homeward.surveys.exporting import lines_of
    from homeward.surveys.models import Submission
    from homeward.surveys.queries import questions_of

    officer = nora()
    with acting_as(officer), connection.cursor() as cursor:
        there = Submission.objects.filter(form__instrument__code=CODE)
        one = there.exclude(answers={}).select_related("form").first()
        cursor.execute(COPIES, [count - there.count(), one.id])
        questions = questions_of(one.form)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, first, size, lines = time.perf_counter(), 0.0, 0, 0
    for number, piece in enumerate(lines_of(officer, one.form_id, questions)):
        if number == 1:
            first = time.perf_counter() - began
        size += len(piece)
        lines += piece.count(b"\n")
    lasted = time.perf_counter() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(
        f"CSV of {lines - 1:,} forms: first rows after {first:.2f} s, all after {lasted:.2f} s, "
        f"{size / 1e6:.1f} MB, memory grown by {grown} MiB"
    )


SAME = (
    "organisation_id, form_id, received_at, received_by_id, device, body, sha256, size_bytes, answers, "
    "state, expected_files, troubles, deprecated_id"
)
COPIES = f"""
INSERT INTO surveys_submission (id, instance_id, {SAME})
SELECT gen_random_uuid(), 'copy:' || gen_random_uuid(), {SAME}
FROM surveys_submission, generate_series(1, greatest(%s, 0)) WHERE id = %s
"""


if __name__ == "__main__":
    sys.exit(main())
