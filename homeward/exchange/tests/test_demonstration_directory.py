from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.exchange.demonstration.directory import tell_directory
from homeward.services.queries import ServiceFilters, found_services, stale_services, visible_services
from tests.cast import mira, nora

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def test_the_demonstration_has_sixty_services_some_old_some_full_some_restricted(cast):
    tell_directory(TODAY)
    tell_directory(TODAY)
    with acting_as(nora):
        every = visible_services(nora)
        assert every.count() >= 60
        assert every.filter(is_restricted=True).count() == 5
        assert every.filter(rooms__available=0).exists()
        assert 5 < stale_services(nora, TODAY).count() < 30
        assert found_services(nora, ServiceFilters(need="shelter", place="Saltfield")).count() == 2
    with acting_as(mira):
        assert not visible_services(mira).filter(is_restricted=True).exists()
