"""What proves that drawn people got what was promised: small receipts, encrypted as any file is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from homeward.assistance.rules import ProofKind
from homeward.exchange.demonstration.country import DrawnCase
from homeward.exchange.demonstration.partners import Worker
from homeward.files.blobs import OWN_KEY, new_blob_name, path_of
from homeward.files.rules import TEXT
from homeward.lib.encryption import Place, encrypt, new_key
from homeward.privacy.sealing import PERSONAL, keyed_fingerprint

Row = dict[str, Any]
MOST = 3_000  # files on disk; of a country of a million, only the first have their receipts
KINDS = (ProofKind.RECEIPT, ProofKind.INVOICE, ProofKind.SIGNED_LIST, ProofKind.RECEIPT)


@dataclass
class Receipts:
    """Writes receipts to disk until there are enough."""

    written: int = 0

    def of(
        self, case: DrawnCase, lead: Worker, subject_key: bytes, proof: Row, at: datetime
    ) -> tuple[Row, Row] | None:
        """The row of a file and of the proof it is, for one entry; None when there are enough."""
        if self.written >= MOST:
            return None
        self.written += 1
        file_id = uuid5(proof["entry_id"], "receipt")
        content = f"Receipt (synthetic)\n{case.reference}\n{proof['what']}\n".encode()
        file = _file(case, lead, subject_key, file_id, content) | {"stored_at": at}
        return file, {
            "id": uuid5(proof["entry_id"], "proof"),
            "case_id": case.id,
            "organisation_id": lead.organisation_id,
            "entry_id": proof["entry_id"],
            "kind": KINDS[self.written % len(KINDS)],
            "file_id": file_id,
            "added_by_id": lead.user_id,
            "added_by_name": lead.name,
            "added_at": at,
        }


def _file(case: DrawnCase, lead: Worker, subject_key: bytes, file_id: UUID, content: bytes) -> Row:
    key, blob = new_key(), new_blob_name()

    def sealed(column: str, plain: bytes) -> bytes:
        return encrypt(subject_key, PERSONAL, Place("files_storedfile", column, file_id), plain)

    path = path_of(blob)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Not waiting for the disk, as `files` does: after a power cut the country is loaded again.
    path.write_bytes(encrypt(key, OWN_KEY, Place("files_storedfile", "content", file_id), content))
    path.chmod(0o600)
    return {
        "id": file_id,
        "organisation_id": lead.organisation_id,
        "case_id": case.id,
        "subject_id": case.person.id,
        "blob": blob,
        "name": sealed("name", b"receipt.txt"),
        "content_type": TEXT,
        "size_bytes": len(content),
        "fingerprint": keyed_fingerprint("files", content),
        "key": sealed("key", key),
        "stored_by_id": lead.user_id,
    }
