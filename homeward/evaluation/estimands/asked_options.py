"""Options of a spec beyond its columns: one of some words, a list of numbers, a column."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

from django.utils.translation import gettext as _

from homeward.evaluation.rules import Spec
from homeward.evaluation.specs import require_known
from homeward.lib.problems import Invalid

if TYPE_CHECKING:
    import pandas as pd


def one_of(spec: Spec, name: str, known: Iterable[str], default: str) -> str:
    """An option that is one of these words; Invalid names the nearest."""
    given = str(spec.options.get(name, default))
    require_known(given, known, name)
    return given


def number_list(spec: Spec, name: str, default: Iterable[float]) -> list[float]:
    """An option that is a number or a list of numbers."""
    given = spec.options.get(name, list(default))
    listed = given if isinstance(given, list | tuple) else [given]
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in listed):
        _refuse(name, _("The option {name} is a list of numbers."))
    return [float(one) for one in listed if isinstance(one, int | float)]


def word_list(spec: Spec, name: str, default: Iterable[str]) -> list[str]:
    """An option that is a word or a list of words."""
    given = spec.options.get(name) or list(default)
    if isinstance(given, str):
        return [given]
    if not isinstance(given, list | tuple):
        _refuse(name, _("The option {name} is a list."))
    return [str(one) for one in given]


def column_option(spec: Spec, name: str, frame: "pd.DataFrame") -> str | None:
    """An option that names a column, or None where it is not given; Invalid where there is no such column."""
    given = spec.options.get(name)
    if given is None:
        return None
    require_known(str(given), [str(one) for one in frame.columns], _("column"))
    return str(given)


def needed(spec: Spec, name: str) -> float:
    """An option that is a number and has to be there."""
    given = spec.options.get(name)
    if isinstance(given, bool) or not isinstance(given, int | float):
        _refuse(name, _("The option {name} is needed, as a number."))
    return float(given)


def require_one(spec: Spec, *names: str) -> None:
    """Invalid where the spec has none of these fields."""
    if any(getattr(spec, name, None) or spec.options.get(name) for name in names):
        return
    words = _("The estimand {estimand} needs the field {names}.")
    raise Invalid(
        words.format(estimand=spec.estimand, names=" / ".join(names)),
        fields={name: _("This is needed.") for name in names},
    )


def _refuse(name: str, words: str) -> NoReturn:
    said = words.format(name=name)
    raise Invalid(said, fields={name: said})
