"""Reading files for analysts back with other people's readers: rows as dicts in which a gap is its sign."""

import json
from datetime import date, timedelta

import pandas as pd
import pyarrow.csv as pa_csv
import pyreadstat

from homeward.exchange.analysts.rules import Missing, sign_of
from homeward.exchange.analysts.spss import gap_number
from homeward.exchange.analysts.stata import EPOCH
from homeward.exchange.analysts.tables import shortened
from homeward.extracts.frames import Kind
from homeward.lib.spreadsheets import unguarded

SIGNS = {sign_of(one) for one in Missing}


def as_signs(kept):
    """Rows as they were given, gaps as signs."""
    return [
        {name: sign_of(one) if isinstance(one, Missing) else one for name, one in row.items()} for row in kept
    ]


def csv_again(rows, package, variables):
    """The rows of a CSV by pyarrow, read as its data package says."""
    fields = {one["name"]: one for one in json.loads(package)["resources"][0]["schema"]["fields"]}
    names = [one.name for one in variables]
    options = pa_csv.ConvertOptions(column_types=dict.fromkeys(names, "string"), strings_can_be_null=False)
    parsing = pa_csv.ParseOptions(newlines_in_values=True)
    read = pa_csv.read_csv(rows, convert_options=options, parse_options=parsing).to_pylist()
    return [{name: _of_csv(fields[name], one[name]) for name in names} for one in read]


def _of_csv(field, told):
    if told in SIGNS:
        return told
    made = {"integer": int, "number": float, "date": date.fromisoformat, "boolean": "true".__eq__}
    return made.get(field["type"], unguarded)(told)


def stata_again(path, variables):
    """The rows of a .dta by pandas, with its labels of variables and of values."""
    short = shortened(tuple(one.name for one in variables), 32)
    with pd.read_stata(path, iterator=True) as opened:
        labels, words = opened.value_labels(), opened.variable_labels()
        read = opened.read(convert_dates=False, convert_categoricals=False, convert_missing=True)
    columns = {one.name: [_of_stata(one, value) for value in read[short[one.name]]] for one in variables}
    return _rows(columns), {name: labels.get(short[name], {}) for name in short}, words


def _of_stata(variable, value):
    if isinstance(value, pd.io.stata.StataMissingValue):
        return str(value)
    if variable.kind is Kind.MONTH:
        return EPOCH.astype(date) + timedelta(days=int(value))
    return _of_numbers(variable, value)


def spss_again(path, variables):
    """The rows of a .sav by ReadStat, and what it says of the file."""
    short = shortened(tuple(one.name for one in variables), 64)
    read, about = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True)
    columns = {one.name: [_of_spss(one, value) for value in read[short[one.name]]] for one in variables}
    return _rows(columns), about, short


def _of_spss(variable, value):
    gaps = {gap_number(variable, one): sign_of(one) for one in Missing}
    if variable.kind is not Kind.ID and value in gaps:
        return gaps[value]
    if variable.kind is Kind.MONTH:
        return date(1582, 10, 14) + timedelta(seconds=value)
    return _of_numbers(variable, value)


def _of_numbers(variable, value):
    if variable.kind is Kind.CODE:
        return variable.codes[int(value) - 1]
    return {Kind.ID: str, Kind.FLAG: bool, Kind.COUNT: int, Kind.NUMBER: float}[variable.kind](value)


def _rows(columns):
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
