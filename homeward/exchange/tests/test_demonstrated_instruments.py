"""The demonstration asks with every instrument that comes along."""

import pytest

from homeward.access.acting import acting_as
from homeward.exchange.demonstration.instruments import tell_instruments
from homeward.surveys.library import shipped_names
from homeward.surveys.queries import published_forms
from tests.cast import nora


@pytest.mark.usefixtures("cast")
def test_every_one_is_published_once():
    tell_instruments()
    tell_instruments()
    with acting_as(nora):
        assert [one.number for one in published_forms(nora)] == [1] * len(shipped_names())
