"""The name under which one recipient knows a person; another recipient knows them under another."""

from base64 import b32encode
from uuid import UUID

from homeward.privacy.sealing import keyed_fingerprint

SIGNS = 12


def pseudonym_for(recipient_id: UUID, subject_id: UUID) -> str:
    """Always the same for a recipient and a person; without the installation's key it joins to nothing."""
    digest = keyed_fingerprint(f"pseudonym:{recipient_id}", subject_id.bytes)
    return "P-" + b32encode(digest).decode()[:SIGNS]
