"""Two people press save at the same moment, in real transactions of their own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from homeward.exchange.commands import save_import
from homeward.exchange.jobs import save_ready_rows
from homeward.exchange.tests.imports import brought, counts
from homeward.lib.problems import WrongState
from tests.cast import lina_as_case_manager, nora

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run each act in a thread with a database connection of its own; return what each came to."""

    def run(act):
        try:
            return act()
        except WrongState as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.slow
def test_one_list_saved_by_two_is_saved_once(cast, past_policies):
    given = brought(nora)
    said = at_once(
        lambda: save_import(nora, import_id=given.id),
        lambda: save_import(lina_as_case_manager, import_id=given.id),
    )
    assert sum(isinstance(one, WrongState) for one in said) == 1
    at_once(lambda: save_ready_rows(nora, given.id), lambda: save_ready_rows(nora, given.id))
    assert len(past_policies("SELECT id FROM cases_case")) == 2


@pytest.mark.slow
def test_one_file_brought_in_twice_and_saved_at_once_makes_each_person_once(cast, past_policies):
    first, second = brought(nora), brought(lina_as_case_manager)
    save_import(nora, import_id=first.id)
    save_import(lina_as_case_manager, import_id=second.id)
    at_once(lambda: save_ready_rows(nora, first.id), lambda: save_ready_rows(lina_as_case_manager, second.id))
    assert len(past_policies("SELECT id FROM cases_case")) == 2
    assert sorted(counts(nora, one).saved for one in (first, second)) == [0, 2]
