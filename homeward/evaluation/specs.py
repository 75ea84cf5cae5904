"""Specs read from JSON and written as JSON: what is wrong is named, with the nearest that is known."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, asdict, fields
from difflib import get_close_matches
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from homeward.evaluation.guardrails import GUARDRAILS
from homeward.evaluation.rules import COLUMN_FIELDS, COLUMNS_FIELDS, Design, Spec
from homeward.lib.problems import Invalid

TEXTS = (*COLUMN_FIELDS, "estimand", "population", "place")
NUMBERS = ("sesoi", "alpha", "horizon_months")
MAPPINGS = ("options", "guardrails")
LONGEST = {"place": 80, "population": 200}
LARGEST = 1e15
UNKEPT = re.compile("[\x00\ud800-\udfff]")  # no database keeps these
LONELY = ("error", "collapse", "centre", "certainty")


def spec_from(given: object) -> Spec:
    """The spec that JSON describes; Invalid names the first thing that is wrong with it.

    Whether there is such an estimand, and whether it has what it needs, says `answering.require_answerable`.
    """
    if not isinstance(given, Mapping):
        raise Invalid(_("A spec is a JSON object."))
    _require_kept(given)
    known = [one.name for one in fields(Spec)]
    for name in given:
        require_known(str(name), known, _("field"))
    if "estimand" not in given:
        raise Invalid(_("A spec names its estimand."), fields={"estimand": _("Name the estimand.")})
    spec = Spec(**{name: _read(name, value) for name, value in given.items()})
    if not 0 < spec.alpha < 1:
        raise Invalid(_("alpha lies between 0 and 1."), fields={"alpha": _("Between 0 and 1.")})
    for name in spec.guardrails:
        require_known(name, GUARDRAILS, _("guardrail"))
    return spec


def as_given(spec: Spec) -> dict[str, object]:
    """The spec as JSON without what is at its default: two specs that ask the same are written the same."""
    written = {}
    for one in fields(Spec):
        value = getattr(spec, one.name)
        default = one.default if one.default is not MISSING else {}
        if value != default:
            written[one.name] = _plain(value)
    return written


def columns_of(spec: Spec) -> list[str]:
    """Every column that the spec names, once each."""
    design = (spec.design.weight, spec.design.strata, spec.design.psu, spec.design.fpc)
    single = [getattr(spec, name) for name in COLUMN_FIELDS]
    many = [one for name in COLUMNS_FIELDS for one in getattr(spec, name)]
    return list(dict.fromkeys(one for one in (*single, *many, *design) if one))


def require_columns(spec: Spec, known: Iterable[str]) -> None:
    """Invalid names the first column that the frame has not got, and the nearest that it has."""
    known = [str(one) for one in known]
    for name in columns_of(spec):
        require_known(name, known, _("column"))


def _read(name: str, value: object) -> Any:
    if name == "design":
        return _design(value)
    if name in COLUMNS_FIELDS:
        return _names(name, value)
    if value is None and name not in MAPPINGS:
        return None
    fits, wanted = _expected(name)
    if not fits(value):
        _wrong(name, wanted)
    if isinstance(value, str) and len(value) > LONGEST.get(name, len(value)):
        words = _("The field {name} is longer than {n} letters.").format(name=name, n=LONGEST[name])
        raise Invalid(words, fields={name: words})
    return value


def _require_kept(value: object) -> None:
    """Invalid where there is, however deep, a text or a number that cannot be written down."""
    if isinstance(value, Mapping):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple):
        for one in value:
            _require_kept(one)
    elif isinstance(value, str) and UNKEPT.search(value):
        raise Invalid(_("A spec holds signs that cannot be written down."))
    elif isinstance(value, int | float) and not -LARGEST < value < LARGEST:
        raise Invalid(_("A spec holds a number that is too large, or none."))


def _expected(name: str) -> tuple[Callable[[object], bool], str]:
    """What a field holds: a test of a value, and its name in words."""
    if name in MAPPINGS:
        return (lambda one: isinstance(one, Mapping)), _("an object")
    if name in TEXTS:
        return (lambda one: isinstance(one, str)), _("a text")
    if name in NUMBERS:
        return (lambda one: isinstance(one, int | float) and not isinstance(one, bool)), _("a number")
    return (lambda one: isinstance(one, bool)), _("true or false")


def _names(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        _wrong(name, _("a list of columns"))
    return tuple(value)


def _design(value: object) -> Design:
    if not isinstance(value, Mapping):
        _wrong("design", _("an object"))
    known = [one.name for one in fields(Design)]
    for name, one in value.items():
        require_known(str(name), known, _("field of the design"))
        if one is not None and not isinstance(one, str):
            _wrong(f"design.{name}", _("a text"))
    design = Design(**{name: one for name, one in value.items() if one is not None})
    require_known(design.lonely, LONELY, _("way with lonely sampling units"))
    return design


def require_known(name: str, known: Iterable[str], what: str) -> None:
    """Invalid says that there is no such thing, and what is nearest to it."""
    known = list(known)
    if name in known:
        return
    near = get_close_matches(name, known, n=1, cutoff=0.4)
    words = _("There is no {what} {name}.").format(what=what, name=name)
    hint = _("Is {near} meant?").format(near=near[0]) if near else _("Known: {names}.")
    raise Invalid(words + " " + hint.replace("{names}", ", ".join(sorted(known)[:20])), fields={name: words})


def _wrong(name: str, wanted: str) -> NoReturn:
    words = _("The field {name} is {wanted}.").format(name=name, wanted=wanted)
    raise Invalid(words, fields={name: words})


def _plain(value: object) -> object:
    if isinstance(value, Design):
        return {name: one for name, one in asdict(value).items() if one is not None}
    return list(value) if isinstance(value, tuple) else value
