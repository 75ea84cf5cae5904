"""A table that holds whatever goes wrong in other formats: early dates, long names, scripts, every gap."""

from datetime import date

import numpy as np
import pyarrow as pa

from homeward.exchange.analysts.rules import Missing
from homeward.exchange.analysts.tables import Table, Variable, gap_of
from homeward.extracts.frames import Kind

DISTRICTS = ("Saltfield", "حي الميناء القديم", "አዲስ አበባ", "=1+1", 'Old "Harbour", North', "Hügelland, Süd")
LONG = "psychosocial_coverage_at_the_eighteenth_month"
VARIABLES = (
    Variable("case_id", "The case", Kind.ID, width=26),
    Variable("district", "The place of return " * 9, Kind.CODE, DISTRICTS),
    Variable(LONG, "Share that was answered", Kind.NUMBER, unit="0 to 1"),
    Variable(LONG + "_which_is_longer_than_most_formats_allow", "الرضا عن العودة", Kind.NUMBER),
    Variable("born_month", "A month long ago", Kind.MONTH),
    Variable("jobs", "People who work there", Kind.COUNT),
    Variable("is_assisted", "Whether anything was given", Kind.FLAG),
    Variable("balance", "Paid and taken back", Kind.NUMBER, unit="EUR"),
)
ARROW = {
    Kind.ID: pa.string(),
    Kind.CODE: pa.string(),
    Kind.MONTH: pa.date32(),
    Kind.COUNT: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
}


def drawn(rows=40, *, seed=1, in_a_batch=13):
    """The table, and its rows as a list of dicts in which a gap is its Missing."""
    chance = np.random.default_rng(seed)
    kept = []
    for row in range(rows):
        told = {"case_id": f"{row:026}"}
        for one in VARIABLES[1:]:
            gap = int(chance.integers(0, 12))
            told[one.name] = Missing(gap) if 1 <= gap <= 4 else _value(one, chance)
        kept.append(told)
    return table_of(VARIABLES, kept, in_a_batch), kept


def random_table(seed):
    """A table of any columns: how many, of which kinds, with which names and codes is all by chance."""
    chance = np.random.default_rng(seed)
    kinds = [one for one in Kind if one is not Kind.ID]
    variables = [Variable("case_id", "The case", Kind.ID, width=26)]
    for place in range(int(chance.integers(1, 25))):
        name = f"{_words(chance, ASCII, 1, 60)}_{place}"
        kind = kinds[int(chance.integers(0, len(kinds)))]
        codes = [_words(chance, SIGNS, 1, 30) for _ in range(int(chance.integers(1, 40)))]
        kept = tuple(dict.fromkeys(codes)) if kind is Kind.CODE else ()
        variables.append(Variable(name, _words(chance, SIGNS, 1, 150), kind, kept))
    rows = []
    for row in range(int(chance.integers(0, 300))):
        told = {"case_id": f"{row:026}"}
        for one in variables[1:]:
            gap = int(chance.integers(0, 12))
            told[one.name] = Missing(gap) if 1 <= gap <= 4 else _value(one, chance)
        rows.append(told)
    return table_of(tuple(variables), rows, int(chance.integers(1, 100))), rows


ASCII = "abcdefghijklmnopqrstuvwxyz_"
SIGNS = ASCII + "ABC 0123456789=+-@',;\"éüçñ€ابتثجحخدذرزسشأለሐመሠረሰቀበ你好हिन्दी😀"


def _words(chance, signs, least, most):
    return "".join(chance.choice(list(signs), int(chance.integers(least, most)))).strip() or "x"


def table_of(variables, kept, in_a_batch=13):
    """A table of rows as they are given."""
    columns, names = [], []
    for one in variables:
        values = [None if isinstance(row[one.name], Missing) else row[one.name] for row in kept]
        gaps = [int(row[one.name]) if isinstance(row[one.name], Missing) else 0 for row in kept]
        columns += [pa.array(values, ARROW[one.kind]), pa.array(gaps, pa.uint8())]
        names += [one.name, gap_of(one.name)]
    whole = pa.table(columns, names=names)
    return Table(
        "sample",
        "Cases of the spring programme, ربيع",
        "Rows made up for a test.",
        variables,
        len(kept),
        lambda: iter(whole.to_batches(max_chunksize=in_a_batch)),
        (("why", "a test"),),
    )


def _value(variable, chance):
    if variable.kind is Kind.CODE:
        return str(chance.choice(variable.codes))
    if variable.kind is Kind.MONTH:
        return date(int(chance.integers(1890, 2040)), int(chance.integers(1, 13)), 1)
    if variable.kind is Kind.COUNT:
        return int(chance.integers(0, 2_000_000))
    if variable.kind is Kind.FLAG:
        return bool(chance.integers(0, 2))
    return float(chance.normal(0, 200))
