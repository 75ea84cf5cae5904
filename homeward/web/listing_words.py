"""What a reader should notice about a case in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.cases.rules import Scope, Stage
from homeward.web.case_words import ROLES_IN_FILE, tag_words

if TYPE_CHECKING:
    from homeward.cases.models import Listing

ON_THE_WAY = (Stage.PRE_DEPARTURE, Stage.TRAVELLING)


@dataclass(frozen=True)
class Tag:
    """A word about state, its kind and its icon."""

    words: str | Promise
    kind: str = ""
    icon: str = ""


def tags_of(row: Listing) -> list[Tag]:
    """The tags of a listing, the urgent first."""
    found = []
    if row.stage == Stage.LOST_CONTACT:
        found.append(Tag(_("Contact lost"), "late", "phone"))
    if row.scope == Scope.PARTICIPANT:
        found.append(Tag(_("Shared with us"), "act", "share"))
    if row.worker_id is None:
        found.append(Tag(_("Nobody here works on it"), "unknown"))
    if row.expected_on and row.stage in ON_THE_WAY:
        day = date_format(row.expected_on, "j M")
        found.append(Tag(gettext("arriving %(day)s") % {"day": day}, icon="plane"))
    if row.file_reference:
        found.append(Tag(ROLES_IN_FILE[row.role_in_file], icon="people"))
    return found + [Tag(tag_words(tag)) for tag in row.tags]
