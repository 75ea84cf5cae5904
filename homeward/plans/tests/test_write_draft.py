from dataclasses import replace

import pytest

from homeward.access.acting import acting_as
from homeward.lib.identifiers import new_id
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused
from homeward.plans.commands import write_draft
from homeward.plans.commands.rewriting import GoalWritten, LineWritten
from homeward.plans.problems import NotADraft
from homeward.plans.queries import content_of
from homeward.plans.rules import Dimension
from homeward.plans.tests.drafts import SHOP, drafted, proposed
from tests.cast import nora, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")
ROOF = LineWritten(replace(SHOP, what="Roof"))


def write(version, *lines, actor=nora, **given):
    goal = GoalWritten("A shop of my own", Dimension.ECONOMIC, "", lines)
    given = {"expected_revision": version.revision, **given}
    return write_draft(actor, version_id=version.id, goals=[goal], **given)


def test_who_approves_plans_and_a_stranger_write_nothing():
    version = drafted()
    with pytest.raises(Refused):
        write(version, ROOF, actor=vera)
    with pytest.raises(NotFound):
        write(version, ROOF, actor=stranger)


def test_only_the_draft_that_was_read_is_written():
    with pytest.raises(EditConflict):
        write(drafted(), ROOF, expected_revision=1)


def test_what_is_proposed_is_not_written_over():
    with pytest.raises(NotADraft):
        write(proposed(), ROOF)


def test_a_line_keeps_its_id_and_a_line_of_no_plan_has_none():
    version = drafted()
    with acting_as(nora):
        (line,) = content_of(version).lines()
    with pytest.raises(Invalid):
        write(version, LineWritten(SHOP, new_id()))
    with pytest.raises(Invalid):
        write(version, replace(ROOF, details=replace(SHOP, depends_on_id=new_id())))
    waits = LineWritten(replace(SHOP, what="Sign", depends_on_id=line.line_id))
    version = write(version, LineWritten(SHOP, line.line_id), waits)
    with acting_as(nora):
        kept, sign = content_of(version).lines()
    assert (kept, sign.details.depends_on_id) == (line, line.line_id)
