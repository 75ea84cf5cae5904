"""Columns of a frame as arrays for the estimators; what is wrong with one is told by its name."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd
from django.utils.translation import gettext as _

from homeward.evaluation.rules import Spec
from homeward.lib.problems import Invalid

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.object_]

TRUE, FALSE = {"true", "yes", "1", "1.0"}, {"false", "no", "0", "0.0"}


def numbers(frame: pd.DataFrame, column: str) -> Floats:
    """The column as float64, NaN where nothing was answered; Invalid when it holds words."""
    try:
        return np.asarray(pd.to_numeric(frame[column]), dtype=np.float64)
    except (ValueError, TypeError) as words:
        raise _invalid(column, _("The column {name} holds something other than numbers.")) from words


def flags(frame: pd.DataFrame, column: str) -> Bools:
    """The column as true and false (1/0, yes/no); Invalid when anything else, or nothing, stands in it."""
    words = frame[column].map(lambda one: str(one).strip().lower())
    if not set(words.unique()) <= TRUE | FALSE:
        raise _invalid(column, _("The column {name} holds something other than yes or no, 1 or 0."))
    return np.asarray(words.isin(TRUE), dtype=np.bool_)


def labels(frame: pd.DataFrame, column: str) -> Labels:
    """The column as labels of groups; Invalid when one is missing."""
    if frame[column].isna().any():
        raise _invalid(column, _("The column {name} has rows without a value."))
    return np.asarray(frame[column].map(str), dtype=np.object_)


def complete(frame: pd.DataFrame, columns: Iterable[str | None]) -> tuple[pd.DataFrame, float]:
    """The rows that miss nothing in these columns, and the share of all rows that they are."""
    wanted = [one for one in dict.fromkeys(columns) if one]
    kept = frame.dropna(subset=wanted) if wanted else frame
    return kept, len(kept) / len(frame) if len(frame) else float("nan")


def matrix(frame: pd.DataFrame, columns: Iterable[str]) -> tuple[Floats, tuple[str, ...]]:
    """Covariates as (n, k) and their k names: numbers as they are, words as indicators less the first."""
    parts: list[Floats] = []
    names: list[str] = []
    for column in columns:
        if pd.api.types.is_numeric_dtype(frame[column]) or pd.api.types.is_bool_dtype(frame[column]):
            parts.append(numbers(frame, column))
            names.append(column)
            continue
        given = labels(frame, column)
        for level in sorted(set(given))[1:]:
            parts.append((given == level).astype(np.float64))
            names.append(f"{column}={level}")
    made = np.column_stack(parts) if parts else np.empty((len(frame), 0))
    return made.astype(np.float64), tuple(names)


def weights(frame: pd.DataFrame, spec: Spec) -> Floats:
    """The design's weights, or ones; Invalid when one is missing or below nought."""
    if not spec.design.weight:
        return np.ones(len(frame))
    given = numbers(frame, spec.design.weight)
    if not np.all(np.isfinite(given)) or np.any(given < 0):
        raise _invalid(spec.design.weight, _("The column {name} holds weights that are missing or negative."))
    return given


def number_option(spec: Spec, name: str, default: float) -> float:
    """An option that is a number; Invalid when it is given and is none."""
    given = spec.options.get(name, default)
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise _invalid(name, _("The option {name} is a number."))
    return float(given)


def _invalid(name: str, words: str) -> Invalid:
    said = words.format(name=name)
    return Invalid(said, fields={name: said})
