"""REST: chosen fields of a person for another organisation: seen as they will, sent, taken back, received."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import Moment, Text, Word
from homeward.api.looking import MOST, seen_case
from homeward.api.opening import WhyIn
from homeward.api.operations import creates, ends, finds, reads
from homeward.casework import commands as casework
from homeward.casework.packages import BY_CODE, FIELDS, Package, compose_package, lines_of, open_in_package
from homeward.lib.problems import NotFound
from homeward.privacy.opening import Why
from homeward.sharing import commands, queries
from homeward.sharing.pseudonyms import pseudonym_for
from homeward.sharing.rules import Basis, Category, Condition, DisclosureKind, Purpose

if TYPE_CHECKING:
    from homeward.sharing.models import Disclosure

router = Router(tags=["packages"])
cases_router = Router(tags=["packages"])
Digest = Annotated[
    str, Field(pattern="^[0-9a-f]{64}$", description="Of the preview: what is sent is what was looked at")
]
Chosen = Annotated[list[Word], Field(min_length=1, max_length=50)]


class PackageFieldOut(Schema):
    """Something a package may hold."""

    code: str
    category: Category
    label: str
    kind: str


class PreviewIn(Schema):
    organisation_id: UUID
    fields_shown: Chosen


class PackageIn(PreviewIn):
    purpose: Purpose
    basis: Basis
    condition: Condition | None = None
    necessity: Annotated[Text, Field(min_length=1)]
    until: Moment | None = None
    digest: Digest


class PackageLineOut(Schema):
    code: str
    category: Category
    label: str
    kind: str
    values: list[str]
    can_be_opened: bool


class PackageLineOpenedOut(Schema):
    """One sealed line in clear, for this one look."""

    id: UUID
    case_id: UUID | None
    code: str
    text: str


class PackageSeenOut(Schema):
    """What the recipient sees; without a name among it, the person goes by a pseudonym made for them."""

    digest: str
    pseudonym: str
    lines: list[PackageLineOut]


class PackageOut(Schema):
    """That something was sent; nothing of what it holds."""

    id: UUID
    by_organisation_id: UUID
    organisation_id: UUID
    purpose: Purpose
    categories: list[Category]
    made_by_name: str
    made_at: datetime
    until: datetime
    is_live: bool
    first_opened_at: datetime | None
    receipt_at: datetime | None
    ended_at: datetime | None
    ended_why: str

    @staticmethod
    def resolve_is_live(sent: "Disclosure") -> bool:
        """Whether the recipient can open it at this moment."""
        return sent.is_live(now())


@reads(router, "/fields", Action.DISCLOSURE_VIEW, list[PackageFieldOut])
def list_package_fields(request: HttpRequest) -> object:
    """Everything that a package may hold, with the category it belongs to."""
    shown = ("code", "category", "kind")
    return [{**{name: getattr(one, name) for name in shown}, "label": str(one.label)} for one in FIELDS]


@reads(cases_router, "/{uuid:case_id}/packages", Action.DISCLOSURE_VIEW, list[PackageOut])
def list_packages(request: HttpRequest, case_id: UUID) -> object:
    """Packages sent from a case by the organisation, or to it; newest first."""
    actor, case = seen_case(request, case_id)
    return queries.disclosures_of_case(actor, case.id).filter(kind=DisclosureKind.PACKAGE)[:MOST]


@finds(cases_router, "/{uuid:case_id}/packages/preview", Action.DISCLOSURE_MAKE, PackageSeenOut)
def preview_package(request: HttpRequest, case_id: UUID, body: PreviewIn) -> object:
    """Exactly what the recipient would see, and its digest, without which nothing is sent."""
    actor, case = seen_case(request, case_id)
    package = compose_package(actor, case.id, body.fields_shown)
    return _seen(package, pseudonym_for(body.organisation_id, case.person_id))


@creates(cases_router, "/{uuid:case_id}/packages", Action.DISCLOSURE_MAKE, PackageOut)
def send_package(request: HttpRequest, case_id: UUID, body: PackageIn) -> object:
    """Send what was looked at; refused with everything that is missing, or when the record changed since."""
    given = body.dict(exclude={"fields_shown", "digest"})
    return casework.send_package(
        actor_of(request),
        case_id=case_id,
        field_codes=body.fields_shown,
        approved_digest=body.digest,
        **given,
    )


@ends(cases_router, "/{uuid:case_id}/packages/{uuid:package_id}", Action.DISCLOSURE_END, PackageOut)
def recall_package(request: HttpRequest, case_id: UUID, package_id: UUID) -> object:
    """Take back what the organisation sent; the recipient's next look is refused."""
    actor, case = seen_case(request, case_id)
    sent = queries.get_disclosure(actor, package_id)
    is_ours = sent.case_id == case.id and sent.by_organisation_id == actor.organisation_id
    if not is_ours or sent.kind != DisclosureKind.PACKAGE:
        raise NotFound
    return commands.end_disclosure(actor, disclosure_id=sent.id)


@reads(router, "", Action.DISCLOSURE_OPEN, list[PackageOut])
def list_received_packages(request: HttpRequest) -> object:
    """What other organisations sent to this one, newest first; nothing of a person before one is opened."""
    actor = actor_of(request)
    remember_reading(actor, Action.DISCLOSURE_OPEN, subject_id=None)
    return queries.received_packages(actor)[:MOST]


@finds(router, "/{uuid:package_id}/opening", Action.DISCLOSURE_OPEN, PackageSeenOut)
def open_package(request: HttpRequest, package_id: UUID) -> object:
    """Open what was sent, exactly as it was approved; the look is on the record of both sides."""
    actor = actor_of(request)
    sent = _received(actor, package_id)
    opened = queries.content_of(actor, sent.id)
    commands.note_opened(actor, disclosure_id=sent.id)
    categories = frozenset(Category(one) for one in sent.categories)
    return _seen(Package(opened.content, categories), sent.pseudonym)


@finds(router, "/{uuid:package_id}/lines/{code}", Action.DISCLOSURE_OPEN, PackageLineOpenedOut)
def open_package_line(request: HttpRequest, package_id: UUID, code: str, body: WhyIn) -> object:
    """Open one sealed line of what was sent, for a reason; counted like every opening, and on the record."""
    actor = actor_of(request)
    sent = _received(actor, package_id)
    if code not in BY_CODE:
        raise NotFound
    text = open_in_package(actor, sent.id, code, Why(str(body.reason), body.words))
    return {"id": sent.id, "case_id": sent.case_id, "code": code, "text": text}


@creates(router, "/{uuid:package_id}/receipt", Action.DISCLOSURE_OPEN, PackageOut)
def confirm_package_receipt(request: HttpRequest, package_id: UUID) -> object:
    """Confirm that it came or, once it has ended, that no copy of it is kept."""
    actor = actor_of(request)
    return commands.confirm_receipt(actor, disclosure_id=_received(actor, package_id).id)


def _received(actor: Actor, package_id: UUID) -> "Disclosure":
    found = queries.received_packages(actor).filter(id=package_id).first()
    if found is None:
        raise NotFound
    return found


def _seen(package: Package, pseudonym: str) -> dict[str, object]:
    return {
        "digest": package.digest,
        "pseudonym": "" if Category.IDENTITY in package.categories else pseudonym,
        "lines": [_line(one) for one in lines_of(package.content)],
    }


def _line(line: dict[str, Any]) -> dict[str, object]:
    """As the page shows it: what is sealed is there or not, and opened by itself."""
    is_sealed, values = line["is_sealed"], line["values"]
    shown = {"label": str(line["label"]), "values": [] if is_sealed else values}
    return {**line, **shown, "can_be_opened": is_sealed and bool(values)}
