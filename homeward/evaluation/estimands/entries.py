"""What the table of estimands holds of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from homeward.evaluation.rules import Estimated, Kind, Spec

if TYPE_CHECKING:
    import pandas as pd

Estimate = Callable[["pd.DataFrame", Spec], Estimated]


@dataclass(frozen=True)
class Estimand:
    """estimate: rows and spec in, numbers and measures out, no words; about: one line for the reference.

    required and optional: fields of the spec ("design.weight" and "options.rr" reach inside);
    options: what each option means; has_rows: False when it asks for no data (planning).
    """

    estimate: Estimate
    kind: Kind
    about: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    has_rows: bool = True
