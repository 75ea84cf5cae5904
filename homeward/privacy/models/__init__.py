"""Keys of persons, and what a data protection officer keeps about them."""

from homeward.privacy.models.keeping import CorrectionNotice, Erasure, RetentionRule, SubjectExport
from homeward.privacy.models.keys import Opening, OpeningAlert, SubjectKey
from homeward.privacy.models.releases import Release
from homeward.privacy.models.rights import (
    Breach,
    BreachStep,
    LegalHold,
    RequestStep,
    Restriction,
    SubjectRequest,
)

__all__ = [
    "Breach",
    "BreachStep",
    "LegalHold",
    "Opening",
    "OpeningAlert",
    "Release",
    "RequestStep",
    "Restriction",
    "SubjectKey",
    "SubjectRequest",
    "CorrectionNotice",
    "Erasure",
    "RetentionRule",
    "SubjectExport",
]
