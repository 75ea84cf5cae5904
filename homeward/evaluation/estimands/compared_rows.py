"""The rows of a comparison: who is treated, what is known of both groups, and how they were drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from homeward.estimators.effects.studies import Form, Models, Sampling, Study, study
from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.columns import Bools, Floats, complete, flags, labels, matrix, numbers, weights
from homeward.evaluation.rules import Spec
from homeward.evaluation.specs import require_known
from homeward.lib.problems import Invalid

if TYPE_CHECKING:
    import pandas as pd

MODEL_OPTIONS = {
    "outcome_model": "linear (default), logit, probit or poisson",
    "selection_model": "logit (default) or probit",
    "selection_covariates": "columns of the selection's model, where they are others than the covariates",
    "squares": "columns whose square is in the models as well",
    "products": "pairs of columns whose product is in the models as well",
    "factors": "columns of numbers that are codes of groups, not amounts",
    "treated_value": "the value of treatment that means treated, where it is not yes or no",
    "drop_out": "true: people without an outcome stay in, and weights are made against their loss (ipw only)",
    "errors": "stacked (default), or robust: weights taken as known",
    "small_sample": "true: errors times sqrt(n / (n - 2p)) and Student's t",
    "assignment": "how assistance was given: chosen (default), quasi_random or randomised",
}
TARGETS = {"target": "ATE, ATT (or ATET), ATC, ATO (overlap) or ATM (matched)"}
ASSIGNMENTS = ("chosen", "quasi_random", "randomised")


@dataclass(frozen=True)
class Rows:
    """The complete rows of a comparison.

    given: the study; covariates (n, p) and their names, as balance is told; complete: the share of rows that
    miss no covariate; answered: by arm, the share of those with an outcome (control, treated).
    """

    given: Study
    covariates: Floats
    names: tuple[str, ...]
    complete: float
    answered: tuple[float, float]
    kept: "pd.DataFrame"


def rows_of(frame: "pd.DataFrame", spec: Spec) -> Rows:
    """The rows that a spec compares; rows that miss a covariate, a weight or treatment are left out."""
    chosen, selection = _covariates(spec), columns_option(frame, spec, "selection_covariates")
    design = (spec.design.weight, spec.design.strata, cluster_of(spec))
    kept, share = complete(frame, (spec.treatment, *chosen, *selection, *design))
    treated = treated_of(kept, spec)
    observed = kept[str(spec.outcome)].notna().to_numpy()
    answered = tuple(float(observed[arm].mean()) if arm.any() else 0.0 for arm in (~treated, treated))
    if not spec.options.get("drop_out"):
        kept, treated, observed = kept[observed], treated[observed], observed[observed]
    columns, names = terms(kept, spec, chosen)
    selecting = terms(kept, spec, selection)[0] if selection else None
    return Rows(
        study(
            numbers(kept, str(spec.outcome)),
            treated,
            columns,
            selection=selecting,
            sampling=sampling_of(kept, spec),
            observed=observed,
        ),
        columns if selecting is None else np.column_stack([columns, selecting]),
        names if selecting is None else (*names, *terms(kept, spec, selection)[1]),
        share,
        (answered[0], answered[1]),
        kept,
    )


def treated_of(frame: "pd.DataFrame", spec: Spec) -> Bools:
    """Who is treated: yes or no, or the value that an option names."""
    if "treated_value" not in spec.options:
        return flags(frame, str(spec.treatment))
    given, value = labels(frame, str(spec.treatment)), str(spec.options["treated_value"])
    require_known(value, sorted(set(given)), _("value"))
    return np.asarray(given == value, dtype=np.bool_)


def terms(frame: "pd.DataFrame", spec: Spec, columns: Sequence[str]) -> tuple[Floats, tuple[str, ...]]:
    """Covariates with the squares, products and factors that the options ask for, and their names."""
    factors = columns_option(frame, spec, "factors")
    ready = frame.assign(**{name: frame[name].map(lambda one: f"{one:g}") for name in factors})
    made, names = matrix(ready, columns)
    more = [(numbers(frame, one) ** 2, f"{one}^2") for one in columns_option(frame, spec, "squares")]
    for one, other in _pairs(frame, spec):
        more.append((numbers(frame, one) * numbers(frame, other), f"{one}*{other}"))
    wanted = [
        (column, name) for column, name in more if set(name.replace("^2", "").split("*")) <= set(columns)
    ]
    found = np.column_stack([made, *(column for column, _name in wanted)])
    return found, (*names, *(name for _column, name in wanted))


def sampling_of(frame: "pd.DataFrame", spec: Spec) -> Sampling:
    """Weights, clusters (or sampling units) and strata of the rows."""
    cluster = cluster_of(spec)
    return Sampling(
        weights=weights(frame, spec) if spec.design.weight else None,
        clusters=labels(frame, cluster) if cluster else None,
        strata=labels(frame, spec.design.strata) if spec.design.strata else None,
    )


def cluster_of(spec: Spec) -> str | None:
    """The column within which errors belong together."""
    return spec.cluster or spec.design.psu


def models_of(spec: Spec) -> Models:
    """The models that the options name."""
    return Models(
        outcome=str(spec.options.get("outcome_model", "linear")),
        selection=str(spec.options.get("selection_model", "logit")),
        weighted_outcome=bool(spec.options.get("weighted_outcome", False)),
    )


def form_of(spec: Spec) -> Form:
    """How errors are wanted."""
    errors = str(spec.options.get("errors", "stacked"))
    require_known(errors, ("stacked", "robust"), _("kind of errors"))
    return Form(bool(spec.options.get("small_sample", False)), errors == "robust", 1 - spec.alpha)


def target_of(spec: Spec, default: str) -> str:
    """The population that is asked about, by its usual short name."""
    given = str(spec.options.get("target", default)).upper()
    named = {"ATET": "ATT", "ATU": "ATC"}.get(given, given)
    require_known(named, ("ATE", "ATT", "ATC", "ATO", "ATM"), _("target"))
    return named


def columns_option(frame: "pd.DataFrame", spec: Spec, name: str) -> tuple[str, ...]:
    """Columns that an option lists; Invalid names the first that is not there."""
    given = spec.options.get(name, ())
    listed = (given,) if isinstance(given, str) else tuple(_iterated(given, name))
    for one in listed:
        require_known(str(one), [str(column) for column in frame.columns], _("column"))
    return tuple(str(one) for one in listed)


def indices(names: Iterable[str], wanted: Iterable[str]) -> tuple[int, ...]:
    """The places of wanted names among the names of covariates."""
    known = list(names)
    for one in wanted:
        require_known(one, known, _("covariate"))
    return tuple(known.index(one) for one in wanted)


def _covariates(spec: Spec) -> tuple[str, ...]:
    both = (*spec.covariates, *([spec.baseline] if spec.baseline else []))
    return tuple(dict.fromkeys(both))


def _pairs(frame: "pd.DataFrame", spec: Spec) -> list[tuple[str, str]]:
    given = _iterated(spec.options.get("products", ()), "products")
    found = []
    for one in given:
        pair = _iterated(one, "products")
        if len(pair) != 2:
            raise _wrong("products")
        for name in pair:
            require_known(str(name), [str(column) for column in frame.columns], _("column"))
        found.append((str(pair[0]), str(pair[1])))
    return found


def _iterated(given: object, name: str) -> list[object]:
    if not isinstance(given, list | tuple):
        raise _wrong(name)
    return list(given)


def _wrong(name: str) -> Invalid:
    words = _("The option {name} is a list.").format(name=name)
    return Invalid(words, fields={name: words})


def require_both_arms(treated: npt.NDArray[np.bool_]) -> None:
    """Refuses rows in which everybody, or nobody, is treated."""
    if not 0 < treated.sum() < treated.size:
        raise CannotEstimate("one_arm", {"per_arm": 50})
