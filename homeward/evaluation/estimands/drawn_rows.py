"""Rows as they were drawn: designs, who answered, and options that name columns, for the estimands."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.translation import gettext as _

from homeward.estimators.designs import Design, design_of
from homeward.estimators.means import Estimate
from homeward.evaluation.columns import Bools, Floats, Labels, flags, labels, numbers
from homeward.evaluation.rules import Estimated, Part, Spec
from homeward.evaluation.specs import require_known
from homeward.lib.problems import Invalid

if TYPE_CHECKING:
    import pandas as pd

DESIGN = ("design.weight", "design.strata", "design.psu", "design.fpc", "design.lonely")
DESIGN_OPTIONS = {
    "second_psu": "column of the units drawn inside each sampling unit, for a design of two stages",
    "second_fpc": "column of how many such units there are inside each, or the share drawn",
    "domain": "column of 1 and 0: whom it is asked about; the others keep their place in the design",
}


def design_from(frame: "pd.DataFrame", spec: Spec) -> Design:
    """The design of all rows, with those who did not answer, of one stage or of two."""
    given = spec.design
    psu: Any = labels(frame, given.psu) if given.psu else None
    fpc: Any = numbers(frame, given.fpc) if given.fpc else None
    second, second_fpc = option_column(frame, spec, "second_psu"), option_column(frame, spec, "second_fpc")
    if second and psu is not None:
        psu = (psu, labels(frame, second))
        fpc = (fpc, numbers(frame, second_fpc)) if second_fpc and fpc is not None else fpc
    return design_of(
        len(frame),
        weight=numbers(frame, given.weight) if given.weight else None,
        strata=labels(frame, given.strata) if given.strata else None,
        psu=psu,
        fpc=fpc,
        lonely=given.lonely,  # type: ignore[arg-type]  # the spec has checked it
    )


def asked_of(frame: "pd.DataFrame", spec: Spec) -> Bools:
    """Rows that the question is about."""
    column = option_column(frame, spec, "domain")
    return flags(frame, column) if column else np.ones(len(frame), dtype=np.bool_)


def answered(frame: "pd.DataFrame", *columns: str | None) -> Bools:
    """Rows with an answer in each of these columns."""
    known = np.ones(len(frame), dtype=np.bool_)
    for column in columns:
        if column:
            known &= np.asarray(frame[column].notna(), dtype=np.bool_)
    return known


def groups_of(frame: "pd.DataFrame", columns: Iterable[str]) -> Mapping[str, Bools]:
    """The rows of each group of each column, by "column=group"; rows without a group are in none."""
    found: dict[str, Bools] = {}
    for column in columns:
        known = frame[column].dropna()
        for one in sorted(known.unique(), key=str):
            found[f"{column}={one}"] = np.asarray(frame[column] == one, dtype=np.bool_)
    return found


def part_of(label: str, one: Estimate) -> Part:
    """An estimate under its label."""
    ci = None if one.low is None or one.high is None else (one.low, one.high)
    details = {"n_eff": one.n_eff, "design_effect": one.design_effect}
    return Part(label, one.estimate, one.se, ci, one.df, one.n, details=details)


def level_of(method: str, one: Estimate, drawn: Design, parts: Iterable[Part], response: float) -> Estimated:
    """A level as the finding takes it: what was drawn, how much it tells, who answered."""
    told = tuple(parts)
    smallest = min([one.n, *(part.n for part in told if part.n is not None)])
    main = part_of("", one)
    return Estimated(
        method=method,
        n=one.n,
        estimate=one.estimate,
        se=one.se,
        ci=main.ci,
        df=one.df,
        n_eff=one.n_eff,
        clusters=drawn.psus if drawn.psus < drawn.n else None,
        parts=told,
        measures={"level_n_eff": min(one.n_eff, one.n), "response_rate": response, "cell_n": smallest},
        assumptions=() if response == 1 else ("response_at_random",),
        details={
            "design_effect": one.design_effect,
            "psus": drawn.psus,
            "strata": drawn.strata,
            "sum_of_weights": float(drawn.weight.sum()),
            "low": one.low,
            "high": one.high,
        },
    )


def option_column(frame: "pd.DataFrame", spec: Spec, name: str) -> str | None:
    """The column that an option names; Invalid when there is none of that name."""
    given = spec.options.get(name)
    if given is None:
        return None
    require_known(str(given), [str(column) for column in frame.columns], _("column"))
    return str(given)


def option_columns(frame: "pd.DataFrame", spec: Spec, name: str) -> tuple[str, ...]:
    """The columns that an option lists."""
    given = spec.options.get(name, ())
    listed = (given,) if isinstance(given, str) else given
    if not isinstance(listed, list | tuple):
        raise wrong_option(name, _("The option {name} lists columns."))
    for one in listed:
        require_known(str(one), [str(column) for column in frame.columns], _("column"))
    return tuple(str(one) for one in listed)


def choice(spec: Spec, name: str, known: Iterable[str], default: str) -> Any:
    """An option that is one of a few words."""
    given = str(spec.options.get(name, default))
    require_known(given, known, _("choice"))
    return given


def mapping_option(spec: Spec, name: str) -> Mapping[str, Any]:
    """An option that is an object."""
    given = spec.options.get(name, {})
    if not isinstance(given, Mapping):
        raise wrong_option(name, _("The option {name} is an object."))
    return given


def squared_errors(frame: "pd.DataFrame", spec: Spec) -> Floats | None:
    """Variances from the column that the option "variance" or "se" names."""
    column = option_column(frame, spec, "variance")
    if column:
        return numbers(frame, column)
    column = option_column(frame, spec, "se")
    return numbers(frame, column) ** 2 if column else None


def names_of(frame: "pd.DataFrame", column: str | None) -> Labels:
    """Labels of rows, or their numbers from 1."""
    if column:
        return labels(frame, column)
    return np.array([str(one) for one in range(1, len(frame) + 1)], dtype=np.object_)


def wrong_option(name: str, words: str) -> Invalid:
    """What is wrong with an option, said beside its name."""
    said = words.format(name=name)
    return Invalid(said, fields={name: said})
