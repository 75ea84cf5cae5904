"""Twelve people of six places in two strata, and R's own data where R is installed."""

import shutil
import subprocess
from functools import cache
from io import StringIO

import numpy as np
import pandas as pd
import pytest

from homeward.estimators.designs import Design, design_of

Y = np.array([0.40, 0.55, 0.62, 0.50, 0.35, 0.45, 0.70, 0.66, 0.58, 0.74, 0.80, 0.60])
X = np.array([1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0])
WEIGHT = np.array([10, 10, 12, 12, 8, 8, 20, 20, 25, 25, 15, 15])
PSU = np.repeat(np.arange(1, 7), 2)
STRATA = np.repeat(["A", "B"], 6)
FPC = np.repeat([30, 40], 6)


def twelve(**changed) -> Design:
    return design_of(12, **({"weight": WEIGHT, "strata": STRATA, "psu": PSU, "fpc": FPC} | changed))


@cache
def of_r(package: str, name: str) -> pd.DataFrame:
    """A data set of an R package; the test is skipped where R or the package is missing."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed")
    said = subprocess.run(  # noqa: S603
        [rscript, "-e", f"data(list='{DATA.get(name, name)}', package='{package}'); write.csv({name})"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    if said.returncode:
        pytest.skip(f"R has no {package}")
    return pd.read_csv(StringIO(said.stdout))


DATA = dict.fromkeys(("apistrat", "apiclus1", "apiclus2"), "api")
