"""How long estimates and files for analysts take, how they grow, and what plain R takes for the same.

    PYTHONPATH=. .venv/bin/python benchmarks/estimates.py
    PYTHONPATH=. .venv/bin/python benchmarks/estimates.py --rows 10000 100000 1000000 --files

Each figure is the median of its runs, in a process of its own for memory. R is asked where it is
installed; it reads the same rows from a file, and its reading is not counted. Prints Markdown.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COVARIATES, CLUSTERS, DRAWS = 12, 200, 1_000
R = """
rows <- read.csv("{file}"); names <- paste0("x", 1:{k})
run <- function(f) {{ t <- system.time(f())[["elapsed"]]; cat(t, "\\n") }}
aipw <- function() {{
  ps <- glm(reformulate(names, "a"), binomial, rows); e <- fitted(ps)
  m1 <- lm(reformulate(names, "y"), rows[rows$a == 1, ])
  m0 <- lm(reformulate(names, "y"), rows[rows$a == 0, ])
  p1 <- predict(m1, rows); p0 <- predict(m0, rows)
  s <- p1 - p0 + rows$a * (rows$y - p1) / e - (1 - rows$a) * (rows$y - p0) / (1 - e)
  u <- rowsum(s - mean(s), rows$g); c(mean(s), sqrt(sum(u^2)) / nrow(rows))
}}
boot <- function() {{
  sums <- rowsum(cbind(rows$y * rows$a, rows$a, rows$y * (1 - rows$a), 1 - rows$a), rows$g)
  one <- function() {{ t <- colSums(sums[sample(nrow(sums), replace = TRUE), ]); t[1] / t[2] - t[3] / t[4] }}
  replicate({draws}, one())
}}
for (i in 1:{runs}) run(aipw); for (i in 1:{runs}) run(boot)
"""


def drawn(rows):
    import numpy as np

    chance = np.random.default_rng(rows)
    x = chance.normal(size=(rows, COVARIATES))
    a = chance.random(rows) < 1 / (1 + np.exp(-0.3 * x[:, 0] + 0.2 * x[:, 1]))
    y = 0.5 + 0.05 * a + 0.1 * x[:, 0] + chance.normal(scale=0.2, size=rows)
    return x, a, y, chance.integers(0, CLUSTERS, rows)


def aipw(x, a, y, g):
    from homeward.estimators.effects.regression import aipw as estimate
    from homeward.estimators.effects.studies import Sampling, study

    return estimate(study(y, a, x, sampling=Sampling(clusters=g)))


def bootstrap(x, a, y, g):
    from homeward.estimators.bootstraps import cluster_differences

    return cluster_differences(y[:, None], a, g, draws=DRAWS)


def timed(task, runs):
    """Seconds of each run."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        task()
        seconds.append(time.perf_counter() - started)
    return seconds


def alone(name, rows, runs):
    """In a process of its own: the median seconds, and by how much its memory grew at most, in MiB."""
    told = subprocess.run(
        [sys.executable, __file__, "--one", name, "--rows", str(rows), "--runs", str(runs)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(told.stdout.splitlines()[-1])


def one(name, rows, runs):
    if name in FILES:
        print(json.dumps(FILES[name](name, rows)))
        return
    given = drawn(rows)
    task = {"aipw": aipw, "bootstrap": bootstrap}[name]
    task(*(part[:2000] for part in given))  # what is loaded late is loaded now
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = timed(lambda: task(*given), runs)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(json.dumps({"seconds": statistics.median(seconds), "grown": grown / 1024}))


def in_r(rows, runs):
    """Median seconds of the same two in R, or nothing."""
    if not shutil.which("Rscript"):
        return None
    import numpy as np

    x, a, y, g = drawn(rows)
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "rows.csv"
        names = [f"x{n}" for n in range(1, COVARIATES + 1)]
        np.savetxt(
            file,
            np.column_stack([x, a, y, g]),
            delimiter=",",
            header=",".join([*names, "a", "y", "g"]),
            comments="",
        )  # noqa: E501
        script = R.format(file=file, k=COVARIATES, draws=DRAWS, runs=runs)
        told = subprocess.run(["Rscript", "-e", script], check=True, capture_output=True, text=True)
    seconds = [float(one) for one in told.stdout.split()]
    return statistics.median(seconds[:runs]), statistics.median(seconds[runs:])


def write_frames(cases, directory):
    """Frames of a made-up country in as many parts as an extract of that size has."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from homeward.exchange.demonstration.truth import simulate
    from homeward.extracts.frames import BY_NAME
    from homeward.extracts.rules import parts_for
    from homeward.extracts.writing import schema_of

    parts = parts_for(cases)
    files = {}
    for part, size in enumerate(len(one) for one in np.array_split(np.arange(cases), parts)):
        for name, frame in simulate(part, cases=size).frames.items():
            (directory / name).mkdir(exist_ok=True)
            ids = [one for one in frame.columns if one.endswith("_id")]
            frame = frame.assign(**{one: f"{part:02}" + frame[one].str[2:] for one in ids})
            target = directory / name / f"part-{part:02}.parquet"
            pq.write_table(
                pa.Table.from_pandas(frame, preserve_index=False).cast(schema_of(BY_NAME[name])),
                target,
                compression="zstd",
            )  # noqa: E501
            files.setdefault(name, []).append(target)
    return {name: tuple(paths) for name, paths in files.items()}


def write_one(name, cases):
    """One file by case and round, with every column that there is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from datetime import UTC, datetime
    from uuid import UUID

    from homeward.exchange.analysts.making import Wanted, make
    from homeward.exchange.analysts.rules import AnalystFormat, AnalystUnit
    from homeward.extracts.queries import Frames

    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        told = subprocess.run(
            [sys.executable, __file__, "--one", "frames", "--rows", str(cases), "--into", directory],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        files = {name: tuple(map(Path, paths)) for name, paths in json.loads(told.stdout).items()}
        started = time.perf_counter()
        wanted = Wanted(AnalystFormat(name), AnalystUnit.CASE_ROUND)
        made = make(
            Frames(UUID(int=0), {}, files), wanted, place / "made", at=datetime(2026, 1, 1, tzinfo=UTC)
        )
        seconds = time.perf_counter() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "grown": most, "rows": made.rows, "megabytes": made.size_bytes / 1e6}


FILES = {"csv": write_one, "dta": write_one, "sav": write_one}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 50_000, 100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--files", action="store_true", help="files for analysts too: a million takes minutes"
    )
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--into", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one == "frames":
        made = write_frames(given.rows[0], Path(given.into))
        print(json.dumps({name: [str(one) for one in paths] for name, paths in made.items()}))
        return
    if given.one:
        one(given.one, given.rows[0], given.runs)
        return
    print(f"load {os.getloadavg()[0]:.0f}, {os.cpu_count()} cores\n")
    print("| rows | task | seconds | memory grown by | R | times |\n|---|---|---|---|---|---|")
    for rows in given.rows:
        r = in_r(rows, given.runs)
        for place, name in enumerate(("aipw", "bootstrap")):
            own = alone(name, rows, given.runs)
            told = f"{r[place]:.2f} s | {r[place] / own['seconds']:.1f}" if r else "– | –"
            print(
                f"| {rows:,} | {name} | {own['seconds']:.3f} | {own['grown']:.0f} MiB | {told} |", flush=True
            )
    if given.files:
        print("\n| cases | rows | file | seconds | most memory | MB |\n|---|---|---|---|---|---|")
        for cases in given.rows:
            for name in FILES:
                own = alone(name, cases, 1)
                print(
                    f"| {cases:,} | {own['rows']:,} | {name} | {own['seconds']:.1f} | {own['grown']:.0f} MiB "
                    f"| {own['megabytes']:.0f} |", flush=True,
                )  # fmt: skip


if __name__ == "__main__":
    main()
