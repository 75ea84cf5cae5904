"""Packages: chosen fields of a case, seen by the recipient exactly as by whoever approved them."""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.queries import cases_in_file, get_case, hidden_categories
from homeward.cases.queries.gates import profiles_of_case
from homeward.cases.queries.journey import live_travel
from homeward.lib.encryption import Place
from homeward.lib.problems import Invalid, NotFound, WrongState
from homeward.people.queries import contacts_of, documents_of
from homeward.plans.queries import agreed_version, rows_of
from homeward.privacy.opening import Closed, Why, open_field
from homeward.privacy.sealing import place_of
from homeward.sharing.queries import content_of
from homeward.sharing.rules import MINIMUM, Category, Purpose

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.people.models import Contact

VERSION = 1
SEALED = "sealed"  # goes along as it lies: who receives it opens it, for a reason, on the record


class PackageChanged(WrongState):
    """Somebody changed the record between the preview and the sending."""

    code = "package_changed"
    message = _("The record changed in between. Look at what they will see once more.")


Values = Iterable[str]


@dataclass(frozen=True)
class Field:
    """Something a package may hold; `kind` says how its values are put into the reader's words."""

    code: str
    category: Category
    label: str | Promise
    kind: str
    read: Callable[[Actor, "Case"], Values]


@dataclass(frozen=True)
class Package:
    """What the recipient will see, byte for byte, and the categories it belongs to."""

    content: bytes
    categories: frozenset[Category]

    @property
    def digest(self) -> str:
        """Told with an approval: what is sent is what was looked at."""
        return hashlib.sha256(self.content).hexdigest()


def _given(value: object) -> Values:
    return [str(value)] if value not in (None, "") else []


def contact_told(one: "Contact") -> dict[str, object]:
    """A way to reach the person, never without when and how it is safe."""
    return {
        "value": one.value,
        "belongs_to": one.belongs_to,
        "may_call": one.may_call,
        "may_text": one.may_text,
        "may_leave_message": one.may_leave_message,
        "not_before": f"{one.not_before:%H:%M}" if one.not_before else "",
        "not_after": f"{one.not_after:%H:%M}" if one.not_after else "",
    }


def _contacts(actor: Actor, case: "Case") -> Values:
    for one in contacts_of(actor, case.person_id):
        told = {**contact_told(one), "safety_note": one.safety_note}
        yield json.dumps(told, ensure_ascii=False, sort_keys=True)


def _papers(actor: Actor, case: "Case") -> Values:
    return [str(document.kind) for document in documents_of(actor, case.person_id)]


def _family(actor: Actor, case: "Case") -> Values:
    if case.file_id is None:
        return []
    return [one.person.name for one in cases_in_file(actor, case.file_id) if one.id != case.id]


def _flags(actor: Actor, case: "Case") -> Values:
    latest = profiles_of_case(actor, case.id).filter(superseded_at=None).first()
    return latest.flags if latest else []


def _medical_items(actor: Actor, case: "Case") -> Values:
    travel = live_travel(actor, case.id)
    if travel is None or travel.medical_items is None or Category.HEALTH in hidden_categories(actor, case.id):
        return []
    place = place_of(travel, "medical_items")
    sealed = b64encode(travel.medical_items).decode()
    return ["/".join((place.table, place.column, str(place.row_id), sealed))]


def _goals(actor: Actor, case: "Case") -> Values:
    version = agreed_version(actor, case.id)
    return [goal.own_words for goal, _lines in rows_of(version)] if version else []


FIELDS: tuple[Field, ...] = (
    Field(
        "name",
        Category.IDENTITY,
        _("Name"),
        "text",
        lambda a, c: _given(f"{c.person.given_names} {c.person.family_name}".strip()),
    ),
    Field(
        "native_name",
        Category.IDENTITY,
        _("Name in their own script"),
        "text",
        lambda a, c: _given(c.person.native_name),
    ),
    Field("born", Category.IDENTITY, _("Born"), "text", lambda a, c: _given(c.person.birth)),
    Field(
        "nationality",
        Category.IDENTITY,
        _("Nationality"),
        "country",
        lambda a, c: list(c.person.nationalities),
    ),
    Field("languages", Category.IDENTITY, _("Speaks"), "language", lambda a, c: list(c.person.languages)),
    Field("contacts", Category.CONTACT, _("How to reach them"), "contact", _contacts),
    Field("papers", Category.IDENTITY_DOCUMENTS, _("Papers they have"), "paper", _papers),
    Field("comes_from", Category.JOURNEY, _("Comes from"), "country", lambda a, c: _given(c.host_country)),
    Field("returns_to", Category.JOURNEY, _("Returns to"), "country", lambda a, c: _given(c.return_country)),
    Field("place", Category.JOURNEY, _("Place of return"), "text", lambda a, c: _given(c.return_place)),
    Field("expected_on", Category.JOURNEY, _("Expected on"), "day", lambda a, c: _given(c.expected_on)),
    Field("arrived_on", Category.JOURNEY, _("Arrived on"), "day", lambda a, c: _given(c.arrived_on)),
    Field("family", Category.FAMILY, _("Family in the same file"), "text", _family),
    Field(
        "own_words",
        Category.NEEDS,
        _("What they want, in their own words"),
        "text",
        lambda a, c: _given(c.own_words),
    ),
    Field("flags", Category.VULNERABILITY, _("What to mind"), "flag", _flags),
    Field(
        "medical_items",
        Category.HEALTH,
        _("Medicine or help needed on the way"),
        SEALED,
        _medical_items,
    ),
    Field("take_care", Category.PROTECTION, _("Take care"), "text", lambda a, c: _given(c.take_care)),
    Field("goals", Category.PLAN, _("Goals of the agreed plan"), "text", _goals),
    Field("promised", Category.PLAN, _("Promised"), "text", lambda a, c: _given(c.promised)),
    Field("next_step", Category.FOLLOW_UP, _("Next step"), "text", lambda a, c: _given(c.next_step)),
)
BY_CODE: Mapping[str, Field] = {field.code: field for field in FIELDS}


def usual_fields(purpose: Purpose) -> list[str]:
    """The fields a purpose needs at least: what a form begins with."""
    return [field.code for field in FIELDS if field.category in MINIMUM[purpose]]


def categories_of(codes: Collection[str]) -> frozenset[Category]:
    """The categories that these fields belong to."""
    return frozenset(field.category for field in FIELDS if field.code in codes)


def compose_package(actor: Actor, case_id: UUID, field_codes: Collection[str]) -> Package:
    """Read the chosen fields of a case as they are now; always in one order, so that equal means equal."""
    unknown = set(field_codes) - set(BY_CODE)
    if unknown or not field_codes:
        raise Invalid(fields={"fields": _("Choose what is shared.")})
    case = get_case(actor, case_id)
    told = [
        {
            "code": field.code,
            "category": field.category.value,
            "kind": field.kind,
            "values": list(field.read(actor, case)),
        }
        for field in FIELDS
        if field.code in field_codes
    ]
    content = json.dumps({"version": VERSION, "fields": told}, ensure_ascii=False, sort_keys=True)
    return Package(content.encode(), categories_of(field_codes))


def settled(read: Callable[[], Package], approved_digest: str = "") -> Package:
    """What two readings agree on, and who approved it: a change in between is refused, never mixed in."""
    package = read()
    if (approved_digest or read().digest) != package.digest:
        raise PackageChanged
    return package


def open_in_package(actor: Actor, disclosure_id: UUID, code: str, why: Why) -> str:
    """Open one sealed line of a package: one at a time, for a reason, counted and on the record."""
    opened = content_of(actor, disclosure_id)
    lines = [line for line in lines_of(opened.content) if line["code"] == code and line["is_sealed"]]
    if not lines or not lines[0]["values"]:
        raise NotFound
    table, column, row_id, sealed = lines[0]["values"][0].split("/", 3)
    place = Place(table, column, UUID(row_id))
    closed = Closed(opened.subject_id, place, b64decode(sealed), disclosure_id, opened.case_id, code)
    return open_field(actor, Action.DISCLOSURE_OPEN, closed, why).decode()


def lines_of(content: bytes) -> list[dict[str, Any]]:
    """What a package says, line by line, for the one template that preview and recipient share."""
    told: list[dict[str, Any]] = json.loads(content)["fields"]
    known = [line for line in told if line["code"] in BY_CODE]
    return [
        {**line, "label": BY_CODE[line["code"]].label, "is_sealed": line["kind"] == SEALED} for line in known
    ]
