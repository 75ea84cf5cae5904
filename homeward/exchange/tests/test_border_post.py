from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.cases.queries import visible_cases
from homeward.exchange.demonstration.border_post import BORDER_POST, NECESSITY, TOLD, tell_border_post
from homeward.exchange.demonstration.loading import load_country
from homeward.firewall.queries import notices_of_case
from tests.cast import nora


def test_the_demonstration_has_one_body_that_was_told_of_two_journeys(cast):
    load_country(200, seed=7, today=localdate())
    tell_border_post(localdate())
    with acting_as(nora):
        told = [one for case in visible_cases(nora) for one in notices_of_case(nora, case.id)]
    assert {one.notice.body_id for one in told} == {BORDER_POST.id}
    assert [one.notice.necessity for one in told] == [NECESSITY] * len(TOLD)
