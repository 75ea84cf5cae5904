"""Months in words of ours where Django's three letters would make two of them alike, as in French."""

from django.utils.translation import gettext_noop

WORDS = (gettext_noop("jun"), gettext_noop("jul"), gettext_noop("aug"))
