"""What telephones fetch: the list of forms, each form, its files and the officer's visits."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from homeward.access.acting import acting_as
from homeward.lib.problems import NotFound
from homeward.surveys import queries
from homeward.surveys.queries import PhoneAtWork
from homeward.sync.addresses import address_of
from homeward.sync.answers import FILES, FORMS, XML, listed
from homeward.sync.phone_forms import VISITS, PhoneForm, phone_form
from homeward.sync.problems import MethodUnknown
from homeward.sync.visits import visits_list

MOST_KEPT = 200
# A published form never changes, so each process makes the text for telephones once.
KEPT: dict[UUID, PhoneForm] = {}


def form_list(request: HttpRequest, phone: PhoneAtWork) -> HttpResponse:
    """The forms that are asked now, or the one of them that the telephone names."""
    _require_reading(request)
    code = request.GET.get("formID")
    with acting_as(phone.actor):
        asked = [
            one for one in queries.published_forms(phone.actor) if code is None or one.instrument.code == code
        ]
        made = _made(one.id for one in asked)
    rows = []
    for one in sorted(asked, key=lambda one: one.title):
        row = {
            "formID": one.instrument.code,
            "name": one.title,
            "version": one.form_version,
            "hash": f"md5:{made[one.id].hash}",
            "downloadUrl": address_of(request, "form", version_id=one.id),
        }
        if one.needed_files or made[one.id].asks_for_visit:
            row["manifestUrl"] = address_of(request, "manifest", version_id=one.id)
        rows.append(row)
    return listed("xforms", FORMS, "xform", rows)


def form(request: HttpRequest, phone: PhoneAtWork, version_id: UUID) -> HttpResponse:
    """One form, with the choice of a visit where its answers say whom they are about."""
    _require_reading(request)
    with acting_as(phone.actor):
        return HttpResponse(_one(version_id).xform, content_type=XML)


def manifest(request: HttpRequest, phone: PhoneAtWork, version_id: UUID) -> HttpResponse:
    """The files that belong to a form, each with what tells whether it changed."""
    _require_reading(request)
    with acting_as(phone.actor):
        rows = list(_files(request, phone, version_id))
    return listed("manifest", FILES, "mediaFile", rows)


def file(request: HttpRequest, phone: PhoneAtWork, version_id: UUID, name: str) -> HttpResponse:
    """One file of a form; the officer's visits are made anew each time."""
    _require_reading(request)
    with acting_as(phone.actor):
        if name == VISITS and _one(version_id).asks_for_visit:
            return HttpResponse(visits_list(phone).content, content_type="text/csv; charset=utf-8")
        _one(version_id)
        found = queries.file_of(phone.actor, version_id, name)
    return HttpResponse(bytes(found.content), content_type=found.content_type)


def _files(request: HttpRequest, phone: PhoneAtWork, version_id: UUID) -> Iterator[Mapping[str, str]]:
    if _one(version_id).asks_for_visit:
        yield _file_row(request, version_id, VISITS, visits_list(phone).hash)
    for one in queries.files_of(phone.actor, version_id):
        if one.name != VISITS:
            yield _file_row(request, version_id, one.name, one.hash)


def _file_row(request: HttpRequest, version_id: UUID, name: str, hash_: str) -> Mapping[str, str]:
    address = address_of(request, "file", version_id=version_id, name=name)
    return {"filename": name, "hash": f"md5:{hash_}", "downloadUrl": address}


def _one(version_id: UUID) -> PhoneForm:
    found = _made([version_id]).get(version_id)
    if found is None:
        raise NotFound
    return found


def _made(version_ids: Iterable[UUID]) -> dict[UUID, PhoneForm]:
    """These forms as telephones get them; drafts are not among them."""
    wanted = list(version_ids)
    new = [one for one in wanted if one not in KEPT]
    made = {one.id: phone_form(one.xform, one.instrument.code) for one in queries.forms_to_fetch(new)}
    found = {one: KEPT[one] for one in wanted if one in KEPT} | made
    if len(KEPT) + len(made) > MOST_KEPT:
        KEPT.clear()
    KEPT.update(made)
    return found


def _require_reading(request: HttpRequest) -> None:
    if request.method not in ("GET", "HEAD"):
        raise MethodUnknown
