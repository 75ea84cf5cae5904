"""Reading imports: the list of them, one with its rows, problems and possible duplicates, what was kept."""

from homeward.exchange.queries.duplicates import (
    Beside,
    count_of_duplicates,
    possible_duplicates,
)
from homeward.exchange.queries.imports import (
    Counts,
    counts_of,
    file_content,
    get_import,
    import_for_edit,
    imports_of,
    visible_imports,
    was_brought_before,
)
from homeward.exchange.queries.kept import (
    KeptFromPartner,
    KeptValue,
    held_of,
    open_held_vulnerability,
)
from homeward.exchange.queries.rows import (
    AskedRow,
    Problems,
    problem_groups,
    rows_of_kind,
    rows_of_state,
    words_of_kind,
)

__all__ = [
    "AskedRow",
    "Beside",
    "Counts",
    "KeptFromPartner",
    "KeptValue",
    "Problems",
    "count_of_duplicates",
    "counts_of",
    "file_content",
    "get_import",
    "held_of",
    "import_for_edit",
    "imports_of",
    "open_held_vulnerability",
    "possible_duplicates",
    "problem_groups",
    "rows_of_kind",
    "rows_of_state",
    "visible_imports",
    "was_brought_before",
    "words_of_kind",
]
