"""Who may open which page of an import; an import that is not theirs is not there."""

from collections.abc import Callable, Iterator, Mapping

from homeward.lib.identifiers import new_id

IMPORTERS = "jonas nora tarek lina stranger"
Page = tuple[str, str, Callable[[], Mapping[str, object]], Mapping[str, int]]


def nothing() -> Mapping[str, object]:
    return {}


def no_import() -> Mapping[str, object]:
    return {"import_id": new_id()}


def no_problem() -> Mapping[str, object]:
    return {"import_id": new_id(), "key": "placeholder_date:birth_date"}


LOOKED_AT = ("import", "import_rows")
SENT = ("import_decide", "import_save", "import_undo", "import_discard")
WITH_A_PROBLEM = ("import_settle", "import_answer")
MISSING = {IMPORTERS: 404, "others": 403}


def _pages() -> Iterator[Page]:
    yield "imports", "get", nothing, {IMPORTERS: 200, "others": 403}
    yield "import_new", "get", nothing, {IMPORTERS: 200, "others": 403}
    yield "import_new", "post", nothing, {IMPORTERS: 422, "others": 403}
    for method in ("get", "post"):
        yield "import_columns", method, no_import, MISSING
    yield "import_problem", "get", no_problem, MISSING
    for name in LOOKED_AT:
        yield name, "get", no_import, MISSING
    for name in SENT:
        yield name, "get", no_import, {"others": 405}
        yield name, "post", no_import, MISSING
    for name in WITH_A_PROBLEM:
        yield name, "get", no_problem, {"others": 405}
        yield name, "post", no_problem, MISSING


PAGES = list(_pages())
