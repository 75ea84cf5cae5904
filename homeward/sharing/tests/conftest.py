"""Here nothing is agreed beforehand: each test agrees what it needs."""

import pytest


@pytest.fixture
def cast(cast_without_agreements):
    """The cast, without the agreement that other tests stand on."""
