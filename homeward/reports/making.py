"""Making a report that was asked for: gathered, composed, written in every kind of file, then frozen.

Imported by the worker and the command line only: it loads the engine and all writers.
"""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from uuid import UUID

from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.lib.problems import Problem, WrongState
from homeward.reports.commands import begin_report, fail_report, finish_report, note_report_progress
from homeward.reports.composing import compose
from homeward.reports.documents import as_json
from homeward.reports.gathering import gather
from homeward.reports.models import Report
from homeward.reports.queries import get_report
from homeward.reports.safety import REFUSALS
from homeward.reports.writing.every import files_of


def make(actor: Actor, *, report_id: UUID) -> Report:
    """Make one report; what goes wrong is noted on it, and nothing half-made is left."""
    system = system_actor(actor.organisation_id)
    report = begin_report(system, report_id=report_id)
    try:
        return _made(system, report)
    except WrongState:  # withdrawn meanwhile
        with acting_as(system):
            return get_report(system, report.id)
    except Problem as problem:
        unsafe = isinstance(problem, REFUSALS)
        return fail_report(system, report_id=report.id, trouble=str(problem), is_unsafe=unsafe)


def _made(actor: Actor, report: Report) -> Report:
    with acting_as(actor):
        sources = gather(actor, report)
    made_at, version = now(), code_version()

    def done(sections: int) -> None:
        note_report_progress(actor, report_id=report.id, sections_done=sections)

    document = compose(sources, made_at, version, done)
    return finish_report(
        actor,
        report_id=report.id,
        content=as_json(document),
        files=files_of(document, made_at),
        code_version=version,
        release_id=sources.safety.release_id,
    )


@cache
def code_version() -> str:
    """Hash of what counts, hides and writes: another one may mean another report."""
    root = Path(str(files("homeward.reports")))
    made = sha256()
    for path in sorted(
        one for end in ("py", "typ") for one in root.rglob(f"*.{end}") if "tests" not in one.parts
    ):
        made.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()[:16]
