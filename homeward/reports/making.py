"""Making a report that was asked for: gathered, composed, written in every kind of file, then frozen.

Imported by the worker and the command line only: it loads the engine and all writers.
"""

import logging
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

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
from homeward.reports.writing.pdf import require_font

log = logging.getLogger(__name__)
CODE = (
    "homeward.reports",
    "homeward.estimators",
    "homeward.indicators",
    "homeward.privacy.releases",
    "homeward.evaluation.wording",
)
ENDS = ("py", "typ", "json")


def make(actor: Actor, *, report_id: UUID) -> Report:
    """Make one report; what goes wrong is noted on it, and nothing half-made is left."""
    system = system_actor(actor.organisation_id)
    report = begin_report(system, report_id=report_id)
    try:
        return _made(system, report)
    except WrongState:  # withdrawn meanwhile, or another worker was quicker
        with acting_as(system):
            return get_report(system, report.id)
    except Problem as problem:
        unsafe = isinstance(problem, REFUSALS)
        with override(report.language):
            return fail_report(system, report_id=report.id, trouble=str(problem), is_unsafe=unsafe)
    except Exception:
        log.exception("A report could not be made")
        with override(report.language):
            return fail_report(system, report_id=report.id, trouble=_("It is in the log of the worker."))


def _made(actor: Actor, report: Report) -> Report:
    require_font(report.language)  # what cannot be written is not in the log of what left
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
    """Hash of what counts, hides, words and writes: another one may mean another report."""
    made = sha256()
    for package in CODE:
        root = Path(str(files(package)))
        for path in sorted(one for end in ENDS for one in root.rglob(f"*.{end}") if "tests" not in one.parts):
            name = f"{package}/{path.relative_to(root)}"
            made.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()[:16]
