"""What is missing is refused with its name and number, and never becomes a zero."""

import numpy as np
import pytest

from homeward.estimators.arrays import codes, numbers, table, truths
from homeward.estimators.refusals import CannotEstimate


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: numbers([1.0, np.nan], "score"), "missing_values"),
        (lambda: numbers([[1.0]], "score"), "wrong_shape"),
        (lambda: numbers([1.0, 2.0], "score", size=3), "wrong_shape"),
        (lambda: table([[1.0, np.inf]], "covariates"), "missing_values"),
        (lambda: truths([0, 2], "assisted"), "not_yes_or_no"),
        (lambda: codes(np.array(["a", None], dtype=object), "group"), "missing_values"),
    ],
)
def test_arrays_that_no_estimator_takes(call, reason):
    with pytest.raises(CannotEstimate) as refused:
        call()
    assert refused.value.reason == reason
    assert str(refused.value).startswith(reason)


def test_labels_become_codes():
    found, labels = codes(np.array(["b", "a", "b"]), "group")
    assert found.tolist() == [1, 0, 1]
    assert labels.tolist() == ["a", "b"]
    assert truths([1, 0], "assisted").tolist() == [True, False]
    assert table([1, 2], "x").shape == (2, 1)
