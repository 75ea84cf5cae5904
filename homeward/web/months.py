"""Months in words of ours where Django's three letters would make two of them alike, as in French."""

from django.utils import dateformat
from django.utils.dates import MONTHS_3
from django.utils.translation import get_language, gettext_noop

WORDS = (gettext_noop("jun"), gettext_noop("jul"), gettext_noop("aug"))


def write_months_as_the_language_does() -> None:
    """Django writes a short month with a capital letter in every language; only English does."""

    def short_month(self: dateformat.DateFormat) -> str:
        word = str(MONTHS_3[int(self.n())])
        return word.title() if (get_language() or "en").startswith("en") else word

    dateformat.DateFormat.M = short_month  # type: ignore[method-assign]
