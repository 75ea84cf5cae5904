"""Two people of one organisation ask for rows of the same extract at the same moment."""

from concurrent.futures import ThreadPoolExecutor, TimeoutError

import pytest
from django.db import connections, transaction

from homeward.exchange.analysts.commands import ask_file
from homeward.exchange.analysts.problems import OtherRowsLeft
from homeward.exchange.analysts.rules import AnalystAudience, AnalystFormat
from homeward.exchange.analysts.tests.made_up import ready_extract
from homeward.extracts.tests.asked import evaluator

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cast")]
OUT = {
    "format": AnalystFormat.CSV,
    "why": "The yearly evaluation",
    "audience": AnalystAudience.OUTSIDE,
    "receiver": "University of Northford",
}
A_MOMENT = 0.5  # seconds, in which somebody who need not wait has asked


def test_rows_with_other_columns_are_not_asked_for_at_the_same_moment():
    extract = ready_extract()

    def another():
        try:
            return ask_file(evaluator, extract_id=extract.id, columns=["sex", "programme"], **OUT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            ask_file(evaluator, extract_id=extract.id, columns=["sex", "age_band"], **OUT)
            asking = threads.submit(another)
            with pytest.raises(TimeoutError):
                asking.result(A_MOMENT)
        with pytest.raises(OtherRowsLeft):
            asking.result(20)
