"""Catalogues of interface messages, read and compiled without the system's gettext tools."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogues(locale: Path = LOCALE) -> list[Path]:
    """Write each .mo that is missing or older than its .po; say which."""
    written = []
    for po in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        new = mo.with_suffix(".new")
        with po.open("rb") as source, new.open("wb") as out:
            write_mo(out, read_po(source, locale=po.parent.parent.name))
        new.rename(mo)
        written.append(mo)
    return written
