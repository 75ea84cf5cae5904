"""`homeward estimate`: the estimators behind one documented command, for analysts with data of their own."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.config.cli import Subparsers
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import set_up

if TYPE_CHECKING:
    import pandas as pd

    from homeward.evaluation.estimands.entries import Estimand
    from homeward.evaluation.rules import Spec

EPILOG = "Guide: docs/guide/evaluation.md. Every estimand and its fields: docs/reference/estimands.md."


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("estimate", help="answer a spec from a file of rows", epilog=EPILOG)
    parser.add_argument("data", nargs="?", type=Path, metavar="DATA", help=".csv or .parquet")
    parser.add_argument("--spec", type=Path, metavar="SPEC.json", help="what is asked")
    parser.add_argument(
        "--describe", nargs="?", const="", metavar="ESTIMAND", help="the estimands, or the fields of one"
    )
    parser.set_defaults(act=estimate)


def estimate(arguments: argparse.Namespace) -> None:
    """Print the finding as JSON; a refused claim is a finding too, and no error."""
    set_up()
    if arguments.describe is not None:
        _describe(arguments.describe)
        return
    if arguments.spec is None:
        raise NotReady(
            "Say what is asked: --spec SPEC.json. `homeward estimate --describe` lists what can be."
        )
    import orjson

    from homeward.evaluation.answering import finding_of
    from homeward.evaluation.writing import as_json

    spec = _read_spec(arguments.spec)
    frame, sha256 = _read_rows(arguments.data, spec)
    finding = finding_of(frame, spec, sha256)
    print(orjson.dumps(as_json(finding), option=orjson.OPT_INDENT_2).decode())


def _read_spec(path: Path) -> "Spec":
    import orjson

    from homeward.evaluation.answering import require_answerable
    from homeward.evaluation.specs import spec_from

    try:
        given = orjson.loads(path.read_bytes())
    except OSError as away:
        raise NotReady(f"{path} cannot be read.") from away
    except orjson.JSONDecodeError as wrong:
        raise NotReady(f"{path} is not JSON: {wrong}") from wrong
    spec = spec_from(given)
    require_answerable(spec)
    return spec


def _read_rows(path: Path | None, spec: "Spec") -> "tuple[pd.DataFrame, str]":
    """The rows and the hash of their file; nothing of both for what is asked without data."""
    import pandas as pd

    from homeward.evaluation.estimands import ESTIMANDS
    from homeward.evaluation.hashing import file_hash

    if path is None:
        if ESTIMANDS[spec.estimand].has_rows:
            raise NotReady(
                f"The estimand {spec.estimand} is reckoned from rows: name a .csv or .parquet file."
            )
        return pd.DataFrame(), ""
    readers = {".csv": pd.read_csv, ".parquet": pd.read_parquet}
    if path.suffix.lower() not in readers:
        raise NotReady("Rows are read from .csv and .parquet.")
    try:
        return readers[path.suffix.lower()](path), file_hash(path)
    except OSError as away:
        raise NotReady(f"{path} cannot be read.") from away
    except (ValueError, UnicodeDecodeError) as wrong:  # pandas and pyarrow raise kinds of ValueError
        raise NotReady(f"{path} cannot be read as {path.suffix}: {wrong}") from wrong


def _describe(name: str) -> None:
    from django.utils.translation import gettext as _

    from homeward.evaluation.estimands import ESTIMANDS
    from homeward.evaluation.specs import require_known

    if not name:
        for one, entry in sorted(ESTIMANDS.items()):
            print(f"{one:26} {entry.about}")
        return
    require_known(name, ESTIMANDS, _("estimand"))
    _print_entry(name, ESTIMANDS[name])


def _print_entry(name: str, entry: "Estimand") -> None:
    print(f"{name}: {entry.about}")
    print(f"  kind      {entry.kind}")
    print(f"  needs     {', '.join(entry.required) or 'nothing'}")
    print(f"  may have  {', '.join(entry.optional) or 'nothing more'}")
    for option, about in entry.options.items():
        print(f"  options.{option}: {about}")
    print(f"  rows      {'yes' if entry.has_rows else 'none needed'}")
    if entry.source:
        print(f"  source    {entry.source}")
