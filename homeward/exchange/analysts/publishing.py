"""Tables of counts that are published: hidden enough, logged among the releases, then written."""

import shutil
from datetime import datetime
from pathlib import Path
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.exchange.analysts.counting import RESULTS, RETURNS, counted
from homeward.exchange.analysts.making import Made
from homeward.exchange.analysts.problems import NothingToShow
from homeward.exchange.analysts.results import Publisher, write_results
from homeward.exchange.analysts.returns import write_returns
from homeward.exchange.analysts.rules import SUFFIX, AnalystAudience, AnalystFormat
from homeward.exchange.models import AnalystFile
from homeward.extracts.files import digest_of
from homeward.extracts.queries import Frames
from homeward.organisations.queries import own_organisation
from homeward.privacy.releases.commands import release_tables
from homeward.privacy.releases.rules import INSIDE, PUBLIC

SUBJECT = "cases"
SECONDS = 60.0
SHAPES = {AnalystFormat.EUROSTAT: RETURNS, AnalystFormat.IATI: RESULTS}


def publish(actor: Actor, file: AnalystFile, frames: Frames, into: Path, *, at: datetime) -> Made:
    """Count, release, and write what may be shown; NothingToShow where no count may."""
    form = AnalystFormat(file.format)
    tables = counted(frames.files, SHAPES[form])
    if not tables:
        raise NothingToShow
    released = release_tables(
        actor,
        tables=tables,
        audience=PUBLIC if file.audience == AnalystAudience.OUTSIDE else INSIDE,
        subject=SUBJECT,
        extract_id=UUID(str(file.extract_id)),
        why=file.why,
        kind=form.value,
        recipient=file.receiver,
        made_from={"file": str(file.id)},
        seconds=SECONDS,
    )
    if not any(count is not None for cells in released.tables.values() for count in cells.values()):
        raise NothingToShow
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(mode=0o700, parents=True)
    target = into / f"{'returns' if form is AnalystFormat.EUROSTAT else 'results'}.{SUFFIX[form]}"
    if form is AnalystFormat.EUROSTAT:
        rows = write_returns(tables, released.tables, target)
    else:
        with acting_as(actor):
            publisher = Publisher(file.reporting_org, own_organisation(actor).name)
        rows = write_results(tables, released.tables, publisher, target, at=at)
    target.chmod(0o600)
    return Made(target, rows, digest_of(target), target.stat().st_size)
