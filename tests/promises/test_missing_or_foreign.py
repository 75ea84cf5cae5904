"""An organisation with no part in a case cannot tell it from one that is not there, not even by the clock."""

from hashlib import sha256
from time import perf_counter

import pytest

from homeward.access.roles import Role
from homeward.lib.identifiers import new_id
from tests.cast import ELSEWHERE
from tests.programs import program_of
from tests.promises.bounds import figure

PAIRS = 1_000
AS_GOOD_AS_GUESSING = 0.55

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.drill]


def timed(program, case_id):
    began = perf_counter()
    response = program.get(f"/cases/{case_id}")
    return perf_counter() - began, response.status_code, response.content


def chance_of_telling(ones, others):
    """How often somebody who bets on the slower of two answers is right (the area under the ROC curve)."""
    ranked = sorted([(seconds, 1) for seconds in ones] + [(seconds, 0) for seconds in others])
    ranks = sum(rank for rank, (_, is_one) in enumerate(ranked, 1) if is_one)
    return (ranks - len(ones) * (len(ones) + 1) / 2) / (len(ones) * len(others))


def test_a_case_of_others_answers_as_one_that_is_not_there_to_the_byte_and_the_millisecond(sami, settings):
    settings.API_CALLS_A_MINUTE = 1_000_000
    stranger = program_of(Role.CASE_MANAGER, ELSEWHERE)
    mixed = sorted(range(2 * PAIRS), key=lambda number: sha256(str(number).encode()).digest())
    asked = [sami.id if number % 2 else new_id() for number in mixed]
    for case_id in asked[:20]:
        timed(stranger, case_id)
    answers = [(case_id == sami.id, *timed(stranger, case_id)) for case_id in asked]
    assert len({(status, content) for _, _, status, content in answers}) == 1
    foreign = [seconds for is_foreign, seconds, _, _ in answers if is_foreign]
    missing = [seconds for is_foreign, seconds, _, _ in answers if not is_foreign]
    chance = chance_of_telling(foreign, missing)
    figure("A3", f"a foreign case told from a missing one by the clock with a chance of {chance:.3f}")
    assert abs(chance - 0.5) <= AS_GOOD_AS_GUESSING - 0.5
