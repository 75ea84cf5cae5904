"""Nothing is done twice under one idempotency key: the first answer is kept, sealed, and given again."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from homeward.access.actor import Actor
from homeward.access.repeats import Answered, claim, keep_answer
from homeward.api.problems import KeyNotUsable
from homeward.lib.encryption import Place
from homeward.privacy.sealing import open_for_installation, seal_for_installation

HEADER = "Idempotency-Key"
USABLE = re.compile(r"[!-~]{1,100}")


class AnsweredBefore(Exception):
    """The call was made before under the same key; `response` is what it got then."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def claim_key(request: HttpRequest, actor: Actor) -> None:
    """Take the call's key for this transaction; AnsweredBefore when it was used for the same call."""
    key = request.headers.get(HEADER)
    if key is None:
        return
    if not USABLE.fullmatch(key):
        raise KeyNotUsable
    claimed = claim(actor, key, f"{request.method} {request.get_full_path()}\n".encode() + _sent(request))
    if isinstance(claimed, Answered):
        raise AnsweredBefore(_given_again(claimed))
    request.claimed_key = claimed  # type: ignore[attr-defined]


def keep_for_the_key(request: HttpRequest, response: HttpResponse) -> None:
    """Keep a good answer beside the key under which it was asked for."""
    claimed: UUID | None = getattr(request, "claimed_key", None)
    if claimed is not None and response.status_code < 400:
        etag = response.headers.get("ETag", "")
        sealed = seal_for_installation(_place(claimed), f"{etag}\n".encode() + response.content)
        keep_answer(claimed, response.status_code, sealed)


def _sent(request: HttpRequest) -> bytes:
    """The body; of a form its parts, because the sender's boundary differs from time to time."""
    if request.content_type != "multipart/form-data":
        return request.body
    told = repr(sorted(request.POST.lists())).encode()
    files = [one for _, many in sorted(request.FILES.lists()) for one in many]
    for file in files:
        told += repr(file.name).encode() + file.read()
        file.seek(0)
    return told


def _given_again(kept: Answered) -> HttpResponse:
    etag, _, body = open_for_installation(_place(kept.id), kept.answer).partition(b"\n")
    response = HttpResponse(body, status=kept.status, content_type="application/json; charset=utf-8")
    if etag:
        response.headers["ETag"] = etag.decode()
    return response


def _place(row_id: UUID) -> Place:
    return Place("access_handledrequest", "answer", row_id)
