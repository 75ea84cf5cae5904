"""What gateways are sent and what they bring: bytes in and out, nothing else. Pure.

RapidPro and TextIt take `{"urns": [...], "text": ...}`; they bring what a flow's webhook sends, or the forms
of older versions. Other gateways are sent, and bring, plain JSON with `id`, `to` or `from`, and `text`.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from homeward.texting.rules import GatewayKind, Heard, Report, Reported

REPORTS = {
    "sent": Report.SENT,
    "mt_sent": Report.SENT,
    "wired": Report.SENT,
    "delivered": Report.DELIVERED,
    "mt_dlvd": Report.DELIVERED,
    "read": Report.DELIVERED,
    "failed": Report.FAILED,
    "errored": Report.FAILED,
    "mt_fail": Report.FAILED,
    "undelivered": Report.FAILED,
}
LONGEST_TEXT = 1600
SIGNATURE = "X-Homeward-Signature"


@dataclass(frozen=True)
class Outgoing:
    """One request to a gateway."""

    address: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """One message as it goes to a gateway; `id` stays the same however often it is sent."""

    id: str
    to: str = field(repr=False)
    text: str = field(repr=False)
    sender: str = ""


def outgoing(kind: GatewayKind, address: str, token: str, letter: Letter) -> Outgoing:
    """The request by which a gateway takes a message."""
    if kind == GatewayKind.HTTP:
        said = {"id": letter.id, "to": letter.to, "from": letter.sender, "text": letter.text}
        scheme = "Bearer"
    else:
        said = {"urns": [f"tel:{letter.to}"], "text": letter.text}  # type: ignore[dict-item]
        scheme = "Token"
    headers = {
        "Authorization": f"{scheme} {token}",
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Idempotency-Key": letter.id,
        "User-Agent": "Homeward",
    }
    return Outgoing(address, headers, json.dumps(said, ensure_ascii=False).encode())


def provider_id_in(body: bytes) -> str:
    """The gateway's own number of a message it took; nothing when it gave none."""
    said = _json(body)
    found = said.get("id") or said.get("uuid") or said.get("message_id") or ""
    return str(found)[:120] if isinstance(found, str | int) else ""


def heard_in(body: bytes, content_type: str) -> Heard | None:
    """The message that a gateway brings; None when there is none in it."""
    said = _said(body, content_type)
    contact, inside = _part(said, "contact"), _part(said, "input")
    number = _text(inside, "urn") or _text(contact, "urn") or _text(said, "from", "phone", "urn")
    text = _text(inside, "text") or _text(said, "text", "message")
    event = _text(said, "event")
    if not number or (event and event != "mo_sms"):
        return None
    own = _text(inside, "uuid", "external_id") or _text(said, "id", "sms", "message_id")
    # A gateway that numbers nothing: the same words from the same phone at one moment are one message.
    made_up = hashlib.sha256(f"{number}\x1f{text}\x1f{_text(said, 'time', 'date')}".encode()).hexdigest()
    return Heard((own or made_up)[:120], number, text[:LONGEST_TEXT])


def reported_in(body: bytes, content_type: str) -> Reported | None:
    """What a gateway says became of a message; None when it says nothing that we know."""
    said = _said(body, content_type)
    report = REPORTS.get(_text(said, "status", "event").lower())
    ours, theirs = _text(said, "message_id", "reference"), _text(said, "id", "sms", "broadcast")
    if report is None or not (ours or theirs):
        return None
    return Reported(report, ours or theirs, theirs[:120])


def is_signed(secret: str, body: bytes, authorization: str, signature: str) -> bool:
    """Whether a request bears the channel's secret, or a signature of its body made with it."""
    if signature:
        made = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(made.encode(), signature.removeprefix("sha256=").strip().encode())
    scheme, _space, given = authorization.partition(" ")
    is_known = scheme.lower() in ("token", "bearer")
    return is_known and hmac.compare_digest(given.strip().encode(), secret.encode())


def _said(body: bytes, content_type: str) -> Mapping[str, Any]:
    if content_type.startswith("application/x-www-form-urlencoded"):
        told = parse_qs(body.decode("utf-8", "replace"), max_num_fields=100)
        return {name: values[0] for name, values in told.items()}
    return _json(body)


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _part(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def _text(said: Mapping[str, Any], *names: str) -> str:
    found = (said.get(name) for name in names)
    return next(
        (str(one).replace("\x00", "") for one in found if isinstance(one, str | int) and one != ""), ""
    )
