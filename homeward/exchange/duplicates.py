"""Rows of one file that may be the same person."""

from collections.abc import Sequence

from homeward.exchange.rows import ReadRow
from homeward.people.matching import Pair, Traits, likely_pairs


def duplicate_row_pairs(rows: Sequence[ReadRow]) -> list[Pair]:
    """Pairs of data-row indices, likeliest first, each with its reasons; a person decides."""
    return likely_pairs([traits_of(row) for row in rows])


def traits_of(row: ReadRow) -> Traits:
    """What the matcher compares of a row."""
    return Traits(
        given_names=row.given_names,
        family_name=row.family_name,
        native_name=row.native_name,
        birth=row.birth,
        sex=row.sex,
        nationalities=(row.nationality,) if row.nationality else (),
        documents=(row.document_number,) if row.document_number else (),
        phones=(row.phone_dialled or row.phone,) if row.phone else (),
        place=row.return_place,
        file=row.file_reference,
        returned_from=row.host_country,
        departure=row.departure,
    )
