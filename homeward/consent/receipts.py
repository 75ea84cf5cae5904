"""A consent as a receipt: fields of ISO/IEC TS 27560 in terms of the Data Privacy Vocabulary, JSON-LD."""

from datetime import date
from typing import TYPE_CHECKING, Any

from homeward.consent.rules import ConsentWay
from homeward.sharing.rules import SPECIAL

if TYPE_CHECKING:
    from homeward.consent.models import Consent
    from homeward.organisations.models import Organisation

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "homeward": "urn:homeward:terms:",
}


def status_of(consent: "Consent", on: date) -> str:
    """The state of a consent on a day, in the vocabulary's words."""
    if not consent.is_given:
        return "dpv:ConsentRefused"
    if consent.withdrawn_at:
        return "dpv:ConsentWithdrawn"
    return "dpv:ConsentGiven" if consent.answer.stands(on) else "dpv:ConsentExpired"


def receipt_of(consent: "Consent", on: date) -> dict[str, Any]:
    """The receipt on a day; it names the person by their identifier only."""
    special = sorted(set(consent.categories) & {category.value for category in SPECIAL})
    basis = ["eu-gdpr:A6-1-a", *(["eu-gdpr:A9-2-a"] if special else [])]
    return {
        "@context": CONTEXT,
        "@id": f"urn:uuid:{consent.id}",
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": "ISO/IEC TS 27560:2023",
        "dct:issued": on.isoformat(),
        "dct:language": consent.language,
        "dpv:hasDataSubject": {"@id": f"urn:uuid:{consent.person_id}"},
        "dpv:hasDataController": _organisation(consent.organisation),
        "dpv:hasPurpose": {"@type": "dpv:Purpose", "@id": f"homeward:purpose/{consent.purpose}"},
        "dpv:hasPersonalData": [{"@id": f"homeward:category/{one}"} for one in sorted(consent.categories)],
        "dpv:hasSensitivePersonalData": [{"@id": f"homeward:category/{one}"} for one in special],
        "dpv:hasRecipient": _recipient(consent),
        "dpv:hasLegalBasis": [{"@id": one} for one in basis] if consent.is_given else [],
        "dpv:hasNotice": {
            "@id": f"urn:uuid:{consent.notice_id}",
            "@type": "dpv:ConsentNotice",
            "dct:hasVersion": str(consent.notice.version),
            "dct:language": consent.language,
            "homeward:text": consent.notice.texts[consent.language],
        },
        "dpv:hasConsentStatus": {"@id": status_of(consent, on)},
        "dpv:hasIndicationMethod": {"@id": f"homeward:way/{consent.way}"},
        "dpv:isIndicatedBy": "dpv:Guardian" if consent.way == ConsentWay.GUARDIAN else "dpv:DataSubject",
        "dpv:isIndicatedAtTime": consent.given_on.isoformat(),
        "dpv:hasExpiryTime": consent.expires_on.isoformat() if consent.expires_on else None,
        "homeward:withdrawn": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
        "homeward:recorded": consent.recorded_at.isoformat(),
    }


def _recipient(consent: "Consent") -> dict[str, str]:
    if consent.recipient:
        return _organisation(consent.recipient)
    return {"@type": "dpv:Recipient", "@id": f"homeward:kind/{consent.recipient_kind}"}


def _organisation(organisation: "Organisation") -> dict[str, str]:
    return {"@id": f"urn:uuid:{organisation.id}", "@type": "dpv:Organisation", "dct:title": organisation.name}
