"""The engine that expressions over frames run on: DuckDB in this process, or Spark where data outgrows it.

An expression is written once, in ibis; HOMEWARD_ANALYTICS (`duckdb`, `spark`) says where it runs. Portable on
both: no `.cast("float64")` of a condition (`.cast("int32").mean()` instead), no `.ifelse(1, 0)`, which makes
a missing answer 0.
"""

from importlib.util import find_spec
from typing import Any

import ibis
from django.conf import settings

from homeward.extracts.frames import FRAMES
from homeward.extracts.problems import NoSuchEngine
from homeward.extracts.queries import Frames

ENGINES = ("duckdb", "spark")


def connection(frames: Frames, engine: str = "") -> Any:
    """An ibis backend in which each frame is a table of its name."""
    backend = backend_of(engine or settings.ANALYTICS)
    for frame in FRAMES:
        paths = [str(one) for one in frames.files.get(frame.name, ())]
        if paths:
            backend.read_parquet(paths, table_name=frame.name)
    return backend


def backend_of(engine: str) -> Any:
    """A fresh backend that reads files and reaches nothing else."""
    if engine == "duckdb":
        return _duckdb()
    if engine == "spark" and find_spec("pyspark"):
        return ibis.pyspark.connect(_spark_session())
    raise NoSuchEngine


def _duckdb() -> Any:
    backend = ibis.duckdb.connect(threads=settings.ANALYTICS_THREADS)
    connected = backend.con

    def drop(name: str) -> None:
        connected.execute(f'DROP TABLE IF EXISTS "{name}"')

    # Ibis 12 with sqlglot 30 writes DROP without the name: what was cached is dropped by hand.
    backend._drop_cached_table = drop
    return backend


def _spark_session() -> Any:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional extra

    chosen = SparkSession.builder.appName("homeward").master(settings.SPARK_MASTER)
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
    }.items():
        chosen = chosen.config(name, value)
    return chosen.getOrCreate()
