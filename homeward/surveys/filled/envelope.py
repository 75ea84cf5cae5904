"""What a filled form says about itself: which form and version, which instance, closed or not."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from xml.etree.ElementTree import Element  # noqa: S405 (read by homeward.lib.markup alone)

from homeward.lib.markup import BadMarkup, local_name, read_markup
from homeward.surveys.rules import MOST_BODY_BYTES, RESPONDENT

MOST_ID = 255


@dataclass(frozen=True)
class Envelope:
    """A filled form before anything is known about its questions."""

    form_id: str
    form_version: str
    instance_id: str
    root: Element = field(repr=False)
    deprecated_id: str = ""
    respondent: UUID | None = None
    is_encrypted: bool = False
    encrypted_files: tuple[str, ...] = ()


def read_envelope(body: bytes) -> Envelope:
    """The envelope of a filled form, or BadMarkup."""
    if len(body) > MOST_BODY_BYTES:
        raise BadMarkup("larger than any form")
    root = read_markup(body)
    meta = _child(root, "meta")
    instance_id = _text(meta, "instanceID") or root.get("instanceID", "").strip()
    form_id = root.get("id", "").strip()
    if not instance_id or not form_id or max(len(instance_id), len(form_id)) > MOST_ID:
        raise BadMarkup("no form, or no instance")
    is_encrypted = root.get("encrypted", "").lower() in ("yes", "true")
    return Envelope(
        form_id=form_id,
        form_version=root.get("version", "").strip()[:100],
        instance_id=instance_id,
        root=root,
        deprecated_id=_text(meta, "deprecatedID")[:MOST_ID],
        respondent=_respondent(root),
        is_encrypted=is_encrypted,
        encrypted_files=tuple(_encrypted_files(root)) if is_encrypted else (),
    )


def moment(text: str) -> datetime | None:
    """A moment as devices write it, with its distance from UTC; None for what is none."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return read if read.tzinfo and 1970 <= read.year <= 9000 else None


def _child(element: Element | None, name: str) -> Element | None:
    return next((one for one in element if local_name(one) == name), None) if element is not None else None


def _text(element: Element | None, name: str) -> str:
    found = _child(element, name)
    return (found.text or "").strip() if found is not None else ""


def _respondent(root: Element) -> UUID | None:
    """The opaque key in the hidden question, wherever in the form that is."""
    for element in root.iter():
        if local_name(element) == RESPONDENT:
            try:
                return UUID((element.text or "").strip())
            except ValueError:
                return None
    return None


def _encrypted_files(root: Element) -> list[str]:
    names = [_text(root, "encryptedXmlFile")]
    names += [_text(one, "file") for one in root if local_name(one) == "media"]
    return [name for name in names if name]
