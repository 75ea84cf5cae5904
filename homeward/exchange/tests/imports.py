"""Bringing in small lists in tests: the worker's jobs run at once."""

from homeward.access.acting import acting_as
from homeward.exchange.commands import prepare_import, save_import
from homeward.exchange.jobs import read_import, save_ready_rows
from homeward.exchange.queries import counts_of, get_import
from homeward.exchange.tests.sheets import xlsx

HEADER = ["File No.", "Relation", "First name", "Family name", "Date of birth", "Sex", "Nationality"]
HEADER += ["Passport", "Phone", "Returned from", "Departure", "Arrival", "Place of return"]
HEADER += ["Vulnerability", "Wishes", "Amount", "Consent", "Remarks"]
AMINA = ["A-1", "PA", "Amina", "Demo", "1990-05-01", "F", "IQ", "P7711221", "+49 30 901820", "Germany"]
AMINA += ["2026-03-01", "2026-03-02", "Erbil", "VoT", "a shop", "EUR 2,000.00", "Yes", "met at the airport"]
BILAL = ["A-1", "child", "Bilal", "Demo", "2015-02-03", "M", "IQ", "", "", "Germany"]
BILAL += ["March 2026", "", "Erbil", "", "", "", "", ""]
ZAYN = ["B-7", "PA", "Zayn", "Sample", "1900-01-01", "M", "IQ", "", "", "Germany"]
ZAYN += ["2026-04-05", "", "Mosul", "", "", "", "No", ""]


def row_of(row, **changes):
    """The row with some cells changed, by header."""
    return [changes.get(header, cell) for header, cell in zip(HEADER, row, strict=True)]


def a_list(*rows):
    return xlsx(("March", [HEADER, *rows]))


def brought(actor, content=None, name="list.xlsx", **more):
    """An import that was uploaded and read."""
    given = prepare_import(actor, name=name, content=content or a_list(AMINA, BILAL, ZAYN), **more)
    read_import(actor, given.id)
    return again(actor, given)


def saved(actor, given, **how):
    """The import after everything that is ready was saved."""
    save_import(actor, import_id=given.id, **how)
    save_ready_rows(actor, given.id)
    return again(actor, given)


def again(actor, given):
    with acting_as(actor):
        return get_import(actor, given.id)


def counts(actor, given):
    with acting_as(actor):
        return counts_of(given)
