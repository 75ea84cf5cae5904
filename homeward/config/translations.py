"""Catalogues of interface messages: gathered, compared and compiled without the system's gettext tools."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def compile_catalogues(locale: Path = LOCALE) -> list[Path]:
    """Write each .mo that is missing or older than its .po; say which."""
    written = []
    for po in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        new = mo.with_suffix(".new")
        with new.open("wb") as out:
            write_mo(out, read_catalogue(po))
        new.rename(mo)
        written.append(mo)
    return written


def untranslated(language: str) -> list[str]:
    """Messages on screen that this language has no words for, or only doubtful (fuzzy) ones."""
    known = read_catalogue(catalogue_file(language))
    missing = []
    for message in messages_in_use():
        if not message.id:
            continue  # the catalogue's header
        found = known.get(message.id, context=message.context)
        words = found.string if found else ""
        complete = all(words) if isinstance(words, tuple) else bool(words)
        if not found or not complete or found.fuzzy:
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def update_catalogue(language: str) -> int:
    """Add new messages, drop unused ones, keep all words there are; return how many lack words."""
    catalogue = read_catalogue(catalogue_file(language))
    catalogue.update(messages_in_use(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    file = catalogue_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        write_po(out, catalogue, width=100, omit_header=False, sort_by_file=True, include_lineno=False)
    return len(untranslated(language))


def catalogue_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read_catalogue(file: Path) -> Catalog:
    language = file.parent.parent.name
    if not file.exists():
        return Catalog(locale=language, project="Homeward", charset="utf-8")
    with file.open("rb") as source:
        return read_po(source, locale=language)


def messages_in_use() -> Catalog:
    """Every message that code and templates ask for."""
    catalogue = Catalog(project="Homeward", charset="utf-8")
    for file in source_files():
        place = file.relative_to(PACKAGE.parent).as_posix()
        source = BytesIO(as_python(file).encode())
        for line, message, _, context in extract("python", source, keywords=KEYWORDS):
            catalogue.add(message, locations=[(place, line)], context=context)
    return catalogue


def source_files() -> Iterator[Path]:
    for pattern in ("*.py", "*.html", "*.txt"):
        for file in sorted(PACKAGE.rglob(pattern)):
            if not {"tests", "migrations", "static"} & set(file.relative_to(PACKAGE).parts):
                yield file


def as_python(file: Path) -> str:
    """Templates become calls that the extractor reads; their indentation would mean something to it."""
    text = file.read_text()
    if file.suffix == ".py":
        return text
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(file)).splitlines())
